package dev.lanegrad.examples;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.testing.BitsProgram;
import dev.lanegrad.training.Fingerprint;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Thirty steps of every example give the weights that they have always given. */
class BitsTest {
  static final BitsProgram PROGRAM =
      BitsProgram.of(
          BitsOfTrainings.class,
          DigitsTraining.class,
          Fingerprint.class,
          Optimizer.class,
          Layer.class,
          Tensor.class);

  @BeforeAll
  static void rewriteIfAsked() throws Exception {
    PROGRAM.rewriteIfAsked();
  }

  @Test
  void everyChangeHasALineInTheChangelog() throws Exception {
    PROGRAM.assertReasonsAreInTheChangelog();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Dlanegrad.kernels=scalar", "-Dlanegrad.warmup=background"})
  void theBitsAreThoseOfTheFile(String jvmOptions) throws Exception {
    PROGRAM.assertBits(jvmOptions.split(" "));
  }
}
