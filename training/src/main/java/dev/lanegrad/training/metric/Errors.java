package dev.lanegrad.training.metric;

import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Sums over examples of predictions {@code [n, ..]} against targets of the same shape, for each of
 * the outputs that an example has; a metric is the mean over outputs of what its measure gives.
 */
final class Errors implements Tally {
  /**
   * What is known of one output.
   *
   * @param examples how many
   * @param absolute sum of |prediction - target|
   * @param squared sum of the squares of prediction - target
   * @param mean of the targets
   * @param spread sum of the squares of target - mean
   */
  record Sums(double examples, double absolute, double squared, double mean, double spread) {
    static final int SIZE = 5;
    private static final Sums NONE = new Sums(0, 0, 0, 0, 0);

    /** Welford's update of mean and spread, Technometrics 4, 1962. */
    Sums with(double predicted, double target) {
      double error = predicted - target;
      double count = examples + 1;
      double distance = target - mean;
      double moved = mean + distance / count;
      return new Sums(
          count,
          absolute + Math.abs(error),
          squared + error * error,
          moved,
          spread + distance * (target - moved));
    }
  }

  /** The value of one output. */
  @FunctionalInterface
  interface Measure {
    double of(Sums sums);
  }

  private final String metric;
  private final Measure measure;
  private Sums[] outputs = {};

  Errors(String metric, Measure measure) {
    this.metric = metric;
    this.measure = measure;
  }

  @Override
  public void add(Tensor output, Tensor target) {
    if (!output.shape().equals(target.shape()) || output.rank() == 0) {
      throw new ShapeException(
          "%s: takes predictions [n, ..] and targets of the same shape, not %s and %s"
              .formatted(metric, output.shape(), target.shape()));
    }
    int examples = output.shape().dim(0);
    if (examples == 0) {
      return;
    }
    int width = output.size() / examples;
    if (outputs.length == 0) {
      outputs = new Sums[width];
      Arrays.fill(outputs, Sums.NONE);
    } else if (outputs.length != width) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "%s: examples had %d outputs before, now they are %s",
              metric,
              outputs.length,
              output.shape()));
    }
    double[] predicted = output.toDoubleArray();
    double[] right = target.toDoubleArray();
    for (int i = 0; i < predicted.length; i++) {
      outputs[i % width] = outputs[i % width].with(predicted[i], right[i]);
    }
  }

  @Override
  public double value() {
    double sum = 0;
    for (Sums each : outputs) {
      sum += measure.of(each);
    }
    return sum / outputs.length;
  }

  @Override
  public Tensor details() {
    double[] each = new double[outputs.length];
    Arrays.setAll(each, k -> measure.of(outputs[k]));
    return ClassCounts.vector(each);
  }

  @Override
  public SequencedMap<String, Tensor> stateDict() {
    double[] all = new double[Sums.SIZE * outputs.length];
    for (int k = 0; k < outputs.length; k++) {
      Sums s = outputs[k];
      double[] parts = {s.examples, s.absolute, s.squared, s.mean, s.spread};
      System.arraycopy(parts, 0, all, Sums.SIZE * k, Sums.SIZE);
    }
    return Numbers.of(all);
  }

  @Override
  public void loadStateDict(Map<String, Tensor> state) {
    double[] all = Numbers.from(metric, state);
    outputs = new Sums[all.length / Sums.SIZE];
    for (int k = 0; k < outputs.length; k++) {
      int i = Sums.SIZE * k;
      outputs[k] = new Sums(all[i], all[i + 1], all[i + 2], all[i + 3], all[i + 4]);
    }
  }
}
