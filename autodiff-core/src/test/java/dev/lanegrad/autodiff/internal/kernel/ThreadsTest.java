package dev.lanegrad.autodiff.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
  void everyPartRunsOnceAndFailuresArrive() {
    for (int parts = 1; parts < 40; parts++) {
      AtomicIntegerArray runs = new AtomicIntegerArray(parts);
      Workers.run(parts, runs::incrementAndGet);
      for (int part = 0; part < parts; part++) {
        assertEquals(1, runs.get(part));
      }
    }
    Workers.Parts failing =
        part -> {
          if (part == 3) {
            throw new IllegalStateException("part " + part);
          }
        };
    assertThrows(IllegalStateException.class, () -> Workers.run(8, failing));
    Workers.run(8, part -> {});
  }
}
