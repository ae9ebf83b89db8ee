package dev.lanegrad.examples.lectures.convolution;

import dev.lanegrad.autodiff.Tensor;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/** Images to be filtered, drawn by functions of x and y from 0 to 1. */
final class Drawing {
  private static final int SIZE = 96;

  /** A word of pixels, each three by three of the image's. */
  private static final List<String> WORD =
      List.of(
          "#..###.#..#.###",
          "#..#.#.##.#.#..",
          "#..###.#.##.##.",
          "#..#.#.#..#.#..",
          "##.#.#.#..#.###");

  private static final int WORD_LEFT = 24;
  private static final int WORD_TOP = 72;
  private static final int WORD_PIXEL = 3;

  private Drawing() {}

  /** A disc, a rectangle, a gradient and a word, from 0 to 1: [96, 96]. */
  static double[][] shapes() {
    double[][] image = pixels(SIZE, Drawing::scene);
    for (int row = 0; row < WORD.size() * WORD_PIXEL; row++) {
      String line = WORD.get(row / WORD_PIXEL);
      for (int column = 0; column < line.length() * WORD_PIXEL; column++) {
        if (line.charAt(column / WORD_PIXEL) == '#') {
          image[WORD_TOP + row][WORD_LEFT + column] = 1;
        }
      }
    }
    return image;
  }

  /** A gradient of 0.2 to 0.6 from left to right with two shapes on it. */
  private static double scene(double x, double y) {
    if (Math.hypot(x - 0.28, y - 0.35) < 0.2) {
      return 0.9;
    }
    boolean isInRectangle = x > 0.56 && x < 0.9 && y > 0.16 && y < 0.54;
    return isInRectangle ? 0.05 : 0.2 + 0.4 * x;
  }

  /** Three discs that overlap, in red, green and blue: [1, 3, 48, 48]. */
  static Tensor colours() {
    double[][][] channels = {
      pixels(SIZE / 2, disc(0.38, 0.4)),
      pixels(SIZE / 2, disc(0.62, 0.4)),
      pixels(SIZE / 2, disc(0.5, 0.62))
    };
    return Tensor.of(channels).unsqueeze(0);
  }

  private static DoubleBinaryOperator disc(double x0, double y0) {
    return (x, y) -> Math.hypot(x - x0, y - y0) < 0.26 ? 1 : 0.1;
  }

  private static double[][] pixels(int size, DoubleBinaryOperator value) {
    double[][] image = new double[size][size];
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        image[row][column] = value.applyAsDouble((column + 0.5) / size, (row + 0.5) / size);
      }
    }
    return image;
  }
}
