package dev.lanegrad.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes the twins of classes that are marked with {@code @Twins}: the same source, in which every
 * word that says float says another type of elements. The build starts this file by itself, before
 * anything is compiled, on the JDK that Maven runs on: it needs nothing but a JDK, and Java 17.
 */
public final class TwinWriter {
  /** A file beside them, written last: a build sees whether all are newer than their sources. */
  private static final String STAMP = "twins.written";

  private static final Pattern MARK =
      Pattern.compile("(?m)^@Twins\\(\\{?([\\w., ]+)}?\\)\n|^import [\\w.]+\\.Twins;\n");

  /** A word, or a number that ends in f; of neither anything stands before it. */
  private static final Pattern WORD =
      Pattern.compile(
          "(?<![\\w$.])(0[xX][\\da-fA-F.]+[pP][-+]?\\d+"
              + "|\\d*\\.?\\d+(?:[eE][-+]?\\d+)?)[fF]\\b"
              + "|(?<![\\w$])[\\p{L}_$][\\w$]*");

  private TwinWriter() {}

  /** A type of elements, and how names say it. */
  private enum Type {
    FLOAT("float", "Float", "Float", "FLOAT32"),
    DOUBLE("double", "Double", "Double", "FLOAT64"),
    INT("int", "Integer", "Int", "INT32"),
    BOOLEAN("boolean", "Boolean", "Boolean", "BOOL");

    private final String primitive;
    private final String boxed;
    private final String named;
    private final String dtype;

    Type(String primitive, String boxed, String named, String dtype) {
      this.primitive = primitive;
      this.boxed = boxed;
      this.named = named;
      this.dtype = dtype;
    }

    static Type of(String primitive) {
      for (Type type : values()) {
        if (type != FLOAT && type.primitive.equals(primitive)) {
          return type;
        }
      }
      throw new IllegalArgumentException(
          "@Twins: takes double.class, int.class and boolean.class, not " + primitive + ".class");
    }

    String word(String word) {
      if (word.equals(FLOAT.boxed)) {
        return boxed;
      }
      return word.replace(FLOAT.dtype, dtype)
          .replace(lower(FLOAT.dtype), lower(dtype))
          .replaceAll("^float(?=s?$|[A-Z])", primitive)
          .replaceAll("Float(?=s?$|[A-Z\\d])", named)
          .replaceAll("FLOAT(?=S?$|_)", named.toUpperCase(Locale.ROOT));
    }

    private static String lower(String text) {
      return text.toLowerCase(Locale.ROOT);
    }

    /** A number without its f: 1 becomes 1.0, which is divided as such. */
    String number(String number) {
      boolean whole = number.chars().allMatch(Character::isDigit);
      if (this == DOUBLE) {
        return whole ? number + ".0" : number;
      }
      if (!whole) {
        throw new IllegalArgumentException(
            "@Twins: there is no %s for %sf".formatted(primitive, number));
      }
      return number;
    }
  }

  /**
   * Writes all twins of modules to their target/generated-sources/twins, and deletes what else is
   * there.
   *
   * @param modules their folders
   */
  public static void main(String[] modules) throws IOException {
    for (String module : modules) {
      write(
          Path.of(module, "src", "main", "java"),
          Path.of(module, "target", "generated-sources", "twins"));
    }
  }

  static void write(Path sources, Path twins) throws IOException {
    Set<Path> written = new TreeSet<>();
    for (Path source : files(sources)) {
      String name = source.getFileName().toString();
      if (!name.startsWith("Float") || !name.endsWith(".java")) {
        continue;
      }
      String text = Files.readString(source);
      for (Type type : types(text)) {
        Path folder = twins.resolve(sources.relativize(source.getParent()));
        Path twin = folder.resolve(type.named + name.substring("Float".length()));
        Files.createDirectories(folder);
        Files.writeString(twin, twin(name, text, type));
        written.add(twin);
      }
    }
    if (Files.exists(twins)) {
      for (Path file : files(twins)) {
        if (!written.contains(file)) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(twins);
    Files.writeString(twins.resolveSibling(STAMP), "");
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** For which types a class has twins: none if it is not marked. */
  private static List<Type> types(String text) {
    List<Type> types = new ArrayList<>();
    Matcher mark = MARK.matcher(text);
    while (mark.find()) {
      if (mark.group(1) != null) {
        for (String name : mark.group(1).split(",", -1)) {
          types.add(Type.of(name.strip().replaceFirst("\\.class$", "")));
        }
      }
    }
    return types;
  }

  private static String twin(String name, String text, Type type) {
    String unmarked = MARK.matcher(text).replaceAll("");
    String body =
        WORD.matcher(unmarked).replaceAll(found -> Matcher.quoteReplacement(replaced(found, type)));
    return "// Written by the build from " + name + ": change that.\n" + body;
  }

  private static String replaced(MatchResult found, Type type) {
    String number = found.group(1);
    return number == null ? type.word(found.group()) : type.number(number);
  }
}
