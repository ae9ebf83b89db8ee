package dev.lanegrad.training.metric;

/**
 * The root of the mean squared error, sqrt(mean (prediction - target)^2).
 *
 * <p>Shapes: predictions {@code [n, ..]} and targets of the same shape; of several outputs it is
 * the mean, {@link Tally#details} has each. NaN in either makes it NaN.
 */
public record RMSE() implements Metric {
  @Override
  public String name() {
    return "rmse";
  }

  @Override
  public Tally start() {
    return new Errors(name(), sums -> Math.sqrt(sums.squared() / sums.examples()));
  }

  @Override
  public boolean isBetterLarger() {
    return false;
  }
}
