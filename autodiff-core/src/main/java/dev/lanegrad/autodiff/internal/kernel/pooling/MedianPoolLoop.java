package dev.lanegrad.autodiff.internal.kernel.pooling;

import dev.lanegrad.autodiff.internal.BoundedCache;
import dev.lanegrad.autodiff.internal.kernel.threads.Workers;
import dev.lanegrad.autodiff.internal.types.Slide;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/**
 * Lower medians of windows, and where they are: the first of equal elements, or the first NaN.
 * Elements become whole numbers in the same order, -0 before 0. Windows side by side are put in
 * order together by a {@link Network}, whose loops the JIT makes vectors of. Every window sees more
 * than padding.
 */
public final class MedianPoolLoop {
  private static final int MOST_WINDOWS = 64;

  /** Multiplications in the time that one element of a window takes. */
  private static final long OPERATIONS = 32;

  /** Larger than the number of every other element. */
  private static final long NAN = Long.MAX_VALUE;

  private final Slide rows;
  private final Slide columns;

  /** For each position along a row where its window begins, and how many columns it sees. */
  private final int[] begins;

  private final int[] widths;

  /** How many positions from each on see as many columns, each a stride behind the last. */
  private final int[] alike;

  public MedianPoolLoop(Slide rows, Slide columns) {
    this.rows = MaxPoolWindows.withoutIdleDilation(rows);
    this.columns = MaxPoolWindows.withoutIdleDilation(columns);
    this.begins = new int[columns.positions()];
    this.widths = new int[begins.length];
    this.alike = new int[begins.length];
    for (int q = begins.length - 1; q >= 0; q--) {
      begins[q] = MaxPoolWindows.first(this.columns, q);
      widths[q] = MaxPoolWindows.seen(this.columns, q);
      boolean isLast =
          q == begins.length - 1
              || widths[q] != widths[q + 1]
              || begins[q + 1] - begins[q] != columns.stride();
      alike[q] = isLast ? 1 : alike[q + 1] + 1;
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
    int pooled = rows.positions() * begins.length;
    long operations = OPERATIONS * planes * pooled * rows.kernel() * columns.kernel();
    Workers.ranges(
        planes,
        operations,
        (_, begin, end) -> {
          Windows windows = new Windows(plane);
          for (int p = begin; p < end; p++) {
            windows.read(x, offset + p * plane);
            for (int position = 0; position < rows.positions(); position++) {
              windows.find(position, places, p * pooled + position * begins.length);
            }
            pick(x, offset + p * plane, places, p * pooled, (p + 1) * pooled, y);
          }
        });
  }

  private static void pick(Object x, int origin, int[] places, int begin, int end, Object y) {
    if (x instanceof float[] floats) {
      float[] to = (float[]) y;
      for (int i = begin; i < end; i++) {
        to[i] = floats[origin + places[i]];
      }
    } else {
      double[] from = (double[]) x;
      double[] to = (double[]) y;
      for (int i = begin; i < end; i++) {
        to[i] = from[origin + places[i]];
      }
    }
  }

  /** A plane, and windows of it that lie side by side. */
  private final class Windows {
    private final long[] plane;
    private boolean hasNaN;

    /** The first element of each window, then the second, and so on. */
    private final long[][] elements;

    private final boolean areSmall;
    private final int most;

    /** Where the elements of the first window are. */
    private final int[] starts;

    Windows(int size) {
      plane = new long[size];
      starts =
          new int
              [Math.min(rows.kernel(), rows.length())
                  * Math.min(columns.kernel(), columns.length())];
      areSmall = starts.length <= Network.MOST;
      most = areSmall ? Math.min(MOST_WINDOWS, begins.length) : 1;
      elements = new long[areSmall ? starts.length : 1][areSmall ? most : starts.length];
    }

    void read(Object x, int offset) {
      hasNaN = false;
      for (int i = 0; i < plane.length; i++) {
        double element =
            x instanceof float[] floats ? floats[offset + i] : ((double[]) x)[offset + i];
        long bits = Double.doubleToRawLongBits(element);
        boolean isNaN = Double.isNaN(element);
        plane[i] = isNaN ? NAN : bits ^ ((bits >> 63) & Long.MAX_VALUE);
        hasNaN |= isNaN;
      }
    }

    /** Where the medians are along a row of positions. */
    void find(int position, int[] places, int to) {
      int first = MaxPoolWindows.first(rows, position);
      int height = MaxPoolWindows.seen(rows, position);
      int windows;
      for (int q = 0; q < begins.length; q += windows) {
        windows = Math.min(most, alike[q]);
        int count = 0;
        for (int i = 0; i < height; i++) {
          int start = (first + i * rows.dilation()) * columns.length() + begins[q];
          for (int j = 0; j < widths[q]; j++) {
            starts[count++] = start + j * columns.dilation();
          }
        }
        long[] medians = areSmall ? ofSeveral(count, windows) : ofOne(count);
        for (int w = 0; w < windows; w++) {
          int shift = w * columns.stride();
          long median = hasNaN && seesNaN(count, shift) ? NAN : medians[w];
          int e = 0;
          while (plane[starts[e] + shift] != median) {
            e++;
          }
          places[to + q + w] = starts[e] + shift;
        }
      }
    }

    private boolean seesNaN(int count, int shift) {
      for (int e = 0; e < count; e++) {
        if (plane[starts[e] + shift] == NAN) {
          return true;
        }
      }
      return false;
    }

    private long[] ofSeveral(int count, int windows) {
      for (int e = 0; e < count; e++) {
        if (columns.stride() == 1) {
          System.arraycopy(plane, starts[e], elements[e], 0, windows);
        } else {
          for (int w = 0; w < windows; w++) {
            elements[e][w] = plane[starts[e] + w * columns.stride()];
          }
        }
      }
      return Network.of(count).medians(elements, windows);
    }

    private long[] ofOne(int count) {
      long[] window = elements[0];
      for (int e = 0; e < count; e++) {
        window[e] = plane[starts[e]];
      }
      Arrays.sort(window, 0, count);
      window[0] = window[(count - 1) / 2];
      return window;
    }
  }

  /**
   * Pairs to put in order, one after another, after which the lower median of so many elements is
   * in its place: those of a sorting network (Knuth, "The Art of Computer Programming" 3, algorithm
   * 5.2.2M, merge exchange) without the pairs that the median does not depend on.
   */
  private static final class Network {
    /** Of more elements so many pairs are slower than sorting. */
    static final int MOST = 256;

    private static final BoundedCache<Integer, Network> KNOWN = new BoundedCache<>(MOST);

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

    /** The medians of windows, the order of whose elements is lost. */
    long[] medians(long[][] elements, int windows) {
      for (int i = 0; i < pairs.length; i += 2) {
        order(elements[pairs[i]], elements[pairs[i + 1]], windows);
      }
      return elements[median];
    }

    private static void order(long[] smaller, long[] larger, int windows) {
      for (int w = 0; w < windows; w++) {
        long first = smaller[w];
        long second = larger[w];
        smaller[w] = Math.min(first, second);
        larger[w] = Math.max(first, second);
      }
    }
  }
}
