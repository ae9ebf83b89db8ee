package dev.lanegrad.autodiff.internal.kernel.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.internal.settings.Settings;
import dev.lanegrad.autodiff.testing.ChildJvm;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Any number of threads gives the same bits, and no more threads are started than were allowed. */
class ThreadsTest {
  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void threadsChangeNoBit() throws Exception {
    String alone = run("1", "vector");
    assertTrue(alone.matches("(?s).*hash -?[0-9]+, workers 0\\s*"), alone);
    assertSame(alone, "3", "vector");
    assertSame(alone, "2", "scalar");
  }

  @Test
  @Tag("thorough")
  void moreThreadsChangeNoBit() throws Exception {
    String alone = run("1", "vector");
    for (String threads : List.of("2", "5", "16")) {
      assertSame(alone, threads, "vector");
    }
  }

  private static void assertSame(String alone, String threads, String kernels) throws Exception {
    String hash = alone.replaceAll("(?s).*(hash -?[0-9]+), workers.*", "$1");
    int workers = Integer.parseInt(threads) - 1;
    String shared = run(threads, kernels);
    assertTrue(shared.contains(hash + ", workers " + workers), () -> alone + shared);
  }

  private static String run(String threads, String kernels) throws Exception {
    List<String> options =
        List.of("-Dlanegrad.threads=" + threads, "-Dlanegrad.kernels=" + kernels);
    return ChildJvm.run(options, LargeLoops.class);
  }

  @Test
  void aWrongNumberOfThreadsIsRefused() throws Exception {
    String output = run("none", "vector");
    assertTrue(output.contains("lanegrad.threads: \"none\" is no number from 1 to 999"), output);
  }

  @Test
  void noMoreThreadsAreWokenThanPartsAreLeft() throws Exception {
    String output = ChildJvm.run(List.of("-Dlanegrad.threads=8"), ThreeParts.class);
    assertTrue(output.contains("workers 2"), output);
  }

  @Test
  void rangesCoverALoopAndNoneIsEmpty() {
    for (int count : new int[] {0, 1, 2, 5, 39, Integer.MAX_VALUE}) {
      for (int parts = 1; parts <= Math.clamp(count, 1, 64); parts++) {
        AtomicIntegerArray begins = new AtomicIntegerArray(parts);
        AtomicIntegerArray ends = new AtomicIntegerArray(parts);
        Workers.inParts(
            parts,
            count,
            (part, begin, end) -> {
              begins.addAndGet(part, begin);
              ends.addAndGet(part, end);
            });
        int covered = 0;
        for (int part = 0; part < parts; part++) {
          assertEquals(covered, begins.get(part));
          assertTrue(begins.get(part) < ends.get(part) || count == 0);
          covered = ends.get(part);
        }
        assertEquals(count, covered);
      }
    }
  }

  @Test
  void partsAreAtLeastOneAndAtMostWhatThereIs() {
    assertEquals(1, Workers.parts(0, Long.MAX_VALUE));
    assertEquals(1, Workers.parts(1, Long.MAX_VALUE));
    assertEquals(1, Workers.parts(1_000, 0));
    assertEquals(1, Workers.parts(1_000, -1));
    assertEquals(Math.min(2, Settings.THREADS), Workers.parts(2, Long.MAX_VALUE));
    assertEquals(Settings.THREADS, Workers.parts(1_000, Long.MAX_VALUE));
  }

  @Test
  void failuresArrive() {
    Workers.Range failing =
        (part, _, _) -> {
          if (part == 3) {
            throw new IllegalStateException("part " + part);
          }
        };
    assertThrows(IllegalStateException.class, () -> Workers.inParts(8, 8, failing));
    AtomicIntegerArray runs = new AtomicIntegerArray(8);
    Workers.inParts(8, 8, (part, _, _) -> runs.incrementAndGet(part));
    assertEquals("[1, 1, 1, 1, 1, 1, 1, 1]", runs.toString());
  }
}
