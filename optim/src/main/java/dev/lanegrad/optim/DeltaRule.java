package dev.lanegrad.optim;

import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The delta rule, least mean squares: w = w + learningRate (y - o) x, b = b + learningRate (y - o)
 * with o = w.x + b. With a small rate it ends near the solution of least squares. The output is
 * read out of its tensor for each example: not a recorded step.
 *
 * <p>Source: Widrow and Hoff, "Adaptive switching circuits", 1960, IRE WESCON Convention Record
 * 4:96-104.
 */
public final class DeltaRule {
  private final LinearRule unit;
  private final double learningRate;

  /** A unit without a bias. */
  public DeltaRule(Parameter weights, double learningRate) {
    this(weights, null, learningRate);
  }

  /**
   * A unit.
   *
   * @param weights n numbers of any shape
   * @param bias one number, or null for none
   * @param learningRate at least 0
   * @throws IllegalArgumentException if the bias is not one number of the same dtype, or the rate
   *     negative
   */
  public DeltaRule(Parameter weights, @Nullable Parameter bias, double learningRate) {
    Ranges.atLeastZero("DeltaRule", "learning rate", learningRate);
    this.unit = new LinearRule("DeltaRule", weights, bias);
    this.learningRate = learningRate;
  }

  /**
   * Learns from one example.
   *
   * @param x n numbers
   * @param target what the unit should give
   * @return the error before, target - output
   * @throws ShapeException if there are not n numbers
   */
  public double step(Tensor x, double target) {
    double error = target - unit.output(x);
    unit.add(x, learningRate * error);
    return error;
  }

  /**
   * Learns from all examples in their order.
   *
   * @param examples [m, n]
   * @param targets [m]
   * @return the mean of the squared errors, each before its step
   * @throws ShapeException if the shapes are not these
   */
  public double pass(Tensor examples, Tensor targets) {
    unit.requirePairs(examples, targets, "targets");
    double[] wanted = targets.toDoubleArray();
    double sum = 0;
    for (int i = 0; i < wanted.length; i++) {
      double error = step(examples.select(0, i), wanted[i]);
      sum += error * error;
    }
    return sum / wanted.length;
  }

  @Override
  public String toString() {
    return unit.toString();
  }
}
