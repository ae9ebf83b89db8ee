package dev.lanegrad.training.metric;

/**
 * The coefficient of determination, 1 - sum (prediction - target)^2 / sum (target - mean target)^2:
 * how much of the targets is explained. 1 is perfect, 0 no better than the mean, and it may be
 * negative. Of targets that are all equal it is 1 where every prediction is right, else 0; of a
 * single example it is NaN.
 *
 * <p>Shapes: predictions {@code [n, ..]} and targets of the same shape; of several outputs it is
 * the mean, {@link Tally#details} has each. NaN in either makes it NaN.
 */
public record R2() implements Metric {
  @Override
  public String name() {
    return "r2";
  }

  @Override
  public Tally start() {
    return new Errors(name(), R2::determination);
  }

  private static double determination(Errors.Sums sums) {
    if (sums.examples() < 2) {
      return Double.NaN;
    }
    if (sums.spread() == 0) {
      return Double.isNaN(sums.squared()) ? Double.NaN : sums.squared() == 0 ? 1 : 0;
    }
    return 1 - sums.squared() / sums.spread();
  }
}
