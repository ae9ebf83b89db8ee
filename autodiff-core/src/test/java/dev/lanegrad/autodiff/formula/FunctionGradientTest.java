package dev.lanegrad.autodiff.formula;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.check.GradientCheck;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.testing.Samples;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** The derivative column of the function table against central differences, to order 2. */
class FunctionGradientTest {
  private static final int ELEMENTS = 6;

  private static int checked;

  @AfterContainer
  static void report() {
    System.out.printf(
        "gradients: %d functions, %,d samples to order 2%n",
        ScalarFunction.values().length, checked * ELEMENTS);
  }

  @Provide
  Arbitrary<ScalarFunction> functions() {
    return Arbitraries.of(ScalarFunction.values());
  }

  @Provide
  Arbitrary<Integer> samples() {
    return Samples.numbers(25);
  }

  @Property(tries = Integer.MAX_VALUE, generation = GenerationMode.EXHAUSTIVE)
  void derivativesAgreeWithDifferences(
      @ForAll("functions") ScalarFunction function, @ForAll("samples") int sample) {
    GradientCheck.of(Elementwise.of(function))
        .order(2)
        .wholeJacobian()
        .verify(arguments(function, new SplittableRandom(sample)));
    checked++;
  }

  static Tensor[] arguments(ScalarFunction function, SplittableRandom random) {
    double[][] columns = new double[function.arity()][ELEMENTS];
    for (int e = 0; e < ELEMENTS; e++) {
      double[] drawn = FunctionSamples.draw(function, random);
      for (int j = 0; j < drawn.length; j++) {
        columns[j][e] = drawn[j];
      }
    }
    Tensor[] arguments = new Tensor[columns.length];
    for (int j = 0; j < arguments.length; j++) {
      arguments[j] = Tensor.of(Shape.of(ELEMENTS), columns[j]);
    }
    return arguments;
  }
}
