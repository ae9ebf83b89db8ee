package dev.lanegrad.autodiff.internal.kernel.pooling;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Slide;
import dev.lanegrad.autodiff.internal.kernel.arrays.Rows;
import dev.lanegrad.autodiff.internal.kernel.pooling.SquarePool.Direction;
import dev.lanegrad.autodiff.internal.kernel.threads.Workers;

/**
 * The largest elements of windows, and the way back to where they were: the first of equal ones. A
 * NaN is larger than everything and 0 larger than -0, as for {@link Math#max}. Every window sees
 * more than padding.
 */
public final class MaxPoolLoop {
  /** The index of the largest element so far where there is none yet. */
  private static final int NONE = -1;

  /** Multiplications in the time that one element of a window takes. */
  private static final long OPERATIONS = 32;

  private final Slide rows;
  private final Slide columns;

  /** Where along a row the elements of windows begin that are not padding, and the last ones. */
  private final int[] begins;

  private final int[] ends;

  private final int width;
  private final int plane;
  private final int pooled;

  /** Whether windows are squares of two by two, side by side, as they mostly are. */
  private final boolean squares;

  /** Whether every element is in one of them. */
  private final boolean covered;

  public MaxPoolLoop(Slide rows, Slide columns) {
    this.rows = withoutIdleDilation(rows);
    this.columns = withoutIdleDilation(columns);
    this.width = columns.positions();
    this.plane = rows.length() * columns.length();
    this.pooled = rows.positions() * width;
    this.squares = isPair(rows) && isPair(columns);
    this.covered = squares && 4 * pooled == plane;
    this.begins = new int[squares ? 0 : width];
    this.ends = new int[begins.length];
    for (int q = 0; q < begins.length; q++) {
      begins[q] = first(columns, q);
      ends[q] = last(columns, q);
    }
  }

  /** A step from the only element of a window is none, however far. */
  private static Slide withoutIdleDilation(Slide slide) {
    return slide.kernel() > 1
        ? slide
        : new Slide(slide.length(), 1, slide.stride(), slide.before(), slide.after(), 1);
  }

  private static boolean isPair(Slide slide) {
    return slide.kernel() == 2
        && slide.stride() == 2
        && slide.dilation() == 1
        && slide.before() == 0
        && slide.length() / 2 == slide.positions();
  }

  /** The first element of a window that is not padding. */
  private static int first(Slide slide, int position) {
    int first = position * slide.stride() - slide.before();
    return first >= 0 ? first : first + Math.ceilDiv(-first, slide.dilation()) * slide.dilation();
  }

  /** No element of a window that is not padding lies behind this one. */
  private static int last(Slide slide, int position) {
    int last = position * slide.stride() - slide.before() + (int) slide.reach() - 1;
    return Math.min(last, slide.length() - 1);
  }

  private void share(int planes, Workers.Range somePlanes) {
    long operations = OPERATIONS * planes * pooled * rows.kernel() * columns.kernel();
    Workers.ranges(planes, operations, somePlanes);
  }

  /** What is done for a row of positions of a plane. */
  private interface WinnersOfRow {
    /**
     * Uses the winners.
     *
     * @param origin where the plane begins
     * @param to where the row of positions begins
     * @param winners for each position an index in the plane
     */
    void run(int origin, int to, int[] winners);
  }

  private void forEachRow(int planes, Object x, int offset, WinnersOfRow action) {
    share(
        planes,
        (_, begin, end) -> {
          int[] winners = new int[width];
          for (int p = begin; p < end; p++) {
            for (int position = 0; position < rows.positions(); position++) {
              if (x instanceof float[] floats) {
                winners(floats, offset + p * plane, position, winners);
              } else {
                winners((double[]) x, offset + p * plane, position, winners);
              }
              action.run(p * plane, p * pooled + position * width, winners);
            }
          }
        });
  }

  /** From [planes, rows, columns] to the largest elements [planes, positions, positions]. */
  public void values(int planes, Object x, int offset, Object y) {
    share(
        planes,
        (_, begin, end) -> {
          int done = 0;
          if (covered) {
            int from = offset + begin * plane;
            done =
                SquarePool.of(dtype(x), Direction.FORWARD)
                    .run(
                        (end - begin) * rows.positions(),
                        new SquarePool.Place(
                            x, from, columns.length(), x, from, y, begin * pooled));
          }
          for (int row = begin * rows.positions() + done; row < end * rows.positions(); row++) {
            int from = offset + row / rows.positions() * plane;
            int position = row % rows.positions();
            if (x instanceof float[] floats) {
              values(floats, from, position, (float[]) y, row * width);
            } else {
              values((double[]) x, from, position, (double[]) y, row * width);
            }
          }
        });
  }

