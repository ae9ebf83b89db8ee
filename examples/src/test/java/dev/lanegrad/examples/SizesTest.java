package dev.lanegrad.examples;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import org.junit.jupiter.api.Test;

/**
 * The part of the architecture that is about sizes: files of at most 400 lines, methods of at most
 * 60, classes of at most 12 fields in the main sources of all modules. Tests may have files of 470
 * lines, as checkstyle sees to, and methods of any length: a table of cases is read from top to
 * bottom.
 */
class SizesTest {
  private static final List<String> MODULES_WITH_SOURCES =
      List.of(
          "autodiff-core",
          "layers",
          "optim",
          "training",
          "plots",
          "examples",
          "benchmarks",
          "testing");

  /**
   * What may be larger than the rest, and why. Whoever adds a line here has tried to find the two
   * ideas in it first.
   */
  private static final Map<String, String> LARGE_WITH_REASON =
      Map.ofEntries(
          entry("Tensor", "the ways to make a tensor, which users look up in one place"),
          entry("ElementwiseMethods", "one-line methods that users look up in one place"),
          entry("FormulaMethods", "one-line methods that users look up in one place"),
          entry("FunctionRow#made", "a table with a row for each function"),
          entry("ScalarWriter#write", "one switch with a line or two for each operation"),
          entry("FoldLines", "how a plan goes over memory, worked out once for all its runs"),
          entry("FoldRows", "how a plan goes over memory, worked out once for all its runs"),
          entry("FloatRow#run", "eight chains in variables of their own, which stay in registers"),
          entry("MatMulBlocks", "a product in the making, of one call: what its cuts are"),
          entry("ProductTable", "a table for one screen: sizes of tiles, blocks and packing"),
          entry("Options", "an option of the command line is a field"));

  @Test
  void nothingIsLargerThanItHasToBe() throws IOException {
    List<String> large = new ArrayList<>();
    Set<String> unused = new TreeSet<>(LARGE_WITH_REASON.keySet());
    for (Sizes.Large found : Sizes.tooLarge(mainSources())) {
      if (!unused.remove(found.name()) && !LARGE_WITH_REASON.containsKey(found.name())) {
        large.add(found.toString());
      }
    }
    assertEquals(List.of(), large);
    assertEquals(Set.of(), unused, "no longer large");
  }

  private static List<JavaFileObject> mainSources() throws IOException {
    List<JavaFileObject> sources = new ArrayList<>();
    for (String module : MODULES_WITH_SOURCES) {
      try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          sources.add(source(file.getFileName().toString(), Files.readString(file)));
        }
      }
    }
    return sources;
  }

  private static JavaFileObject source(String name, String text) {
    return new SimpleJavaFileObject(URI.create("memory:/" + name), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }

  @Test
  void plantedGiantsAreFound() {
    String lines = "\n".repeat(Sizes.MOST_LINES_OF_A_METHOD - 1);
    String fields = "int f;\n".repeat(Sizes.MOST_FIELDS);
    assertEquals(List.of(), planted("class A { void m() {" + lines + "} " + fields + "}"));
    assertEquals(
        List.of("A#m has 61 lines"),
        planted("class A { void m() {" + lines + "\n} " + fields + "}"));
    assertEquals(
        List.of("A.B has 13 fields"),
        planted("class A { static final int C = 1; static class B { int x; " + fields + "} }"));
    assertEquals(
        List.of("A has 13 fields"), planted("record A(" + "int f, ".repeat(12) + "int g) {}"));
    assertEquals(
        List.of("A has 401 lines"),
        planted("class A {" + "\n".repeat(Sizes.MOST_LINES_OF_A_FILE) + "}"));
  }

  private static List<String> planted(String text) {
    return Sizes.tooLarge(List.of(source("A.java", text))).stream()
        .map(Sizes.Large::toString)
        .toList();
  }
}
