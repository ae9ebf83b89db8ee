package dev.lanegrad.autodiff.internal.kernel;

import dev.lanegrad.autodiff.Slide;
import dev.lanegrad.autodiff.internal.memory.Widened;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/**
 * Lower medians of windows, and where they are: the first element that equals it, or the first NaN.
 * Windows side by side are put in order together by a {@link Network}, whose loops have no
 * branches, so that the JIT makes vectors of them. Every window sees more than padding.
 */
public final class MedianPoolLoop {
  private static final int MOST_WINDOWS = 64;

  /** Multiplications in the time that one element of a window takes. */
  private static final long OPERATIONS = 64;

  private final Slide rows;
  private final Slide columns;

  /** For each position along a row where its window begins, and how many columns it sees. */
  private final int[] begins;

  private final int[] widths;

  /** With how many positions behind it a position goes together. */
  private final int[] together;

  public MedianPoolLoop(Slide rows, Slide columns) {
    this.rows = MaxPoolLoop.withoutIdleDilation(rows);
    this.columns = MaxPoolLoop.withoutIdleDilation(columns);
    this.begins = new int[columns.positions()];
    this.widths = new int[begins.length];
    this.together = new int[begins.length];
    for (int q = begins.length - 1; q >= 0; q--) {
      begins[q] = MaxPoolLoop.first(this.columns, q);
      widths[q] = MaxPoolLoop.seen(this.columns, q);
      boolean isAlone =
          q == begins.length - 1
              || widths[q] != widths[q + 1]
              || begins[q + 1] - begins[q] != columns.stride();
      together[q] = isAlone ? 1 : together[q + 1] + 1;
    }
  }

  /**
   * From [planes, rows, columns] to [planes, positions, positions].
   *
   * @param y the medians
   * @param places where in its plane each was found, in row-major order
   */
  public void run(int planes, Object x, int offset, Object y, int[] places) {
    int plane = rows.length() * columns.length();
    long pooled = (long) rows.positions() * begins.length;
    long operations = OPERATIONS * planes * pooled * rows.kernel() * columns.kernel();
    Workers.ranges(
        planes,
        operations,
        (_, begin, end) -> {
          Windows windows = new Windows(x);
          for (int row = begin * rows.positions(); row < end * rows.positions(); row++) {
            int origin = offset + row / rows.positions() * plane;
            int to = row * begins.length;
            windows.find(origin, row % rows.positions(), places, to);
            for (int i = to; i < to + begins.length; i++) {
              System.arraycopy(x, origin + places[i], y, i, 1);
            }
          }
        });
  }

  /** What a thread has in its hands. */
  private final class Windows {
    private final Object x;
    private final int area =
        Math.min(rows.kernel(), rows.length()) * Math.min(columns.kernel(), columns.length());
    private final boolean areSmall = area <= Network.MOST;
    private final int most = areSmall ? Math.min(MOST_WINDOWS, begins.length) : 1;
    private final double[][] elements = new double[areSmall ? area : 1][areSmall ? most : area];
    private final double[][] ordered = new double[elements.length][elements[0].length];
    private final int[] placesOfFirst = new int[area];

    Windows(Object x) {
      this.x = x;
    }

    /** Where the medians are along a row of positions. */
    void find(int origin, int position, int[] places, int to) {
      int first = MaxPoolLoop.first(rows, position);
      int height = MaxPoolLoop.seen(rows, position);
      for (int q = 0; q < begins.length; ) {
        int count = height * widths[q];
        for (int e = 0; e < count; e++) {
          int row = first + e / widths[q] * rows.dilation();
          int column = begins[q] + e % widths[q] * columns.dilation();
          placesOfFirst[e] = row * columns.length() + column;
        }
        if (areSmall) {
          int windows = Math.min(most, together[q]);
          findBySteps(origin, count, windows, places, to + q);
          q += windows;
        } else {
          places[to + q] = findBySorting(origin, count);
          q++;
        }
      }
    }

