package dev.lanegrad.examples.lectures.representation;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Sequential;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Where a ReLU network of one number changes its slope: the numbers at which one of its hidden
 * units switches on or off. Between two neighbours the network is linear.
 */
final class Joints {
  private Joints() {}

  /**
   * All joints between two numbers, in order. Layer by layer: between the joints so far what goes
   * into the next layer's units is linear, so that each of its zeros lies on a straight line.
   *
   * @param hidden the linear parts of the hidden layers, each followed by a ReLU; float64
   */
  static double[] between(double from, double to, List<Linear> hidden) {
    double[] points = {from, to};
    for (int depth = 1; depth <= hidden.size(); depth++) {
      points = withZeros(points, before(hidden.subList(0, depth), points));
    }
    return Arrays.copyOfRange(points, 1, points.length - 1);
  }

  /** The linear parts of the hidden layers of a network that ends in a linear layer. */
  static List<Linear> hidden(Sequential network) {
    List<Linear> linear =
        network.layers().stream().filter(Linear.class::isInstance).map(Linear.class::cast).toList();
    return linear.subList(0, linear.size() - 1);
  }

  /** What goes into the ReLUs of the last of some layers, at some points: [points, units]. */
  static Tensor before(List<Linear> hidden, double... points) {
    Tensor h = Tensor.of(points).unsqueeze(1);
    for (Linear layer : hidden.subList(0, hidden.size() - 1)) {
      h = layer.apply(h).relu();
    }
    return hidden.getLast().apply(h);
  }

  /** What a network of one number gives for some numbers. */
  static double[] outputs(Layer network, double... x) {
    return network.forward(Tensor.of(x).unsqueeze(1)).toDoubleArray();
  }

  /** Whether the output rises and falls by turns from joint to joint, up to far out. */
  static boolean turnEverywhere(Sequential network, double far) {
    double[] joints = between(-far, far, hidden(network));
    double[] y = outputs(network, joints);
    return IntStream.range(2, y.length)
        .allMatch(i -> (y[i] - y[i - 1]) * (y[i - 1] - y[i - 2]) < 0);
  }

  private static double[] withZeros(double[] points, Tensor before) {
    int units = before.shape().dim(1);
    double[] z = before.toDoubleArray();
    TreeSet<Double> all = new TreeSet<>();
    for (int i = 0; i < points.length; i++) {
      all.add(points[i]);
      for (int unit = 0; i + 1 < points.length && unit < units; unit++) {
        double left = z[i * units + unit];
        double right = z[(i + 1) * units + unit];
        if (left > 0 != right > 0) {
          all.add(points[i] + (points[i + 1] - points[i]) * left / (left - right));
        }
      }
    }
    return all.stream().mapToDouble(x -> x).toArray();
  }
}
