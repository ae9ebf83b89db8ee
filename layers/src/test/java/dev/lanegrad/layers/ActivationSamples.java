package dev.lanegrad.layers;

import static dev.lanegrad.layers.LayerSample.normal;
import static dev.lanegrad.layers.LayerSample.numbers;

import dev.lanegrad.autodiff.DType;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Functions of elements, with and without parameters. */
final class ActivationSamples {
  static final List<LayerSample<?>> ALL =
      List.of(
          activation(new ReLU(), x -> Math.max(x, 0)),
          activation(new ReLU6(), x -> Math.min(Math.max(x, 0), 6)),
          activation(new LeakyReLU(), x -> x > 0 ? x : 0.01 * x),
          activation(new LeakyReLU(0.3), x -> x > 0 ? x : 0.3 * x),
          activation(new ELU(), x -> x > 0 ? x : Math.expm1(x)),
          activation(new ELU(0.5), x -> x > 0 ? x : 0.5 * Math.expm1(x)),
          activation(new CELU(), x -> x > 0 ? x : Math.expm1(x)),
          activation(new CELU(2), x -> x > 0 ? x : 2 * Math.expm1(x / 2)),
          activation(
              new SELU(),
              x -> 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x))),
          activation(
              new GELU(true),
              x -> x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)))),
          activation(new GELU(), x -> x * normalDistribution(x)),
          activation(new SiLU(), x -> x * sigmoid(x)),
          activation(new Mish(), x -> x * Math.tanh(Math.log1p(Math.exp(x)))),
          activation(new Tanh(), Math::tanh),
          activation(new Sigmoid(), ActivationSamples::sigmoid),
          activation(new LogSigmoid(), x -> Math.log(sigmoid(x))),
          activation(new Softplus(), x -> Math.log1p(Math.exp(x))),
          activation(new Softsign(), x -> x / (1 + Math.abs(x))),
          activation(new Hardtanh(), x -> Math.min(Math.max(x, -1), 1)),
          activation(new Hardsigmoid(), x -> Math.min(Math.max(x + 3, 0), 6) / 6),
          activation(new Hardswish(), x -> x * Math.min(Math.max(x + 3, 0), 6) / 6),
          activation(Activation.of("cube", x -> x.mul(x).mul(x)), x -> x * x * x),
          activation(new Identity(), x -> x),
          activation(new Lambda("double", x -> x.mul(2)), x -> 2 * x),
          LayerSample.of(r -> new Softmax(-1), normal(3, 4), (l, x) -> softmax(x[0], 4)),
          LayerSample.of(
              r -> new LogSoftmax(1),
              normal(3, 5),
              (l, x) -> Arrays.stream(softmax(x[0], 5)).map(Math::log).toArray()),
          LayerSample.of(
                  r -> new PReLU(3, DType.FLOAT64),
                  normal(2, 3, 4),
                  (l, x) -> prelu(numbers(l.weight()), x[0], 4))
              .named("of channels"),
          LayerSample.of(
              r -> new PReLU(1, DType.FLOAT64),
              normal(2, 3),
              (l, x) -> prelu(numbers(l.weight()), x[0], 6)));

  private ActivationSamples() {}

  private static LayerSample<Layer> activation(Layer layer, DoubleUnaryOperator function) {
    return LayerSample.of(
        r -> layer, normal(4, 9).mul(2), (l, x) -> Arrays.stream(x[0]).map(function).toArray());
  }

  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** The integral of the density from 0 by Simpson's rule. */
  private static double normalDistribution(double x) {
    int steps = 2_000;
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
      double t = x * i / steps;
      int weight = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
      sum += weight * Math.exp(-t * t / 2);
    }
    return 0.5 + sum * x / steps / 3 / Math.sqrt(2 * Math.PI);
  }

  /** Of rows of a length. */
  static double[] softmax(double[] x, int length) {
    double[] y = new double[x.length];
    for (int start = 0; start < x.length; start += length) {
      double sum = 0;
      for (int i = start; i < start + length; i++) {
        sum += Math.exp(x[i]);
      }
      for (int i = start; i < start + length; i++) {
        y[i] = Math.exp(x[i]) / sum;
      }
    }
    return y;
  }

  /** Channels of so many elements. */
  private static double[] prelu(double[] slopes, double[] x, int length) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i] > 0 ? x[i] : slopes[i / length % slopes.length] * x[i];
    }
    return y;
  }
}
