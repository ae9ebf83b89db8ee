package dev.lanegrad.autodiff.internal.kernel.pooling;

/**
 * Where the largest elements of squares of two by two are. Those of floats are found without a
 * branch, which nothing could predict: with its place each makes one long, of which the largest
 * wins. Doubles leave no room for that, so these are no twins.
 */
final class MaxPoolSquares {
  private MaxPoolSquares() {}

  /**
   * The winners of a row of squares.
   *
   * @param from where the plane begins
   * @param first where in the plane the row of squares begins
   * @param row from one row of elements to the next
   */
  static void winners(float[] x, int from, int first, int row, int[] winners) {
    int place = first;
    for (int q = 0; q < winners.length; q++) {
      int left = from + place;
      int below = left + row;
      long best = Math.max(key(x[left], 3), key(x[left + 1], 2));
      best = Math.max(best, Math.max(key(x[below], 1), key(x[below + 1], 0)));
      int number = 3 - (int) (best & 3);
      winners[q] = place + (number >> 1) * row + (number & 1);
      place += 2;
    }
  }

  /** The same for doubles. */
  static void winners(double[] x, int from, int first, int row, int[] winners) {
    int place = first;
    for (int q = 0; q < winners.length; q++) {
      int left = from + place;
      int below = left + row;
      int upper = DoubleMaxPool.larger(x, left, left + 1);
      winners[q] = DoubleMaxPool.larger(x, upper, DoubleMaxPool.larger(x, below, below + 1)) - from;
      place += 2;
    }
  }

  /**
   * Gives a square's winner an element and the others 0.
   *
   * @param row from one row of elements to the next
   * @param width squares of a row
   */
  static void spread(
      float[] x, int at, int row, float[] g, int from, float[] result, int to, int width) {
    for (int q = 0; q < width; q++) {
      int left = at + 2 * q;
      int below = left + row;
      long a = key(x[left], 3);
      long b = key(x[left + 1], 2);
      long c = key(x[below], 1);
      long d = key(x[below + 1], 0);
      long best = Math.max(Math.max(a, b), Math.max(c, d));
      int bits = Float.floatToRawIntBits(g[from + q]);
      int target = to + 2 * q;
      result[target] = Float.intBitsToFloat(bits & maskOfEqual(a, best));
      result[target + 1] = Float.intBitsToFloat(bits & maskOfEqual(b, best));
      result[target + row] = Float.intBitsToFloat(bits & maskOfEqual(c, best));
      result[target + row + 1] = Float.intBitsToFloat(bits & maskOfEqual(d, best));
    }
  }

  /** The same for doubles. */
  static void spread(
      double[] x, int at, int row, double[] g, int from, double[] result, int to, int width) {
    for (int q = 0; q < width; q++) {
      int left = at + 2 * q;
      int below = left + row;
      int winner =
          DoubleMaxPool.larger(
              x,
              DoubleMaxPool.larger(x, left, left + 1),
              DoubleMaxPool.larger(x, below, below + 1));
      int target = to - at;
      result[target + left] = 0;
      result[target + left + 1] = 0;
      result[target + below] = 0;
      result[target + below + 1] = 0;
      result[target + winner] = g[from + q];
    }
  }

  /** All ones if a number is the largest one, else zeros. */
  private static int maskOfEqual(long key, long largest) {
    return (int) ~((key - largest) >> 63);
  }

  /**
   * A whole number that is larger where the element is, and of equal elements where {@code rank}
   * is.
   */
  private static long key(float element, int rank) {
    int bits = Float.floatToIntBits(element);
    return (long) (bits ^ (bits >> 31 & Integer.MAX_VALUE)) << 2 | rank;
  }
}
