package dev.lanegrad.layers;

import static dev.lanegrad.layers.LayerSample.normal;

import dev.lanegrad.autodiff.Window;
import java.util.List;

/** Pooling against loops over every window. */
final class PoolingSamples {
  static final List<LayerSample<?>> ALL =
      List.of(
          LayerSample.of(
              r -> new MaxPool1d(2),
              normal(2, 3, 7),
              (l, x) -> largest(x[0], 1, 7, List.of(1, l.kernel()), flat(l.window()))),
          LayerSample.of(
                  r -> new MaxPool1d(3).stride(2).padding(1).dilation(2),
                  normal(2, 3, 9),
                  (l, x) -> largest(x[0], 1, 9, List.of(1, l.kernel()), flat(l.window())))
              .named("with everything"),
          LayerSample.of(
              r -> new MaxPool2d(2),
              normal(2, 2, 5, 4),
              (l, x) -> largest(x[0], 5, 4, l.kernel(), l.window())),
          LayerSample.of(
                  r -> new MaxPool2d(3, 2).stride(1, 2).padding(1),
                  normal(1, 2, 4, 5),
                  (l, x) -> largest(x[0], 4, 5, l.kernel(), l.window()))
              .named("with everything"),
          LayerSample.of(
              r -> new AvgPool1d(2),
              normal(2, 3, 6),
              (l, x) -> means(x[0], 1, 6, List.of(1, l.kernel()), flat(l.window()), true)),
          LayerSample.of(
                  r -> new AvgPool1d(3).stride(2).padding(1).withoutCountingPadding(),
                  normal(2, 2, 6),
                  (l, x) -> means(x[0], 1, 6, List.of(1, l.kernel()), flat(l.window()), false))
              .named("without padding"),
          LayerSample.of(
              r -> new AvgPool2d(2).padding(1),
              normal(2, 2, 4, 6),
              (l, x) -> means(x[0], 4, 6, l.kernel(), l.window(), true)),
          LayerSample.of(
                  r -> new AvgPool2d(3, 2).stride(1).padding(1, 0).withoutCountingPadding(),
                  normal(1, 2, 4, 3),
                  (l, x) -> means(x[0], 4, 3, l.kernel(), l.window(), false))
              .named("without padding"),
          LayerSample.of(
              r -> new AdaptiveAvgPool1d(3), normal(2, 2, 7), (l, x) -> adaptive(x[0], 1, 7, 1, 3)),
          LayerSample.of(
              r -> new AdaptiveAvgPool2d(3, 2),
              normal(2, 2, 5, 6),
              (l, x) -> adaptive(x[0], 5, 6, 3, 2)),
          LayerSample.of(
              r -> new GlobalAvgPool(), normal(2, 3, 4, 5), (l, x) -> adaptive(x[0], 4, 5, 1, 1)),
          LayerSample.of(
              r -> new GlobalMaxPool(),
              normal(2, 3, 4, 5),
              (l, x) -> largest(x[0], 4, 5, List.of(4, 5), Window.UNIT)));

  private PoolingSamples() {}

  /** What is made of the elements of one window. */
  private interface Combination {
    double of(double[] x, int start, int[] rows, int[] columns);
  }

  private static Window flat(Window w) {
    return new Window(
        List.of(1, w.strides().getFirst()),
        List.of(0, w.paddings().getFirst()),
        false,
        List.of(1, w.dilations().getFirst()),
        w.outputPaddings());
  }

  private static int at(List<Integer> numbers, int dim) {
    return numbers.get(Math.min(dim, numbers.size() - 1));
  }

  private static double[] largest(
      double[] x, int rows, int columns, List<Integer> kernel, Window window) {
    return windows(
        x,
        rows,
        columns,
        kernel,
        window,
        (numbers, start, r, c) -> {
          double largest = Double.NEGATIVE_INFINITY;
          for (int row : r) {
            for (int column : c) {
              if (row >= 0 && row < rows && column >= 0 && column < columns) {
                largest = Math.max(largest, numbers[start + row * columns + column]);
              }
            }
          }
          return largest;
        });
  }

  private static double[] means(
      double[] x, int rows, int columns, List<Integer> kernel, Window window, boolean padding) {
    return windows(
        x,
        rows,
        columns,
        kernel,
        window,
        (numbers, start, r, c) -> {
          double sum = 0;
          int count = 0;
          for (int row : r) {
            for (int column : c) {
              if (row >= 0 && row < rows && column >= 0 && column < columns) {
                sum += numbers[start + row * columns + column];
                count++;
              }
            }
          }
          return sum / (padding ? r.length * c.length : count);
        });
  }

  private static double[] windows(
      double[] x, int rows, int columns, List<Integer> kernel, Window window, Combination what) {
    int[] lengths = {rows, columns};
    int[] size = new int[2];
    for (int d = 0; d < 2; d++) {
      int reach = at(window.dilations(), d) * (kernel.get(d) - 1) + 1;
      size[d] = (lengths[d] + 2 * at(window.paddings(), d) - reach) / at(window.strides(), d) + 1;
    }
    int planes = x.length / rows / columns;
    double[] y = new double[planes * size[0] * size[1]];
    for (int i = 0; i < y.length; i++) {
      int[] position = {i / size[1] % size[0], i % size[1]};
      int[][] elements = {new int[kernel.get(0)], new int[kernel.get(1)]};
      for (int d = 0; d < 2; d++) {
        for (int k = 0; k < kernel.get(d); k++) {
          elements[d][k] =
              position[d] * at(window.strides(), d)
                  + k * at(window.dilations(), d)
                  - at(window.paddings(), d);
        }
      }
      y[i] = what.of(x, i / size[1] / size[0] * rows * columns, elements[0], elements[1]);
    }
    return y;
  }

  private static double[] adaptive(double[] x, int rows, int columns, int outRows, int outColumns) {
    double[] y = new double[x.length / rows / columns * outRows * outColumns];
    for (int i = 0; i < y.length; i++) {
      int r = i / outColumns % outRows;
      int c = i % outColumns;
      int plane = i / outColumns / outRows * rows * columns;
      double sum = 0;
      int count = 0;
      for (int row = r * rows / outRows; row < Math.ceilDiv((r + 1) * rows, outRows); row++) {
        for (int column = c * columns / outColumns;
            column < Math.ceilDiv((c + 1) * columns, outColumns);
            column++) {
          sum += x[plane + row * columns + column];
          count++;
        }
      }
      y[i] = sum / count;
    }
    return y;
  }
}
