package dev.lanegrad.testing;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What users see of the module whose tests run, by virtue of existing. */
public final class ExportedClasses {
  private static final Pattern EXPORTS = Pattern.compile("exports ([\\w.]+);");

  private ExportedClasses() {}

  /**
   * Every public class of the packages that {@code module-info.java} exports, those that are inside
   * of public ones too.
   *
   * @param any one of them
   */
  public static List<Class<?>> all(Class<?> any) throws IOException, URISyntaxException {
    String module = Files.readString(Path.of("src/main/java/module-info.java"));
    List<Class<?>> classes = new ArrayList<>();
    for (Matcher exports = EXPORTS.matcher(module); exports.find(); ) {
      classes.addAll(ofPackage(exports.group(1), any));
    }
    return classes;
  }

  /**
   * Every public class of a package, those that are inside of public ones too.
   *
   * @param any a class of the same module
   */
  public static List<Class<?>> ofPackage(String name, Class<?> any)
      throws IOException, URISyntaxException {
    List<Class<?>> classes = new ArrayList<>();
    for (String file : files(any, name.replace('.', '/'))) {
      Class<?> type = load(any, name + "." + file);
      if (isOpen(type)) {
        classes.add(type);
      }
    }
    return classes;
  }

  private static boolean isOpen(Class<?> type) {
    return type == null
        || (Modifier.isPublic(type.getModifiers())
            && !type.isAnonymousClass()
            && isOpen(type.getEnclosingClass()));
  }

  private static Class<?> load(Class<?> any, String name) {
    try {
      return Class.forName(name, false, any.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The names of the classes in a folder of compiled sources. */
  private static List<String> files(Class<?> any, String folder)
      throws IOException, URISyntaxException {
    String own = "/" + any.getName().replace('.', '/') + ".class";
    URL url = Objects.requireNonNull(any.getResource(own), own);
    String root = url.toURI().toString().replace(own, "/");
    try (Stream<Path> files = Files.list(Path.of(URI.create(root + folder)))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
          .map(name -> name.substring(0, name.length() - ".class".length()))
          .sorted()
          .toList();
    }
  }
}
