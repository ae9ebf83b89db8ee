package dev.lanegrad.examples.lectures.representation;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import java.util.Arrays;
import java.util.List;

/**
 * A layer of threshold units: y = 1 where w . x >= theta, else 0; each keeps -theta as its bias.
 *
 * <p>Shapes: {@code [n, in] -> [n, units]}, float64.
 */
record ThresholdUnits(Linear linear) implements Layer {
  /**
   * Units by their weights and thresholds.
   *
   * @param weights a row for each unit
   */
  static ThresholdUnits of(double[][] weights, double... thresholds) {
    double[] biases = Arrays.stream(thresholds).map(theta -> -theta).toArray();
    return new ThresholdUnits(
        new Linear(
            Parameter.of("weight", Tensor.of(weights)), Parameter.of("bias", Tensor.of(biases))));
  }

  /** One unit. */
  static ThresholdUnits unit(double threshold, double... weights) {
    return of(new double[][] {weights}, threshold);
  }

  /** One unit that is 1 where all inputs are. */
  static ThresholdUnits and(int inputs) {
    return unit(inputs, ones(inputs));
  }

  /** One unit that is 1 where any input is. */
  static ThresholdUnits or(int inputs) {
    return unit(1, ones(inputs));
  }

  private static double[] ones(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  int units() {
    return linear.out();
  }

  @Override
  public Tensor forward(Tensor x) {
    return linear.apply(x).greaterEqual(0).cast(DType.FLOAT64);
  }

  @Override
  public List<Child> children() {
    return List.of(new Child("linear", linear));
  }

  @Override
  public String toString() {
    return "ThresholdUnits[in=" + linear.in() + ", units=" + units() + "]";
  }
}
