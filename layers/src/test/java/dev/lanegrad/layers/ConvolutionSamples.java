package dev.lanegrad.layers;

import static dev.lanegrad.layers.LayerSample.normal;
import static dev.lanegrad.layers.LayerSample.numbers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
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
              (l, x) -> conv1d(l, x[0], 2, 7)),
          LayerSample.of(
                  r -> new Conv1d(4, 6, 2, 2, DType.FLOAT64, r).stride(2).padding(1).dilation(2),
                  normal(2, 4, 8),
                  (l, x) -> conv1d(l, x[0], 2, 8))
              .named("with everything"),
          LayerSample.of(
                  r -> new Conv1d(1, 2, 3, 1, DType.FLOAT64, r).samePadding().withoutBias(),
                  normal(2, 1, 5),
                  (l, x) -> conv1d(l.padding(1), x[0], 2, 5))
              .named("of the same length"),
          LayerSample.of(
              r -> new Conv2d(2, 3, new int[] {3}, 1, DType.FLOAT64, r),
              normal(2, 2, 5, 4),
              (l, x) -> conv2d(l, x[0], 2, 5, 4)),
          LayerSample.of(
                  r ->
                      new Conv2d(2, 4, new int[] {3, 2}, 2, DType.FLOAT64, r)
                          .stride(2, 1)
                          .padding(1)
                          .dilation(1, 2),
                  normal(2, 2, 6, 5),
                  (l, x) -> conv2d(l, x[0], 2, 6, 5))
              .named("with everything"),
          LayerSample.of(
              r -> new ConvTranspose1d(2, 3, 3, 1, DType.FLOAT64, r),
              normal(2, 2, 4),
              (l, x) -> transpose1d(l, x[0], 2, 4)),
          LayerSample.of(
                  r ->
                      new ConvTranspose1d(4, 2, 3, 2, DType.FLOAT64, r)
                          .stride(3)
                          .padding(1)
                          .dilation(2)
                          .outputPadding(1),
                  normal(2, 4, 4),
                  (l, x) -> transpose1d(l, x[0], 2, 4))
              .named("with everything"),
          LayerSample.of(
              r -> new ConvTranspose2d(2, 3, new int[] {2, 3}, 1, DType.FLOAT64, r).stride(2),
              normal(2, 2, 3, 2),
              (l, x) -> transpose2d(l, x[0], 2, 3, 2)),
          LayerSample.of(
                  r ->
                      new ConvTranspose2d(2, 2, new int[] {3}, 2, DType.FLOAT64, r)
                          .stride(2, 3)
                          .padding(1)
                          .outputPadding(1)
                          .withoutBias(),
                  normal(1, 2, 3, 2),
                  (l, x) -> transpose2d(l, x[0], 1, 3, 2))
              .named("with everything"));

  private ConvolutionSamples() {}

  private static int at(List<Integer> numbers, int dim) {
    return numbers.get(Math.min(dim, numbers.size() - 1));
  }

  private static double[] conv1d(Conv1d l, double[] x, int n, int length) {
    Window w = l.window();
    Window flat =
        new Window(
            List.of(1, at(w.strides(), 0)),
            List.of(0, at(w.paddings(), 0)),
            false,
            List.of(1, at(w.dilations(), 0)));
    return convolved(l.weight(), l.bias(), flat, l.groups(), x, new int[] {n, l.in(), 1, length});
  }

  private static double[] conv2d(Conv2d l, double[] x, int n, int rows, int columns) {
    return convolved(
        l.weight(), l.bias(), l.window(), l.groups(), x, new int[] {n, l.in(), rows, columns});
  }

  private static double[] convolved(
      Parameter weight, Parameter bias, Window window, int groups, double[] x, int[] dims) {
    Shape shape = weight.shape();
    int out = shape.dim(0);
    int each = shape.dim(1);
    int[] kernel = {shape.rank() == 3 ? 1 : shape.dim(2), shape.dim(-1)};
    int[] size = new int[2];
    for (int d = 0; d < 2; d++) {
      int reach = at(window.dilations(), d) * (kernel[d] - 1) + 1;
      size[d] = (dims[2 + d] + 2 * at(window.paddings(), d) - reach) / at(window.strides(), d) + 1;
    }
    double[] w = numbers(weight);
    double[] y = new double[dims[0] * out * size[0] * size[1]];
    for (int i = 0; i < y.length; i++) {
      int column = i % size[1];
      int row = i / size[1] % size[0];
      int o = i / size[1] / size[0] % out;
      int n = i / size[1] / size[0] / out;
      y[i] = bias == null ? 0 : numbers(bias)[o];
      for (int c = 0; c < each; c++) {
        int channel = o / (out / groups) * each + c;
        for (int j = 0; j < kernel[0]; j++) {
          for (int k = 0; k < kernel[1]; k++) {
            int r =
                row * at(window.strides(), 0)
                    + j * at(window.dilations(), 0)
                    - at(window.paddings(), 0);
            int s =
                column * at(window.strides(), 1)
                    + k * at(window.dilations(), 1)
                    - at(window.paddings(), 1);
            if (r >= 0 && r < dims[2] && s >= 0 && s < dims[3]) {
              y[i] +=
                  w[((o * each + c) * kernel[0] + j) * kernel[1] + k]
                      * x[((n * dims[1] + channel) * dims[2] + r) * dims[3] + s];
            }
          }
        }
      }
    }
    return y;
  }

  private static double[] transpose1d(ConvTranspose1d l, double[] x, int n, int length) {
    Window w = l.window();
    Window flat =
        new Window(
            List.of(1, at(w.strides(), 0)),
            List.of(0, at(w.paddings(), 0)),
            false,
            List.of(1, at(w.dilations(), 0)));
    return spread(
        l.weight(),
        l.bias(),
        flat,
        l.groups(),
        List.of(0, l.outputPadding().getFirst()),
        x,
        new int[] {n, l.in(), 1, length});
  }

  private static double[] transpose2d(ConvTranspose2d l, double[] x, int n, int rows, int columns) {
    return spread(
        l.weight(),
        l.bias(),
        l.window(),
        l.groups(),
        l.outputPadding(),
        x,
        new int[] {n, l.in(), rows, columns});
  }

  /** Every input element is added, times the kernel, to where it goes. */
  private static double[] spread(
      Parameter weight,
      Parameter bias,
      Window window,
      int groups,
      List<Integer> added,
      double[] x,
      int[] dims) {
    Shape shape = weight.shape();
    int each = shape.dim(1);
    int out = each * groups;
    int[] kernel = {shape.rank() == 3 ? 1 : shape.dim(2), shape.dim(-1)};
    int[] size = new int[2];
    for (int d = 0; d < 2; d++) {
      size[d] =
          (dims[2 + d] - 1) * at(window.strides(), d)
              - 2 * at(window.paddings(), d)
              + at(window.dilations(), d) * (kernel[d] - 1)
              + 1
              + at(added, d);
    }
    double[] w = numbers(weight);
    double[] y = new double[dims[0] * out * size[0] * size[1]];
    for (int i = 0; i < y.length; i++) {
      y[i] = bias == null ? 0 : numbers(bias)[i / size[1] / size[0] % out];
    }
    for (int i = 0; i < x.length; i++) {
      int column = i % dims[3];
      int row = i / dims[3] % dims[2];
      int channel = i / dims[3] / dims[2] % dims[1];
      int n = i / dims[3] / dims[2] / dims[1];
      for (int c = 0; c < each; c++) {
        int o = channel / (dims[1] / groups) * each + c;
        for (int j = 0; j < kernel[0]; j++) {
          for (int k = 0; k < kernel[1]; k++) {
            int r =
                row * at(window.strides(), 0)
                    + j * at(window.dilations(), 0)
                    - at(window.paddings(), 0);
            int s =
                column * at(window.strides(), 1)
                    + k * at(window.dilations(), 1)
                    - at(window.paddings(), 1);
            if (r >= 0 && r < size[0] && s >= 0 && s < size[1]) {
              y[((n * out + o) * size[0] + r) * size[1] + s] +=
                  x[i] * w[((channel * each + c) * kernel[0] + j) * kernel[1] + k];
            }
          }
        }
      }
    }
    return y;
  }
}