    private void findBySteps(int origin, int count, int windows, int[] places, int to) {
      for (int e = 0; e < count; e++) {
        Widened.read(x, origin + placesOfFirst[e], columns.stride(), elements[e], windows);
        System.arraycopy(elements[e], 0, ordered[e], 0, windows);
      }
      double[] medians = Network.of(count).medians(ordered, windows);
      for (int w = 0; w < windows; w++) {
        int e = 0;
        while (!isFound(elements[e][w], medians[w])) {
          e++;
        }
        places[to + w] = placesOfFirst[e] + w * columns.stride();
      }
    }

    private int findBySorting(int origin, int count) {
      double[] window = elements[0];
      double[] sorted = ordered[0];
      for (int e = 0; e < count; e++) {
        window[e] = Widened.get(x, origin + placesOfFirst[e]);
      }
      System.arraycopy(window, 0, sorted, 0, count);
      Arrays.sort(sorted, 0, count);
      boolean hasNaN = Double.isNaN(sorted[count - 1]);
      double median = hasNaN ? Double.NaN : sorted[(count - 1) / 2];
      int e = 0;
      while (!isFound(window[e], median)) {
        e++;
      }
      return placesOfFirst[e];
    }
  }

  /** Where there is a NaN, it is the median. */
  private static boolean isFound(double element, double median) {
    return element == median || Double.isNaN(element);
  }

  /**
   * Pairs to put in order, one after another, after which the lower median of so many elements is
   * in its place: those of a sorting network (Knuth, "The Art of Computer Programming" 3, algorithm
   * 5.2.2M, merge exchange) without the pairs that the median does not depend on. As each element
   * counts on the way, a NaN ends in the median.
   */
  private static final class Network {
    /** Of more elements so many pairs are slower than sorting. */
    static final int MOST = 128;

    private static final BoundedCache<Integer, Network> KNOWN = new BoundedCache<>(2 * MOST);

    /** A pair in two numbers. */
    private final int[] pairs;

    private final int median;

    private Network(int count) {
      median = (count - 1) / 2;
      BitSet needed = new BitSet();
      needed.set(median);
      List<int[]> kept = new ArrayList<>();
      for (int[] pair : sorting(count).reversed()) {
        if (needed.get(pair[0]) || needed.get(pair[1])) {
          needed.set(pair[0]);
          needed.set(pair[1]);
          kept.add(pair);
        }
      }
      Collections.reverse(kept);
      pairs = kept.stream().flatMapToInt(Arrays::stream).toArray();
    }

    /** The one for a number of elements, at most {@link #MOST}. */
    static Network of(int count) {
      return KNOWN.get(count, Network::new);
    }

    private static List<int[]> sorting(int count) {
      List<int[]> pairs = new ArrayList<>();
      for (int p = 1; p < count; p *= 2) {
        for (int k = p; k >= 1; k /= 2) {
          for (int j = k % p; j + k < count; j += 2 * k) {
            for (int i = j; i < Math.min(j + k, count - k); i++) {
              if (i / (2 * p) == (i + k) / (2 * p)) {
                pairs.add(new int[] {i, i + k});
              }
            }
          }
        }
      }
      return pairs;
    }

    /**
     * The medians of windows.
     *
     * @param elements the first element of each window, then the second, and so on; their order is
     *     lost
     * @param windows how many
     */
    double[] medians(double[][] elements, int windows) {
      for (int i = 0; i < pairs.length; i += 2) {
        order(elements[pairs[i]], elements[pairs[i + 1]], windows);
      }
      return elements[median];
    }

    private static void order(double[] smaller, double[] larger, int windows) {
      for (int w = 0; w < windows; w++) {
        double first = smaller[w];
        double second = larger[w];
        smaller[w] = Math.min(first, second);
        larger[w] = Math.max(first, second);
      }
    }
  }
}
