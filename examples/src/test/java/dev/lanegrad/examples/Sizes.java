package dev.lanegrad.examples;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * How large source files are, their methods and their classes. A method is counted from its first
 * modifier to its last brace. Fields are what an object holds, components of records among them,
 * and what may change; constants are not counted.
 */
final class Sizes {
  static final int MOST_LINES_OF_A_FILE = 400;
  static final int MOST_LINES_OF_A_METHOD = 60;
  static final int MOST_FIELDS = 12;

  /**
   * Something that is too large.
   *
   * @param name of the file, or of the class or method in it, such as {@code Trainer#run}
   */
  record Large(String name, int size, String unit) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%s has %d %s", name, size, unit);
    }
  }

  private final List<Large> large = new ArrayList<>();

  private Sizes() {}

  /** What is too large in some files. */
  static List<Large> tooLarge(Iterable<? extends JavaFileObject> files) {
    JavacTask task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, _ -> {}, List.of("-proc:none"), null, files);
    Sizes sizes = new Sizes();
    SourcePositions positions = Trees.instance(task).getSourcePositions();
    try {
      for (CompilationUnitTree unit : task.parse()) {
        sizes.measure(unit, positions);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sizes.large;
  }

  private void measure(CompilationUnitTree unit, SourcePositions positions) throws IOException {
    String path = unit.getSourceFile().getName();
    String file = path.substring(path.lastIndexOf('/') + 1).replace(".java", "");
    int lines = (int) unit.getSourceFile().getCharContent(true).toString().lines().count();
    add(file, lines, MOST_LINES_OF_A_FILE, "lines");
    LineMap map = unit.getLineMap();
    new TreePathScanner<@Nullable Void, String>() {
      @Override
      public @Nullable Void visitClass(ClassTree tree, String outer) {
        String name = tree.getSimpleName().isEmpty() ? outer : outer + "." + tree.getSimpleName();
        add(name, fields(tree), MOST_FIELDS, "fields");
        return super.visitClass(tree, name);
      }

      @Override
      public @Nullable Void visitMethod(MethodTree tree, String outer) {
        long start = map.getLineNumber(positions.getStartPosition(unit, tree));
        long end = map.getLineNumber(Math.max(0, positions.getEndPosition(unit, tree)));
        add(outer + "#" + tree.getName(), (int) (end - start + 1), MOST_LINES_OF_A_METHOD, "lines");
        return super.visitMethod(tree, outer);
      }
    }.scan(unit, "");
  }

  private static int fields(ClassTree tree) {
    return (int)
        tree.getMembers().stream()
            .filter(member -> member instanceof VariableTree)
            .map(member -> (VariableTree) member)
            .filter(field -> !isConstant(tree, field))
            .count();
  }

  /** Constants of an interface have no modifiers, and those of an enum all. */
  private static boolean isConstant(ClassTree tree, VariableTree field) {
    return tree.getKind() == Tree.Kind.INTERFACE
        || field.getModifiers().getFlags().containsAll(Set.of(Modifier.STATIC, Modifier.FINAL));
  }

  private void add(String name, int size, int most, String unit) {
    if (size > most) {
      large.add(new Large(name.startsWith(".") ? name.substring(1) : name, size, unit));
    }
  }
}
