package dev.lanegrad.autodiff.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.autodiff.testing.ChildJvm;
import dev.lanegrad.autodiff.testing.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same loops in JVMs of their own, at every vector width and with vector kernels from the first
 * call on, which the JIT has not seen yet.
 */
class LoopsAtEveryWidthTest {
  private static final String ROUNDS = Integer.toString(Samples.times(250));

  @ParameterizedTest
  @ValueSource(ints = {128, 256, 512})
  void loopsAreRightAtWidth(int bits) throws Exception {
    String output = fuzz("-Dlanegrad.warmup=none", "-Dlanegrad.vector.bits=" + bits);
    assertEquals("bits " + bits + " rounds " + ROUNDS, lastLine(output), output);
  }

  @Test
  void loopsAreRightWithoutVectors() throws Exception {
    String output = fuzz("-Dlanegrad.kernels=scalar");
    assertEquals("bits 0 rounds " + ROUNDS, lastLine(output), output);
  }

  private static String lastLine(String output) {
    return output.strip().lines().reduce((_, last) -> last).orElse("");
  }

  private static String fuzz(String... options) throws Exception {
    return ChildJvm.run(List.of(options), LoopFuzz.class, "5000", ROUNDS);
  }
}
