package dev.lanegrad.autodiff.internal.kernel.copying;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.compilation.Lanes;

/**
 * Many rows of one to four vectors, at equal distances: so short that a call of {@link
 * System#arraycopy} for each takes longer than the copy.
 */
public final class ShortRows {
  /** Rows that are copied by one list of moves. */
  private static final int TOGETHER = 64;

  private static final int MOST_VECTORS = 4;

  private ShortRows() {}

  /**
   * Copies rows of neighbouring elements.
   *
   * @param step from row to row in the source
   * @param stepTo in the target
   * @return how many of the rows, the first ones; the rest is left to others
   */
  public static int copy(
      Object source,
      int first,
      int step,
      Object target,
      int start,
      int stepTo,
      int rows,
      int columns) {
    DType dtype =
        source instanceof float[]
            ? DType.FLOAT32
            : source instanceof double[] ? DType.FLOAT64 : DType.BOOL;
    if (rows < TOGETHER || !dtype.isFloating()) {
      return 0;
    }
    int lanes = Lanes.count(dtype);
    if (columns < lanes || columns > MOST_VECTORS * lanes) {
      return 0;
    }
    Box box = new Box(1, TOGETHER, columns, new Box.Steps(0, step, 1), new Box.Steps(0, stepTo, 1));
    int boxes =
        RowMoves.of(dtype, box)
            .run(rows / TOGETHER, source, first, TOGETHER * step, target, start, TOGETHER * stepTo);
    return boxes * TOGETHER;
  }
}
