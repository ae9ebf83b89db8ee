package dev.lanegrad.layers;

import static dev.lanegrad.layers.LayerSample.normal;
import static dev.lanegrad.layers.LayerSample.numbers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import java.util.Arrays;
import java.util.List;

/** Linear maps, tables, and what puts layers together or changes shapes only. */
final class LinearSamples {
  static final List<LayerSample<?>> ALL =
      List.of(
          LayerSample.of(
              r -> new Linear(3, 2, DType.FLOAT64, r), normal(4, 3), (l, x) -> linear(l, x[0])),
          LayerSample.of(
                  r -> new Linear(3, 2, DType.FLOAT64, r),
                  normal(2, 4, 3),
                  (l, x) -> linear(l, x[0]))
              .named("of a deeper batch"),
          LayerSample.of(
                  r -> new Bilinear(3, 4, 2, DType.FLOAT64, r),
                  normal(5, 3),
                  (l, x) -> bilinear(l, x[0], x[1]))
              .running((l, in) -> l.forward(in.get(0), in.get(1)), normal(5, 4)),
          LayerSample.of(
                  r -> new Bilinear(3, 3, 2, DType.FLOAT64, r),
                  normal(2, 2, 3),
                  (l, x) -> bilinear(l, x[0], x[0]))
              .named("of one input"),
          LayerSample.of(
              r -> new Embedding(5, 3, DType.FLOAT64, r),
              Tensor.ofInts(4, 0, 2, 2).reshape(2, 2),
              (l, x) -> embedding(l, x[0])),
          LayerSample.of(
              r ->
                  new Sequential(
                      new Linear(3, 4, DType.FLOAT64, r),
                      new Tanh(),
                      new Linear(4, 2, DType.FLOAT64, r)),
              normal(5, 3),
              (l, x) ->
                  linear(
                      (Linear) l.layers().get(2),
                      Arrays.stream(linear((Linear) l.layers().get(0), x[0]))
                          .map(Math::tanh)
                          .toArray())),
          LayerSample.of(
              r -> new Residual(new Linear(3, 3, DType.FLOAT64, r)),
              normal(4, 3),
              (l, x) -> sum(x[0], linear((Linear) l.block(), x[0]))),
          LayerSample.of(r -> new Flatten(), normal(2, 3, 4), (l, x) -> x[0]),
          LayerSample.of(r -> new Flatten(0, 1), normal(2, 3, 4), (l, x) -> x[0]).named("in front"),
          LayerSample.of(r -> new Unflatten(1, 2, 3), normal(4, 6), (l, x) -> x[0]));

  private LinearSamples() {}

  static double[] sum(double[] a, double[] b) {
    double[] y = new double[a.length];
    Arrays.setAll(y, i -> a[i] + b[i]);
    return y;
  }

  /** Of rows, whatever their batch. */
  static double[] linear(Linear layer, double[] x) {
    double[] bias = layer.bias() == null ? new double[layer.out()] : numbers(layer.bias());
    return linear(numbers(layer.weight()), bias, x);
  }

  static double[] linear(double[] weight, double[] bias, double[] x) {
    int out = bias.length;
    int in = weight.length / out;
    double[] y = new double[x.length / in * out];
    for (int row = 0; row < x.length / in; row++) {
      for (int o = 0; o < out; o++) {
        double sum = bias[o];
        for (int i = 0; i < in; i++) {
          sum += weight[o * in + i] * x[row * in + i];
        }
        y[row * out + o] = sum;
      }
    }
    return y;
  }

  private static double[] bilinear(Bilinear layer, double[] a, double[] b) {
    double[] weight = numbers(layer.weight());
    double[] bias = numbers(layer.bias());
    int out = layer.weight().shape().dim(0);
    int in1 = layer.weight().shape().dim(1);
    int in2 = layer.weight().shape().dim(2);
    int rows = a.length / in1;
    double[] y = new double[rows * out];
    for (int row = 0; row < rows; row++) {
      for (int o = 0; o < out; o++) {
        double sum = bias[o];
        for (int i = 0; i < in1; i++) {
          for (int j = 0; j < in2; j++) {
            sum += a[row * in1 + i] * weight[(o * in1 + i) * in2 + j] * b[row * in2 + j];
          }
        }
        y[row * out + o] = sum;
      }
    }
    return y;
  }

  private static double[] embedding(Embedding layer, double[] indices) {
    double[] weight = numbers(layer.weight());
    int features = layer.weight().shape().dim(1);
    double[] y = new double[indices.length * features];
    for (int i = 0; i < y.length; i++) {
      int word = (int) indices[i / features];
      y[i] = weight[word * features + i % features];
    }
    return y;
  }
}
