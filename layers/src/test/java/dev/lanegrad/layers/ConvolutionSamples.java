package dev.lanegrad.layers;

import static dev.lanegrad.layers.LayerSample.normal;
import static dev.lanegrad.layers.LayerSample.numbers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Window;
import java.util.List;

/** Convolutions against loops over every output element. */
final class ConvolutionSamples {
  static final List<LayerSample<?>> ALL =
      List.of(
          LayerSample.of(
              r -> new Conv1d(2, 3, 3, 1, DType.FLOAT64, r),
              normal(2, 2, 7),
              (l, x) -> convolved(l, x[0], 2, 1, 7)),
          LayerSample.of(
                  r -> new Conv1d(4, 6, 2, 2, DType.FLOAT64, r).stride(2).padding(1).dilation(2),
                  normal(2, 4, 8),
                  (l, x) -> convolved(l, x[0], 2, 1, 8))
              .named("with everything"),
          LayerSample.of(
                  r -> new Conv1d(1, 2, 3, 1, DType.FLOAT64, r).samePadding().withoutBias(),
                  normal(2, 1, 5),
                  (l, x) -> convolved(l.padding(1), x[0], 2, 1, 5))
              .named("of the same length"),
          LayerSample.of(
              r -> new Conv2d(2, 3, new int[] {3}, 1, DType.FLOAT64, r),
              normal(2, 2, 5, 4),
              (l, x) -> convolved(l, x[0], 2, 5, 4)),
          LayerSample.of(
                  r ->
                      new Conv2d(2, 4, new int[] {3, 2}, 2, DType.FLOAT64, r)
                          .stride(2, 1)
                          .padding(1)
                          .dilation(1, 2),
                  normal(2, 2, 6, 5),
                  (l, x) -> convolved(l, x[0], 2, 6, 5))
              .named("with everything"),
          LayerSample.of(
              r -> new ConvTranspose1d(2, 3, 3, 1, DType.FLOAT64, r),
              normal(2, 2, 4),
              (l, x) -> spread(l, x[0], 2, 1, 4)),
          LayerSample.of(
                  r ->
                      new ConvTranspose1d(4, 2, 3, 2, DType.FLOAT64, r)
                          .stride(3)
                          .padding(1)
                          .dilation(2)
                          .outputPadding(1),
                  normal(2, 4, 4),
                  (l, x) -> spread(l, x[0], 2, 1, 4))
              .named("with everything"),
          LayerSample.of(
              r -> new ConvTranspose2d(2, 3, new int[] {2, 3}, 1, DType.FLOAT64, r).stride(2),
              normal(2, 2, 3, 2),
              (l, x) -> spread(l, x[0], 2, 3, 2)),
          LayerSample.of(
                  r ->
                      new ConvTranspose2d(2, 2, new int[] {3}, 2, DType.FLOAT64, r)
                          .stride(2, 3)
                          .padding(1)
                          .outputPadding(1)
                          .withoutBias(),
                  normal(1, 2, 3, 2),
                  (l, x) -> spread(l, x[0], 1, 3, 2))
              .named("with everything"));

  private ConvolutionSamples() {}

  /** The settings of a window along two dimensions; a sequence is an image of one row. */
  private record Plane(int[] kernel, int[] stride, int[] padding, int[] dilation, int[] added) {
    static Plane of(ConvolutionLayer<?> layer) {
      Window window = layer.window();
      Shape weight = layer.weight().shape();
      boolean isRow = weight.rank() == 3;
      return new Plane(
          new int[] {isRow ? 1 : weight.dim(2), weight.dim(-1)},
          both(window.strides(), isRow, 1),
          both(window.paddings(), isRow, 0),
          both(window.dilations(), isRow, 1),
          both(window.outputPaddings(), isRow, 0));
    }

    private static int[] both(List<Integer> numbers, boolean isRow, int ofOneRow) {
      return new int[] {isRow ? ofOneRow : numbers.getFirst(), numbers.getLast()};
    }

    int reach(int d) {
      return dilation[d] * (kernel[d] - 1) + 1;
    }

    /** Where element k of the kernel at a position lies. */
    int at(int d, int position, int k) {
      return position * stride[d] + k * dilation[d] - padding[d];
    }
  }

  private static double[] convolved(
      ConvolutionLayer<?> layer, double[] x, int n, int rows, int columns) {
    Plane plane = Plane.of(layer);
    int[] lengths = {rows, columns};
    int in = layer.in();
    int out = layer.out();
    int each = in / layer.groups();
    int[] kernel = plane.kernel;
    int[] size = new int[2];
    for (int d = 0; d < 2; d++) {
      size[d] = (lengths[d] + 2 * plane.padding[d] - plane.reach(d)) / plane.stride[d] + 1;
    }
    double[] w = numbers(layer.weight());
    double[] y = new double[n * out * size[0] * size[1]];
    for (int i = 0; i < y.length; i++) {
      int column = i % size[1];
      int row = i / size[1] % size[0];
      int o = i / size[1] / size[0] % out;
      int example = i / size[1] / size[0] / out;
      y[i] = bias(layer, o);
      for (int c = 0; c < each; c++) {
        int channel = o / (out / layer.groups()) * each + c;
        for (int j = 0; j < kernel[0]; j++) {
          for (int k = 0; k < kernel[1]; k++) {
            int r = plane.at(0, row, j);
            int s = plane.at(1, column, k);
            if (r >= 0 && r < rows && s >= 0 && s < columns) {
              y[i] +=
                  w[((o * each + c) * kernel[0] + j) * kernel[1] + k]
                      * x[((example * in + channel) * rows + r) * columns + s];
            }
          }
        }
      }
    }
    return y;
  }

  private static double bias(ConvolutionLayer<?> layer, int channel) {
    return layer.bias() == null ? 0 : numbers(layer.bias())[channel];
  }

  /** Every input element is added, times the kernel, to where it goes. */
  private static double[] spread(
      ConvolutionLayer<?> layer, double[] x, int n, int rows, int columns) {
    Plane plane = Plane.of(layer);
    int[] lengths = {rows, columns};
    int in = layer.in();
    int out = layer.out();
    int each = out / layer.groups();
    int[] kernel = plane.kernel;
    int[] size = new int[2];
    for (int d = 0; d < 2; d++) {
      size[d] =
          (lengths[d] - 1) * plane.stride[d]
              - 2 * plane.padding[d]
              + plane.reach(d)
              + plane.added[d];
    }
    double[] w = numbers(layer.weight());
    double[] y = new double[n * out * size[0] * size[1]];
    for (int i = 0; i < y.length; i++) {
      y[i] = bias(layer, i / size[1] / size[0] % out);
    }
    for (int i = 0; i < x.length; i++) {
      int column = i % columns;
      int row = i / columns % rows;
      int channel = i / columns / rows % in;
      int example = i / columns / rows / in;
      for (int c = 0; c < each; c++) {
        int o = channel / (in / layer.groups()) * each + c;
        for (int j = 0; j < kernel[0]; j++) {
          for (int k = 0; k < kernel[1]; k++) {
            int r = plane.at(0, row, j);
            int s = plane.at(1, column, k);
            if (r >= 0 && r < size[0] && s >= 0 && s < size[1]) {
              y[((example * out + o) * size[0] + r) * size[1] + s] +=
                  x[i] * w[((channel * each + c) * kernel[0] + j) * kernel[1] + k];
            }
          }
        }
      }
    }
    return y;
  }
}