  /** Where in its plane the largest element of each window is. */
  public void indices(int planes, Object x, int offset, int[] indices) {
    forEachRow(
        planes, x, offset, (_, to, winners) -> System.arraycopy(winners, 0, indices, to, width));
  }

  /** Adds an element for each window to that of its largest element. */
  public void spread(int planes, Object x, int offset, Object g, int gOffset, Object result) {
    if (squares) {
      spreadOverSquares(planes, x, offset, g, gOffset, result);
      return;
    }
    Rows.fill(result, 0, planes * plane, 0);
    if (result instanceof float[] floats) {
      forEachRow(
          planes,
          x,
          offset,
          (origin, to, winners) -> spread(winners, (float[]) g, gOffset + to, floats, origin));
    } else {
      forEachRow(
          planes,
          x,
          offset,
          (origin, to, winners) ->
              spread(winners, (double[]) g, gOffset + to, (double[]) result, origin));
    }
  }

  /** For each window the element of another tensor at the place of its largest element, or 0. */
  public void pick(int planes, Object x, int offset, Object h, int hOffset, Object result) {
    if (result instanceof float[] floats) {
      forEachRow(
          planes,
          x,
          offset,
          (origin, to, winners) -> pick(winners, (float[]) h, hOffset + origin, floats, to));
    } else {
      forEachRow(
          planes,
          x,
          offset,
          (origin, to, winners) ->
              pick(winners, (double[]) h, hOffset + origin, (double[]) result, to));
    }
  }

  private void values(float[] x, int from, int position, float[] y, int to) {
    if (squares) {
      int left = from + 2 * position * columns.length();
      for (int q = 0; q < width; q++) {
        int below = left + columns.length();
        float upper = Math.max(x[left], x[left + 1]);
        y[to + q] = Math.max(upper, Math.max(x[below], x[below + 1]));
        left += 2;
      }
      return;
    }
    int first = first(rows, position);
    int last = last(rows, position);
    for (int q = 0; q < width; q++) {
      int begin = begins[q];
      int end = ends[q];
      float largest = Float.NEGATIVE_INFINITY;
      for (int row = first; row <= last; row += rows.dilation()) {
        int at = from + row * columns.length();
        for (int c = begin; c <= end; c += columns.dilation()) {
          largest = Math.max(largest, x[at + c]);
        }
      }
      y[to + q] = largest;
    }
  }

  private void winners(float[] x, int from, int position, int[] winners) {
    if (squares) {
      int place = 2 * position * columns.length();
      for (int q = 0; q < winners.length; q++) {
        int left = from + place;
        int below = left + columns.length();
        long best = Math.max(key(x[left], 3), key(x[left + 1], 2));
        best = Math.max(best, Math.max(key(x[below], 1), key(x[below + 1], 0)));
        int number = 3 - (int) (best & 3);
        winners[q] = place + (number >> 1) * columns.length() + (number & 1);
        place += 2;
      }
      return;
    }
    int first = first(rows, position);
    int last = last(rows, position);
    for (int q = 0; q < winners.length; q++) {
      int begin = begins[q];
      int end = ends[q];
      int best = NONE;
      for (int row = first; row <= last; row += rows.dilation()) {
        int at = from + row * columns.length();
        for (int c = begin; c <= end; c += columns.dilation()) {
          best = best == NONE ? at + c : larger(x, best, at + c);
        }
      }
      winners[q] = best - from;
    }
  }

  /** The index of the larger of two elements, the first if they are equal. */
  private static int larger(float[] x, int first, int second) {
    return Float.compare(x[second], x[first]) > 0 ? second : first;
  }

  private static void spread(int[] winners, float[] g, int from, float[] result, int origin) {
    for (int q = 0; q < winners.length; q++) {
      result[origin + winners[q]] += g[from + q];
    }
  }

