package dev.lanegrad.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is written by hand for floats and once more for doubles, ints or booleans. */
class TwinsTest {
  /** Tokens of a loop of four lines: shorter pieces may be alike. */
  private static final int SHORTEST = 45;

  /** What is written twice on purpose, and why. */
  private static final Map<String, String> EXCEPTIONS =
      Map.of(
          "Tensor#of", "users see both in one class, and pass arrays of either type",
          "FmaPeak#runFloats", "the yardstick shares nothing with the library that it measures");

  @TempDir private Path folder;

  @Test
  void nothingIsWrittenForTwoTypesOfElements() throws IOException {
    List<TwinFinder.Pair> pairs = TwinFinder.find(sources(Path.of("..")), SHORTEST);
    String unknown =
        pairs.stream()
            .filter(pair -> !EXCEPTIONS.containsKey(pair.first().place()))
            .map(TwinFinder.Pair::toString)
            .collect(Collectors.joining("\n"));
    assertEquals(
        "",
        unknown,
        "these differ in their types only: docs/contributing.md says how the build writes one of"
            + " them");
    assertEquals(
        new TreeSet<>(EXCEPTIONS.keySet()),
        pairs.stream()
            .map(pair -> pair.first().place())
            .collect(Collectors.toCollection(TreeSet::new)),
        "exceptions that are none any more");
  }

  private static List<Path> sources(Path root) throws IOException {
    List<Path> sources = new ArrayList<>();
    try (Stream<Path> modules = Files.list(root)) {
      for (Path module : modules.sorted().toList()) {
        for (String kind : List.of("main", "peers")) {
          Path java = module.resolve("src").resolve(kind).resolve("java");
          if (Files.isDirectory(java)) {
            sources.addAll(javaFiles(java));
          }
        }
      }
    }
    return sources;
  }

  private static List<Path> javaFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.endsWith("module-info.java"))
          .sorted()
          .toList();
    }
  }

  private static final String SUM_OF_FLOATS =
      """
        static float sum(float[] values, int from, int count) {
          float sum = 0f; // as narrow as its terms
          for (int i = 0; i < count; i++) {
            sum = Math.fma(values[from + i], 1.5f, sum) + Float.MIN_VALUE;
          }
          return sum;
        }
      """;

  private String pairs(String... files) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String members : files) {
      String name = (char) ('A' + sources.size()) + ".java";
      String text = "class " + name.charAt(0) + " {\n" + members + "}\n";
      sources.add(Files.writeString(folder.resolve(name), text));
    }
    return TwinFinder.find(sources, SHORTEST).stream()
        .map(TwinFinder.Pair::toString)
        .collect(Collectors.joining("; "));
  }

  @Test
  void methodsOfOneFileAreFoundUnderOtherNames() throws IOException {
    String sumOfDoubles =
        """
          private double addUp(double[] all, int first, int n) {
            double total = 0;
            for (int k = 0; k < n; k++) {
              total = Math.fma(all[first + k], 1.5, total) + Double.MIN_VALUE;
            }
            return total;
          }
        """;
    String method = sumOfDoubles.replace("private double addUp", "static double sum");
    assertEquals("A.java:2 sum ~ A.java:9 sum", pairs(SUM_OF_FLOATS + method));
    // Another modifier and name: what is left is the body of the loop and what is around it.
    assertEquals("", pairs(SUM_OF_FLOATS + method.replace("1.5", "2.5")));
    assertEquals("", pairs(SUM_OF_FLOATS + SUM_OF_FLOATS.replace("values", "numbers")));
  }

  @Test
  void filesAreCompared() throws IOException {
    String doubles =
        SUM_OF_FLOATS.replace("float", "double").replace("Float", "Double").replace("5f", "5");
    assertEquals("A.java:2 sum ~ B.java:2 sum", pairs(SUM_OF_FLOATS, doubles));
  }

  @Test
  void casesOfASwitchAreFoundForEachType() throws IOException {
    String copy =
        """
          static void copy(Object from, Object to, int start, int step, int count) {
            switch (from) {
              case float[] source -> {
                float[] target = (float[]) to;
                for (int i = 0; i < count; i++) {
                  target[i] = source[start + i * step];
                }
              }
              case int[] source -> {
                int[] target = (int[]) to;
                for (int i = 0; i < count; i++) {
                  target[i] = source[start + i * step];
                }
              }
              case boolean[] flags -> {
                boolean[] target = (boolean[]) to;
                for (int i = 0; i < count; i++) {
                  target[i] = flags[start + i * step];
                }
              }
              default -> throw new AssertionError(from);
            }
          }
        """;
    assertEquals("A.java:4 copy ~ A.java:10 copy; A.java:4 copy ~ A.java:16 copy", pairs(copy));
  }
}
