package dev.lanegrad.autodiff.internal.kernel.pooling;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.arrays.Rows;
import dev.lanegrad.autodiff.internal.kernel.pooling.SquarePool.Direction;
import dev.lanegrad.autodiff.internal.kernel.threads.Workers;
import dev.lanegrad.autodiff.internal.types.Slide;

/**
 * The largest elements of windows, and the way back to where they were: the first of equal ones. A
 * NaN is larger than everything and 0 larger than -0, as for {@link Math#max}. Every window sees
 * more than padding.
 */
public final class MaxPoolLoop {
  /** Multiplications in the time that one element of a window takes. */
  private static final long OPERATIONS = 32;

  private final MaxPoolWindows windows;
  private final Slide rows;
  private final Slide columns;
  private final int width;
  private final int plane;
  private final int pooled;

  /** Whether every element is in a window of two by two. */
  private final boolean covered;

  public MaxPoolLoop(Slide rows, Slide columns) {
    this.windows = MaxPoolWindows.of(rows, columns);
    this.rows = windows.rows();
    this.columns = windows.columns();
    this.width = columns.positions();
    this.plane = rows.length() * columns.length();
    this.pooled = rows.positions() * width;
    this.covered = windows.squares() && 4 * pooled == plane;
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
              findWinners(x, offset + p * plane, position, winners);
              action.run(p * plane, p * pooled + position * width, winners);
            }
          }
        });
  }

  private void findWinners(Object x, int from, int position, int[] winners) {
    if (windows.squares()) {
      int length = columns.length();
      int place = 2 * position * length;
      if (x instanceof float[] floats) {
        MaxPoolSquares.winners(floats, from, place, length, winners);
      } else {
        MaxPoolSquares.winners((double[]) x, from, place, length, winners);
      }
    } else if (x instanceof float[] floats) {
      FloatMaxPool.winners(windows, floats, from, position, winners);
    } else {
      DoubleMaxPool.winners(windows, (double[]) x, from, position, winners);
    }
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
              FloatMaxPool.values(windows, floats, from, position, (float[]) y, row * width);
            } else {
              DoubleMaxPool.values(
                  windows, (double[]) x, from, position, (double[]) y, row * width);
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
    if (windows.squares()) {
      spreadOverSquares(planes, x, offset, g, gOffset, result);
      return;
    }
    Rows.fill(result, 0, planes * plane, 0);
    if (result instanceof float[] floats) {
      forEachRow(
          planes,
          x,
          offset,
          (origin, to, winners) ->
              FloatMaxPool.spread(winners, (float[]) g, gOffset + to, floats, origin));
    } else {
      forEachRow(
          planes,
          x,
          offset,
          (origin, to, winners) ->
              DoubleMaxPool.spread(winners, (double[]) g, gOffset + to, (double[]) result, origin));
    }
  }

  /** For each window the element of another tensor at the place of its largest element, or 0. */
  public void pick(int planes, Object x, int offset, Object h, int hOffset, Object result) {
    if (result instanceof float[] floats) {
      forEachRow(
          planes,
          x,
          offset,
          (origin, to, winners) ->
              FloatMaxPool.pick(winners, (float[]) h, hOffset + origin, floats, to));
    } else {
      forEachRow(
          planes,
          x,
          offset,
          (origin, to, winners) ->
              DoubleMaxPool.pick(winners, (double[]) h, hOffset + origin, (double[]) result, to));
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
              MaxPoolSquares.spread(
                  floats,
                  offset + to,
                  columns.length(),
                  (float[]) g,
                  from,
                  (float[]) result,
                  to,
                  width);
            } else {
              MaxPoolSquares.spread(
                  (double[]) x,
                  offset + to,
                  columns.length(),
                  (double[]) g,
                  from,
                  (double[]) result,
                  to,
                  width);
            }
          }
        });
  }

  private static DType dtype(Object array) {
    return array instanceof float[] ? DType.FLOAT32 : DType.FLOAT64;
  }
}