  /** Every element of a square is written, so nothing has to be looked up or cleared. */
  private void spreadOverSquares(
      int planes, Object x, int offset, Object g, int gOffset, Object result) {
    share(
        planes,
        (_, begin, end) -> {
          int at = begin * plane;
          int done = 0;
          if (covered) {
            int from = gOffset + begin * pooled;
            SquarePool.Place place =
                new SquarePool.Place(x, offset + at, columns.length(), g, from, result, at);
            done =
                SquarePool.of(dtype(x), Direction.BACKWARD)
                    .run((end - begin) * rows.positions(), place);
          } else {
            Rows.fill(result, at, (end - begin) * plane, 0);
          }
          for (int row = begin * rows.positions() + done; row < end * rows.positions(); row++) {
            int position = row % rows.positions();
            int to = row / rows.positions() * plane + 2 * position * columns.length();
            int from = gOffset + row * width;
            if (x instanceof float[] floats) {
              spreadOverSquares(floats, offset + to, (float[]) g, from, (float[]) result, to);
            } else {
              spreadOverSquares(
                  (double[]) x, offset + to, (double[]) g, from, (double[]) result, to);
            }
          }
        });
  }

  private static DType dtype(Object array) {
    return array instanceof float[] ? DType.FLOAT32 : DType.FLOAT64;
  }

  private void spreadOverSquares(float[] x, int at, float[] g, int from, float[] result, int to) {
    int row = columns.length();
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

  private void spreadOverSquares(
      double[] x, int at, double[] g, int from, double[] result, int to) {
    int row = columns.length();
    for (int q = 0; q < width; q++) {
      int left = at + 2 * q;
      int below = left + row;
      int winner = larger(x, larger(x, left, left + 1), larger(x, below, below + 1));
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

  private static void pick(int[] winners, float[] source, int origin, float[] result, int to) {
    for (int q = 0; q < winners.length; q++) {
      result[to + q] = source[origin + winners[q]];
    }
  }

  private void values(double[] x, int from, int position, double[] y, int to) {
    if (squares) {
      int left = from + 2 * position * columns.length();
      for (int q = 0; q < width; q++) {
        int below = left + columns.length();
        double upper = Math.max(x[left], x[left + 1]);
        y[to + q] = Math.max(upper, Math.max(x[below], x[below + 1]));
        left += 2;
      }
      return;
    }
    int first = first(rows, position);
    int last = last(rows, position);
    for (int q = 0; q < width; q++) {
      int begin = begins[q];
      int end = ends[q];
      double largest = Double.NEGATIVE_INFINITY;
      for (int row = first; row <= last; row += rows.dilation()) {
        int at = from + row * columns.length();
        for (int c = begin; c <= end; c += columns.dilation()) {
          largest = Math.max(largest, x[at + c]);
        }
      }
      y[to + q] = largest;
    }
  }

  private void winners(double[] x, int from, int position, int[] winners) {
    if (squares) {
      int place = 2 * position * columns.length();
      for (int q = 0; q < winners.length; q++) {
        int left = from + place;
        int below = left + columns.length();
        int upper = larger(x, left, left + 1);
        winners[q] = larger(x, upper, larger(x, below, below + 1)) - from;
        place += 2;
      }
      return;
    }
    int first = first(rows, position);
    int last = last(rows, position);
    for (int q = 0; q < winners.length; q++) {
      int begin = begins[q];
      int end = ends[q];
      int best = NONE;
      for (int row = first; row <= last; row += rows.dilation()) {
        int at = from + row * columns.length();
        for (int c = begin; c <= end; c += columns.dilation()) {
          best = best == NONE ? at + c : larger(x, best, at + c);
        }
      }
      winners[q] = best - from;
    }
  }

  /** The index of the larger of two elements, the first if they are equal. */
  private static int larger(double[] x, int first, int second) {
    return Double.compare(x[second], x[first]) > 0 ? second : first;
  }

  private static void spread(int[] winners, double[] g, int from, double[] result, int origin) {
    for (int q = 0; q < winners.length; q++) {
      result[origin + winners[q]] += g[from + q];
    }
  }

  private static void pick(int[] winners, double[] source, int origin, double[] result, int to) {
    for (int q = 0; q < winners.length; q++) {
      result[to + q] = source[origin + winners[q]];
    }
  }

  /**
   * A whole number that is larger where the element is, and of equal elements where {@code rank}
   * is: largest numbers are found without a branch, which nothing could predict.
   */
  private static long key(float element, int rank) {
    int bits = Float.floatToIntBits(element);
    return (long) (bits ^ (bits >> 31 & Integer.MAX_VALUE)) << 2 | rank;
  }
}
