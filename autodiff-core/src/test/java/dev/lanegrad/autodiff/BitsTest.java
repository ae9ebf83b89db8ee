package dev.lanegrad.autodiff;

import dev.lanegrad.testing.BitsProgram;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every function, operation and composite gives the bits that it has always given, interpreted and
 * compiled, scalar and at every width.
 */
class BitsTest {
  private static final BitsProgram PROGRAM = BitsProgram.of(BitsOfTables.class, Tensor.class);

  @BeforeAll
  static void rewriteIfAsked() throws Exception {
    PROGRAM.rewriteIfAsked();
  }

  @Test
  void everyChangeHasALineInTheChangelog() throws Exception {
    PROGRAM.assertReasonsAreInTheChangelog();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Dlanegrad.kernels=scalar",
        "-Dlanegrad.warmup=none",
        "-Dlanegrad.vector.bits=128 -Dlanegrad.vector.emulate=true -Dlanegrad.warmup=none",
        "-Dlanegrad.vector.bits=256 -Dlanegrad.vector.emulate=true -Dlanegrad.warmup=none",
        "-Dlanegrad.vector.bits=512 -Dlanegrad.vector.emulate=true -Dlanegrad.warmup=none"
      })
  void theBitsAreThoseOfTheFile(String jvmOptions) throws Exception {
    PROGRAM.assertBits(jvmOptions.split(" "));
  }
}
