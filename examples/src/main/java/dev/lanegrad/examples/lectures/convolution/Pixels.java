package dev.lanegrad.examples.lectures.convolution;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.plots.Images;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Tensors as pictures. */
final class Pixels {
  private Pixels() {}

  /** One picture: [1, .., height, width] by rows. */
  static double[][] of(Tensor x) {
    Shape shape = x.shape();
    int width = shape.dim(-1);
    double[] values = x.detach().toDoubleArray();
    return IntStream.range(0, shape.dim(-2))
        .mapToObj(row -> Arrays.copyOfRange(values, row * width, (row + 1) * width))
        .toArray(double[][]::new);
  }

  /** A picture for each entry along an axis, with a caption by its number. */
  static List<Images.Tile> tiles(Tensor x, int axis, IntFunction<String> caption) {
    return IntStream.range(0, x.shape().dim(axis))
        .mapToObj(i -> new Images.Tile(caption.apply(i), of(x.slice(axis, i, i + 1))))
        .toList();
  }
}
