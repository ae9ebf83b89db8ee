package dev.lanegrad.training.metric;

/**
 * The mean absolute error, mean |prediction - target|.
 *
 * <p>Shapes: predictions {@code [n, ..]} and targets of the same shape; of several outputs it is
 * the mean, {@link Tally#details} has each. NaN in either makes it NaN.
 */
public record MAE() implements Metric {
  @Override
  public String name() {
    return "mae";
  }

  @Override
  public Tally start() {
    return new Errors(name(), sums -> sums.absolute() / sums.examples());
  }

  @Override
  public boolean isBetterLarger() {
    return false;
  }
}
