package dev.lanegrad.examples;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * What the sources say above classes and methods, as one line each. Keys are names of classes as
 * the JVM has them, and {@code class#method(Type, Type)} with simple, erased types.
 */
record Javadocs(Map<String, String> comments) {
  private static final Pattern LINKED = Pattern.compile("\\{@link(?:plain)? (\\w*)#(\\w+)");

  /** Those of all sources in some folders. */
  static Javadocs of(List<Path> folders) {
    List<Path> files = folders.stream().flatMap(folder -> sources(folder).stream()).toList();
    var compiler = ToolProvider.getSystemJavaCompiler();
    var manager = compiler.getStandardFileManager(null, null, null);
    JavacTask task =
        (JavacTask)
            compiler.getTask(
                null,
                manager,
                _ -> {},
                List.of("-proc:none"),
                null,
                manager.getJavaFileObjectsFromPaths(files));
    Javadocs docs = new Javadocs(new HashMap<>());
    try {
      for (CompilationUnitTree unit : task.parse()) {
        docs.read(unit, DocTrees.instance(task));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return docs;
  }

  private static List<Path> sources(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.endsWith("module-info.java"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(CompilationUnitTree unit, DocTrees trees) {
    String packageName = String.valueOf(unit.getPackageName());
    new TreePathScanner<@Nullable Void, String>() {
      @Override
      public @Nullable Void visitClass(ClassTree tree, String outer) {
        String name = outer + tree.getSimpleName();
        put(name, trees.getDocComment(getCurrentPath()));
        return super.visitClass(tree, name + "$");
      }

      @Override
      public @Nullable Void visitMethod(MethodTree tree, String outer) {
        String owner = outer.substring(0, outer.length() - 1);
        Set<String> variables =
            tree.getTypeParameters().stream()
                .map(variable -> variable.getName().toString())
                .collect(Collectors.toCollection(TreeSet::new));
        String types =
            tree.getParameters().stream()
                .map(parameter -> simple(parameter, variables))
                .collect(Collectors.joining(", "));
        put(
            owner + "#" + tree.getName() + "(" + types + ")",
            trees.getDocComment(getCurrentPath()));
        return null;
      }
    }.scan(unit, packageName + ".");
  }

  private void put(String key, @Nullable String comment) {
    if (comment != null) {
      comments.put(key, comment.replaceAll("\\s+", " "));
    }
  }

  private static String simple(VariableTree parameter, Set<String> variables) {
    Tree type = parameter.getType();
    String text = type.toString().replaceAll("@\\w+(\\([^)]*\\))? ?", "").replace("...", "[]");
    String erased = text.replaceAll("<.*>", "").replaceAll("^.*\\.", "");
    return variables.contains(erased) ? "Object" : erased;
  }

  String ofClass(String name) {
    return comments.getOrDefault(name, "");
  }

  /** Those of all constructors, compact ones among them. */
  String ofConstructors(String owner) {
    StringBuilder all = new StringBuilder();
    String prefix = owner + "#<init>(";
    comments.forEach((key, comment) -> all.append(key.startsWith(prefix) ? " " + comment : ""));
    return all.toString();
  }

  /** The comment of a method, and of those that it links to. */
  String ofMethod(String owner, String method, String types) {
    String own = comments.getOrDefault(owner + "#" + method + "(" + types + ")", "");
    StringBuilder all = new StringBuilder(own);
    Matcher linked = LINKED.matcher(own);
    while (linked.find()) {
      String name = linked.group(1);
      String target =
          name.isEmpty() ? owner : owner.substring(0, owner.lastIndexOf('.') + 1) + name;
      String prefix = target + "#" + linked.group(2) + "(";
      comments.forEach((key, comment) -> all.append(key.startsWith(prefix) ? " " + comment : ""));
    }
    return all.toString();
  }
}
