package dev.lanegrad.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * How many files know an operation by its name: two that were added last are counted. What holds of
 * every operation finds it by itself (tests go over the classes of the package and the rows of
 * cases), so that nobody has to add it to a list. Bits, documentation and benchmarks are not
 * counted: an operation is complete without them.
 */
class PlacesOfOperationsTest {
  /** By which users call operations: a method there is a courtesy, and not needed to have one. */
  private static final Set<String> METHODS = Set.of("ReductionMethods.java", "Pooling.java");

  @Test
  void anOperationIsOneFileAndOneRowOfCases() throws IOException {
    Set<String> places = placesOf("CumMax");
    assertTrue(places.remove("ReductionMethods.java"), places::toString);
    assertEquals(Set.of("CumMax.java", "IndexOpCases.java"), places);
  }

  @Test
  void oneWithAKernelIsAtMostFiveFiles() throws IOException {
    Set<String> places = placesOf("MedianPool");
    assertTrue(places.size() <= 5, places::toString);
    places.removeAll(METHODS);
    assertEquals(
        Set.of("MedianPool.java", "MedianPoolLoop.java", "PoolingOpCases.java", "PoolingTest.java"),
        places);
  }

  /** The names of files, of all modules, in which the operation or what calls it is named. */
  private static Set<String> placesOf(String operation) throws IOException {
    String name = operation.toLowerCase(Locale.ROOT);
    Set<String> places = new TreeSet<>();
    for (Path sources : sources()) {
      try (Stream<Path> files = Files.walk(sources)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          boolean isThisTest = file.endsWith("PlacesOfOperationsTest.java");
          if (!isThisTest && Files.readString(file).toLowerCase(Locale.ROOT).contains(name)) {
            places.add(file.getFileName().toString());
          }
        }
      }
    }
    return places;
  }

  private static Set<Path> sources() throws IOException {
    try (Stream<Path> modules = Files.list(Path.of(".."))) {
      Set<Path> sources =
          modules
              .filter(module -> !module.endsWith("benchmarks"))
              .map(module -> module.resolve("src"))
              .filter(Files::isDirectory)
              .collect(Collectors.toSet());
      assertTrue(sources.size() > 5, sources::toString);
      return sources;
    }
  }
}
