package dev.lanegrad.examples.lectures.convolution;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.training.Dataset;
import dev.lanegrad.training.Seeds;
import java.util.List;
import java.util.random.RandomGenerator;

/** Small pictures, each with one of four patterns somewhere: which one is the class. */
final class Patterns {
  static final int SIZE = 12;
  static final int CLASSES = 4;

  private static final int PATTERN = 5;

  /** The left edge of a pattern can be in so many columns. */
  static final int COLUMNS = SIZE - PATTERN + 1;

  private static final double NOISE = 0.2;

  private static final List<String> DRAWN =
      List.of(
          "..#.." + "..#.." + "#####" + "..#.." + "..#..",
          "#...#" + ".#.#." + "..#.." + ".#.#." + "#...#",
          "#####" + "#...#" + "#...#" + "#...#" + "#####",
          "#####" + "#...." + "####." + "#...." + "#####");

  private Patterns() {}

  /**
   * So many pictures with patterns whose left edge is from column {@code left} to before {@code
   * right}: x [n, 1, 12, 12], y [n].
   */
  static Dataset make(int n, int left, int right, long seed) {
    float[] x = new float[n * SIZE * SIZE];
    int[] y = new int[n];
    for (int i = 0; i < n; i++) {
      RandomGenerator random = Seeds.generator(seed, i);
      y[i] = random.nextInt(CLASSES);
      int first = i * SIZE * SIZE;
      for (int k = first; k < first + SIZE * SIZE; k++) {
        x[k] = (float) (NOISE * random.nextGaussian());
      }
      int row = random.nextInt(COLUMNS);
      int column = random.nextInt(left, right);
      for (int k = 0; k < PATTERN * PATTERN; k++) {
        if (DRAWN.get(y[i]).charAt(k) == '#') {
          x[first + (row + k / PATTERN) * SIZE + column + k % PATTERN] += 1;
        }
      }
    }
    return new Dataset(Tensor.of(Shape.of(n, 1, SIZE, SIZE), x), Tensor.ofInts(y));
  }
}
