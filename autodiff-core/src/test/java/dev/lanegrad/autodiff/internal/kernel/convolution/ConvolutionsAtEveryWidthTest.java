package dev.lanegrad.autodiff.internal.kernel.convolution;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.internal.kernel.compilation.Widths;
import dev.lanegrad.autodiff.testing.ChildJvm;
import dev.lanegrad.autodiff.testing.Samples;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Convolutions give the bits of nested loops on the scalar loops and at every vector width, in
 * kernels that the JIT has not seen and in those that it has compiled.
 */
@Execution(ExecutionMode.CONCURRENT)
class ConvolutionsAtEveryWidthTest {
  private static final int ROUNDS = Samples.times(60);
  private static final int MORE_ROUNDS = Samples.times(600);

  @ParameterizedTest
  @ValueSource(ints = {128, 256, 512})
  void everyKernelIsRight(int bits) throws Exception {
    everyKernelIsRight(bits, 0, Widths.samples(bits, ROUNDS));
  }

  @Tag("thorough")
  @ParameterizedTest
  @ValueSource(ints = {128, 256, 512})
  void moreRoundsAreRight(int bits) throws Exception {
    everyKernelIsRight(bits, ROUNDS, Widths.samples(bits, MORE_ROUNDS));
  }

  private static void everyKernelIsRight(int bits, int first, int rounds) throws Exception {
    String output = fuzz(first, rounds, Widths.options(bits));
    assertTrue(
        output.matches(
            String.format(
                Locale.ROOT,
                "(?s).*bits %d rounds %d, of ([0-9]+) kernels \\1 ran\\s*",
                bits,
                rounds)),
        output);
  }

  @Test
  void scalarLoopsAreRight() throws Exception {
    String output = fuzz(0, ROUNDS, List.of("-Dlanegrad.kernels=scalar"));
    assertTrue(output.contains("bits 0 rounds " + ROUNDS), output);
  }

  private static String fuzz(int first, int rounds, List<String> options) throws Exception {
    return ChildJvm.run(
        options, ConvolutionFuzz.class, Integer.toString(first), Integer.toString(rounds));
  }

  @ParameterizedTest
  @MethodSource("dev.lanegrad.autodiff.internal.kernel.compilation.Widths#ofTheMachine")
  void compiledKernelsAreRight(int bits) throws Exception {
    List<String> options = List.of("-Dlanegrad.vector.bits=" + bits);
    String output = ChildJvm.run(options, HotConvolutions.class);
    assertTrue(
        output.matches(String.format(Locale.ROOT, "(?s).*bits %d kernels [1-9][0-9]*\\s*", bits)),
        output);
  }
}
