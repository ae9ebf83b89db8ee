package dev.lanegrad.examples.lectures.representation;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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
    return new ThresholdUnits(GivenWeights.of(weights, biases));
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

  /** The values at 00, 01, 10 and 11 that units of two inputs with small weights have. */
  static Set<String> functionsOfTwoInputs() {
    Tensor rows = TruthTable.of(2, _ -> false).rows();
    Set<String> found = new HashSet<>();
    for (int w1 = -2; w1 <= 2; w1++) {
      for (int w2 = -2; w2 <= 2; w2++) {
        for (double threshold = -4.5; threshold < 5; threshold++) {
          double[] values = unit(threshold, w1, w2).forward(rows).toDoubleArray();
          found.add(digits(values));
        }
      }
    }
    return found;
  }

  private static String digits(double... values) {
    return Arrays.stream(values)
        .mapToObj(value -> Integer.toString((int) value))
        .collect(Collectors.joining());
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
