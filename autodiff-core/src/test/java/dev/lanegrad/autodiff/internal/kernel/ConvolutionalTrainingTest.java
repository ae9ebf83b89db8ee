package dev.lanegrad.autodiff.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.testing.ChildJvm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A convolutional network learns the same weights, whatever runs its kernels. */
class ConvolutionalTrainingTest {
  private static final int STEPS = 12;

  private static String usual = "";

  @BeforeAll
  static void trainOnOneThread() throws Exception {
    usual = train("-Dlanegrad.threads=1");
    assertTrue(usual.matches("weights -?[0-9]+\\."), usual);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Dlanegrad.threads=2",
        "-Dlanegrad.threads=5",
        "-Dlanegrad.kernels=scalar",
        "-Dlanegrad.threads=2 -Dlanegrad.warmup=none -Dlanegrad.vector.bits=256",
        "-Dlanegrad.threads=1 -Dlanegrad.warmup=none -Dlanegrad.vector.bits=512"
      })
  void weightsAreTheSame(String options) throws Exception {
    assertEquals(usual, train(options.split(" ")));
  }

  private static String train(String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of(options));
    String output = ChildJvm.run(all, ConvolutionalTraining.class, Integer.toString(STEPS));
    return output.replaceAll("(?s).*(weights -?[0-9]+\\.)\\s*", "$1");
  }
}
