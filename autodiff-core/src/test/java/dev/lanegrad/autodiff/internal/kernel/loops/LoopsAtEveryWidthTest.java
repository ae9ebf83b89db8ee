package dev.lanegrad.autodiff.internal.kernel.loops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.autodiff.internal.kernel.compilation.Widths;
import dev.lanegrad.autodiff.testing.ChildJvm;
import dev.lanegrad.autodiff.testing.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same loops in JVMs of their own, at every vector width and with vector kernels from the first
 * call on, which the JIT has not seen yet.
 */
@Execution(ExecutionMode.CONCURRENT)
class LoopsAtEveryWidthTest {
  private static final int ROUNDS = Samples.times(250);

  @ParameterizedTest
  @ValueSource(ints = {128, 256, 512})
  void loopsAreRightAtWidth(int bits) throws Exception {
    int rounds = Widths.samples(bits, ROUNDS);
    String output = fuzz(rounds, Widths.options(bits));
    assertEquals("bits " + bits + " rounds " + rounds, lastLine(output), output);
  }

  @Test
  void loopsAreRightWithoutVectors() throws Exception {
    String output = fuzz(ROUNDS, List.of("-Dlanegrad.kernels=scalar"));
    assertEquals("bits 0 rounds " + ROUNDS, lastLine(output), output);
  }

  private static String lastLine(String output) {
    return output.strip().lines().reduce((_, last) -> last).orElse("");
  }

  private static String fuzz(int rounds, List<String> options) throws Exception {
    return ChildJvm.run(options, LoopFuzz.class, "5000", Integer.toString(rounds));
  }
}
