package dev.lanegrad.layers;

import static dev.lanegrad.layers.LayerSample.normal;
import static dev.lanegrad.layers.LayerSample.numbers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.RandomKey;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;

/** Normalisation against loops over what is normalised together, and dropout. */
final class NormalizationSamples {
  static final List<LayerSample<?>> ALL =
      List.of(
          LayerSample.of(
              r -> varied(new BatchNorm1d(3, DType.FLOAT64), r),
              normal(5, 3),
              (l, x) -> batch(l.weight(), l.bias(), l.running(), l.mode(), x[0], 1)),
          LayerSample.of(
                  r -> varied(new BatchNorm1d(2, DType.FLOAT64).eps(1e-5).momentum(0.3), r),
                  normal(3, 2, 4),
                  (l, x) -> batch(l.weight(), l.bias(), l.running(), l.mode(), x[0], 4))
              .named("of sequences"),
          LayerSample.of(
              r -> varied(new BatchNorm2d(2, DType.FLOAT64), r),
              normal(2, 2, 3, 2),
              (l, x) -> batch(l.weight(), l.bias(), l.running(), l.mode(), x[0], 6)),
          LayerSample.of(
                  r -> varied(new BatchNorm2d(2, DType.FLOAT64).withoutParameters(), r),
                  normal(2, 2, 3, 2),
                  (l, x) -> batch(l.weight(), l.bias(), l.running(), l.mode(), x[0], 6))
              .named("without parameters"),
          LayerSample.of(
              r -> varied(new LayerNorm(DType.FLOAT64, 4), r),
              normal(2, 3, 4),
              (l, x) -> normalized(x[0], i -> i / 4, l.weight(), l.bias(), i -> i % 4)),
          LayerSample.of(
                  r -> varied(new LayerNorm(DType.FLOAT64, 3, 4), r),
                  normal(2, 3, 4),
                  (l, x) -> normalized(x[0], i -> i / 12, l.weight(), l.bias(), i -> i % 12))
              .named("of matrices"),
          LayerSample.of(
                  r -> new LayerNorm(DType.FLOAT64, 4).withoutParameters(),
                  normal(3, 4),
                  (l, x) -> normalized(x[0], i -> i / 4, null, null, i -> 0))
              .named("without parameters"),
          LayerSample.of(
              r -> varied(new GroupNorm(2, 4, DType.FLOAT64), r),
              normal(2, 4, 3),
              (l, x) -> normalized(x[0], i -> i / 6, l.weight(), l.bias(), i -> i / 3 % 4)),
          LayerSample.of(
                  r -> new GroupNorm(1, 4, DType.FLOAT64).withoutParameters(),
                  normal(2, 4, 2, 2),
                  (l, x) -> normalized(x[0], i -> i / 16, null, null, i -> 0))
              .named("without parameters"),
          LayerSample.of(
              r -> varied(new RMSNorm(DType.FLOAT64, 4), r),
              normal(3, 4),
              (l, x) -> rootMeanSquare(numbers(l.weight()), x[0])),
          LayerSample.of(
              r -> new Dropout(0.4, r),
              normal(5, 6),
              (l, x) -> dropped(l.mode(), l.key(), l.rate(), x[0], 1)),
          LayerSample.of(
              r -> new Dropout2d(0.4, r),
              normal(4, 3, 2, 2),
              (l, x) -> dropped(l.mode(), l.key(), l.rate(), x[0], 4)));

  private NormalizationSamples() {}

  /** A layer with other numbers than the zeros and ones that it starts from. */
  private static <L extends Layer> L varied(L layer, RandomGenerator random) {
    for (Parameter parameter : layer.parameters()) {
      Initializer.uniform(0.5, 2).fill(parameter, random);
    }
    for (Parameter buffer : layer.namedBuffers().values()) {
      Initializer.uniform(0.5, 2).fill(buffer, random);
    }
    return layer;
  }

  /** Channels of so many elements each. */
  private static double[] batch(
      Parameter weight, Parameter bias, RunningMoments running, Mode mode, double[] x, int each) {
    int channels = running.mean().size();
    if (mode.isTraining()) {
      return normalized(x, i -> i / each % channels, weight, bias, i -> i / each % channels);
    }
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      int c = i / each % channels;
      double deviation = Math.sqrt(numbers(running.variance())[c] + 1e-5);
      y[i] = (x[i] - numbers(running.mean())[c]) / deviation;
      if (weight != null) {
        y[i] = y[i] * numbers(weight)[c] + numbers(bias)[c];
      }
    }
    return y;
  }

  /** Elements of one group are normalised together and share weight and bias of a place. */
  private static double[] normalized(
      double[] x,
      IntUnaryOperator group,
      Parameter weight,
      Parameter bias,
      IntUnaryOperator place) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      double sum = 0;
      int count = 0;
      for (int j = 0; j < x.length; j++) {
        if (group.applyAsInt(j) == group.applyAsInt(i)) {
          sum += x[j];
          count++;
        }
      }
      double squares = 0;
      for (int j = 0; j < x.length; j++) {
        if (group.applyAsInt(j) == group.applyAsInt(i)) {
          squares += (x[j] - sum / count) * (x[j] - sum / count);
        }
      }
      y[i] = (x[i] - sum / count) / Math.sqrt(squares / count + 1e-5);
      if (weight != null) {
        int at = place.applyAsInt(i);
        y[i] = y[i] * numbers(weight)[at] + numbers(bias)[at];
      }
    }
    return y;
  }

  private static double[] rootMeanSquare(double[] weight, double[] x) {
    int length = weight.length;
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      double squares = 0;
      for (int j = i / length * length; j < (i / length + 1) * length; j++) {
        squares += x[j] * x[j];
      }
      y[i] = x[i] / Math.sqrt(squares / length + Math.ulp(1.0)) * weight[i % length];
    }
    return y;
  }

  /** Blocks of so many elements are dropped together, as the key says. */
  private static double[] dropped(Mode mode, Parameter key, double rate, double[] x, int each) {
    if (!mode.isTraining()) {
      return x;
    }
    double[] state = numbers(key);
    RandomKey random = new RandomKey((long) state[0], (long) state[1]);
    double[] uniform = random.uniform(DType.FLOAT64, x.length / each).toDoubleArray();
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = uniform[i / each] >= rate ? x[i] / (1 - rate) : 0;
    }
    return y;
  }
}
