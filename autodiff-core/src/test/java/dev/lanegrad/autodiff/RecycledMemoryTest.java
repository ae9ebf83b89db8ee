package dev.lanegrad.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.testing.ChildJvm;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Scopes keep little memory, and give it to others. */
@Execution(ExecutionMode.CONCURRENT)
class RecycledMemoryTest {
  private static final int HEAP = 256;

  private static void trainsInALittleHeap(int scopes) throws Exception {
    List<String> options = List.of("-Xmx" + HEAP + "m", "-XX:+UseG1GC");
    String output = ChildJvm.run(options, ManyLengths.class, Integer.toString(scopes));
    assertTrue(megabytes("trained, keeping ([0-9]+) MB", output) <= HEAP / 2, output);
    assertTrue(output.contains("took 100 MB"), output);
    assertTrue(megabytes("after a large scope ([0-9]+) MB", output) >= 32, output);
    assertTrue(megabytes("after small ones ([0-9]+) MB", output) <= 4, output);
    assertTrue(output.contains("at rest 0 bytes"), output);
  }

  private static int megabytes(String pattern, String output) {
    Matcher matcher = Pattern.compile(pattern).matcher(output);
    assertTrue(matcher.find(), output);
    return Integer.parseInt(matcher.group(1));
  }

  @Test
  void batchesOfManyLengthsInManyThreads() throws Exception {
    trainsInALittleHeap(10);
  }

  @Test
  @Tag("thorough")
  void tenThousandScopesInEachThread() throws Exception {
    trainsInALittleHeap(10_000);
  }

  @Test
  void theNumberCountsWhatAScopeHolds() {
    Tensor x = Tensor.zeros(DType.FLOAT64, 1_000_000);
    long inside = Autodiff.tidy(() -> x.exp().size() > 0 ? Autodiff.recycledBytes() : 0);
    assertTrue(inside >= 8_000_000, () -> "8 MB in use: " + inside);
  }

  /** A result that leaves a scope is its owner's. */
  @Test
  void whatLeavesIsNotCounted() throws Exception {
    String output = ChildJvm.run(List.of(), Leaving.class);
    assertEquals("0 bytes", output.lines().reduce((_, last) -> last).orElse(""), output);
  }

  /** Prints what is kept of a scope all of which leaves it. */
  static final class Leaving {
    private Leaving() {}

    public static void main(String... arguments) {
      Tensor x = Tensor.zeros(DType.FLOAT32, 1_000);
      Tensor kept = Autodiff.tidy(() -> x.neg());
      System.out.println((kept.size() - 1_000 + Autodiff.recycledBytes()) + " bytes");
    }
  }
}
