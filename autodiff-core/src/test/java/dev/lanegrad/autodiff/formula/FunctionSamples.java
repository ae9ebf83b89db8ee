package dev.lanegrad.autodiff.formula;

import java.util.random.RandomGenerator;

/** Arguments of the functions of the table, from the domains of their rows. */
public final class FunctionSamples {
  private FunctionSamples() {}

  /**
   * The arguments of one call. No two lie close together: where they are equal, comparisons jump
   * and min and max have a kink.
   */
  public static double[] draw(ScalarFunction function, RandomGenerator random) {
    double[] drawn = new double[function.arity()];
    do {
      for (int j = 0; j < drawn.length; j++) {
        drawn[j] = function.domains().get(j).sample(random);
      }
    } while (!apart(drawn));
    return drawn;
  }

  private static boolean apart(double[] numbers) {
    for (int i = 0; i < numbers.length; i++) {
      for (int j = 0; j < i; j++) {
        if (Math.abs(numbers[i] - numbers[j]) < Domain.MARGIN) {
          return false;
        }
      }
    }
    return true;
  }
}
