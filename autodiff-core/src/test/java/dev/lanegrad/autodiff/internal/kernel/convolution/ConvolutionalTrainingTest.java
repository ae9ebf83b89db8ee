package dev.lanegrad.autodiff.internal.kernel.convolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.internal.kernel.compilation.Widths;
import dev.lanegrad.autodiff.testing.ChildJvm;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A convolutional network learns the same weights, whatever runs its kernels. */
@Execution(ExecutionMode.CONCURRENT)
class ConvolutionalTrainingTest {
  private static final int STEPS = 12;
  private static final int EMULATED_STEPS = 1;
  private static final long GARBAGE = 65_536;

  private static String usual = "";

  @BeforeAll
  static void trainOnOneThread() throws Exception {
    usual = train(STEPS, List.of("-Dlanegrad.threads=1"));
    assertTrue(usual.matches("weights -?[0-9]+\\."), usual);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-Dlanegrad.threads=2", "-Dlanegrad.threads=5", "-Dlanegrad.kernels=scalar"})
  void weightsAreTheSame(String option) throws Exception {
    assertEquals(usual, train(STEPS, List.of(option)));
  }

  @ParameterizedTest
  @ValueSource(ints = {256, 512})
  void weightsAreTheSameAtWidth(int bits) throws Exception {
    if (Widths.isEmulated(bits)) {
      assertEquals(
          train(EMULATED_STEPS, List.of("-Dlanegrad.threads=1")),
          train(EMULATED_STEPS, Widths.options(bits)));
    } else {
      assertEquals(usual, train(STEPS, Widths.options(bits)));
    }
  }

  @Tag("thorough")
  @Test
  void aStepMakesLittleGarbage() throws Exception {
    List<String> options = List.of("-XX:+UseSerialGC", "-Xms900m", "-Xmn700m", "-XX:-UseTLAB");
    String output = ChildJvm.run(options, GarbageOfTraining.class);
    Matcher bytes = Pattern.compile("garbage ([0-9]+) bytes a step").matcher(output);
    assertTrue(bytes.find(), output);
    assertTrue(Long.parseLong(bytes.group(1)) <= GARBAGE, output);
  }

  private static String train(int steps, List<String> options) throws Exception {
    String output = ChildJvm.run(options, ConvolutionalTraining.class, Integer.toString(steps));
    return output.replaceAll("(?s).*(weights -?[0-9]+\\.)\\s*", "$1");
  }
}
