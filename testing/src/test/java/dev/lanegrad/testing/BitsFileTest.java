package dev.lanegrad.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An entry changes only with a reason, and every difference is named. */
class BitsFileTest {
  private static final BitsEntry A = BitsEntry.of("a of rows", "float32", "11", "22");
  private static final BitsEntry B = BitsEntry.of("b", "float64", "33", BitsEntry.NONE);
  private static final BitsEntry C = BitsEntry.of("c", "float64", "55", "66");
  private static final BitsEntry OTHER_A = BitsEntry.of("a of rows", "float32", "11", "23");

  @TempDir private static Path folder;

  @Test
  void aWrittenFileIsReadAgainInOrder() throws IOException {
    Path file = folder.resolve("there").resolve("bits.txt");
    BitsFile.of(List.of(B, A)).write(file);

    assertEquals(BitsFile.of(List.of(A, B)), BitsFile.read(file));
    List<String> lines = Files.readAllLines(file);
    assertEquals(
        List.of("a_of_rows float32 11 22 first", "b float64 33 - first"),
        lines.subList(1, lines.size()));
    assertEquals(Set.of(), BitsFile.read(folder.resolve("none")).entries().keySet());
  }

  @Test
  void everyDifferenceIsNamed() {
    assertEquals(
        List.of(
            "a_of_rows float32: the same outputs; gradients 22 -> 23",
            "b float64: is in the file, but in no table",
            "c float64: has no entry in the file"),
        BitsFile.of(List.of(A, B)).differencesFrom(BitsFile.of(List.of(OTHER_A, C))));
    assertEquals(List.of(), BitsFile.of(List.of(A, B)).differencesFrom(BitsFile.of(List.of(B, A))));
  }

  @Test
  void onlyWhatDiffersGetsTheReason() {
    BitsFile first = BitsFile.of(List.of(A, B));
    BitsFile second = first.changedTo(BitsFile.of(List.of(OTHER_A, C)), "better-sums");
    assertEquals(
        List.of("a_of_rows float32 11 23 better-sums", "c float64 55 66 first"),
        second.entries().values().stream().map(BitsEntry::toString).toList());

    BitsFile third = second.changedTo(BitsFile.of(List.of(A, C)), "slopes");
    BitsFile fourth = third.changedTo(BitsFile.of(List.of(OTHER_A, C)), "slopes");
    assertEquals(Set.of("better-sums", "slopes"), third.reasons());
    assertEquals(third.reasons(), fourth.reasons());
    assertEquals("better-sums,slopes", fourth.entries().firstEntry().getValue().reasons());
    assertEquals(Set.of(), first.reasons());
  }

  @Test
  void aChangedEntryIsNoFirstOne() {
    BitsFile first = BitsFile.of(List.of(A, B));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> first.changedTo(BitsFile.of(List.of(OTHER_A)), "first"))
            .getMessage();
    assertTrue(message.startsWith("a_of_rows float32 gives other bits"), message);
    assertEquals(Set.of(), first.changedTo(BitsFile.of(List.of(A, B, C)), "first").reasons());
  }

  @Test
  void namesAreThereOnce() {
    assertThrows(IllegalArgumentException.class, () -> BitsFile.of(List.of(A, OTHER_A)));
    assertThrows(IllegalArgumentException.class, () -> BitsEntry.parse("a float32 11 22"));
  }

  @Test
  void rowsThatAreCalledTheSameAreNumbered() {
    String output =
        """
        WARNING: something else
        bits: a float32 11 22 first
        bits: b float32 11 22 first
        bits: a float64 11 22 first
        bits: a float32 33 44 first
        """;
    assertEquals(
        Set.of("a float32", "a float64", "a/2 float32", "b float32"),
        BitsFile.printed(output).entries().keySet());
  }

  @Test
  void hashesSeeEveryBitButThoseOfNaN() {
    Object[] arrays = {
      new float[] {0},
      new float[] {-0f},
      new float[] {0, 0},
      new float[] {1},
      new float[] {},
      new float[] {Math.nextUp(1f)},
      new double[] {1},
      new double[] {Math.nextUp(1.0)},
      new float[] {1, 2},
      new float[] {2, 1},
      new boolean[] {true, false}
    };
    Set<String> hashes =
        java.util.Arrays.stream(arrays)
            .map(array -> new BitsHash().add(array).toString())
            .collect(java.util.stream.Collectors.toSet());
    assertEquals(arrays.length, hashes.size());
    assertEquals(
        new BitsHash().add(new float[] {Float.NaN}).toString(),
        new BitsHash().add(new float[] {Float.intBitsToFloat(0xffc12345)}).toString());
    assertThrows(IllegalArgumentException.class, () -> new BitsHash().add("1"));
  }
}
