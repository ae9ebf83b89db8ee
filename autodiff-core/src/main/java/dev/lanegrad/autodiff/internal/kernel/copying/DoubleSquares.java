package dev.lanegrad.autodiff.internal.kernel.copying;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Turns four rows of doubles in vectors of 256 bits, two columns in each turn, as {@link
 * FloatSquares} does eight of floats: by exchanges at distances 2, two loads, and 1, which permutes
 * (no shift crosses from one 64-bit word to the next). So it is not that file's twin.
 *
 * <p>Of the upper two rows, two elements before those that are turned are read too, and of the
 * lower two rows two behind them.
 */
public final class DoubleSquares {
  /** Columns that are turned at once. */
  public static final int COLUMNS = 2;

  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_256;
  private static final VectorMask<Double> UPPER_TWO = VectorMask.fromLong(DOUBLES, 0b1100);
  private static final VectorMask<Double> ODD = VectorMask.fromLong(DOUBLES, 0b1010);
  private static final VectorShuffle<Double> UP_ONE =
      VectorShuffle.fromOp(DOUBLES, lane -> (lane - 1) & 3);
  private static final VectorShuffle<Double> DOWN_ONE =
      VectorShuffle.fromOp(DOUBLES, lane -> (lane + 1) & 3);

  private DoubleSquares() {}

  /**
   * A {@link PanelKernel} that transposes: what is left of {@code depth} when divided by two it
   * leaves out.
   */
  static void toPanel(
      Object from,
      int offset,
      int step,
      int count,
      int depth,
      Object to,
      int at,
      int width,
      Object table) {
    double[] a = (double[]) from;
    double[] panel = (double[]) to;
    int last = offset + (count - 1) * step;
    int row1 = Math.min(offset + step, last);
    int row2 = Math.min(offset + 2 * step, last) - COLUMNS;
    int row3 = Math.min(offset + 3 * step, last) - COLUMNS;
    int whole = depth - depth % COLUMNS;
    for (int k = 0; k < whole; k += COLUMNS) {
      DoubleVector half0 =
          DoubleVector.fromArray(DOUBLES, a, offset + k)
              .blend(DoubleVector.fromArray(DOUBLES, a, row2 + k), UPPER_TWO);
      DoubleVector half1 =
          DoubleVector.fromArray(DOUBLES, a, row1 + k)
              .blend(DoubleVector.fromArray(DOUBLES, a, row3 + k), UPPER_TWO);
      int target = at + k * width;
      half0.blend(half1.rearrange(UP_ONE), ODD).intoArray(panel, target);
      half0.rearrange(DOWN_ONE).blend(half1, ODD).intoArray(panel, target + width);
    }
  }

  /**
   * Goes on with chains of a single row's product for so many times two steps along k, as {@link
   * FloatSquares#alongLines} does: with those of eight lines too, in two vectors, which do not wait
   * for each other.
   */
  public static void alongLines(
      int count, Object x, int xOffset, Object b, int bOffset, int bStep, Object y, int yOffset) {
    if (count <= 0) {
      return;
    }
    double[] factors = (double[]) x;
    double[] a = (double[]) b;
    int row1 = bOffset + bStep;
    int row2 = row1 + bStep - COLUMNS;
    int row3 = row2 + bStep;
    int row4 = row3 + bStep + COLUMNS;
    int row5 = row4 + bStep;
    int row6 = row5 + bStep - COLUMNS;
    int row7 = row6 + bStep;
    DoubleVector upper = DoubleVector.fromArray(DOUBLES, (double[]) y, yOffset);
    DoubleVector lower = DoubleVector.fromArray(DOUBLES, (double[]) y, yOffset + 4);
    for (int k = 0; k < count * COLUMNS; k += COLUMNS) {
      DoubleVector half0 =
          DoubleVector.fromArray(DOUBLES, a, bOffset + k)
              .blend(DoubleVector.fromArray(DOUBLES, a, row2 + k), UPPER_TWO);
      DoubleVector half1 =
          DoubleVector.fromArray(DOUBLES, a, row1 + k)
              .blend(DoubleVector.fromArray(DOUBLES, a, row3 + k), UPPER_TWO);
      DoubleVector half2 =
          DoubleVector.fromArray(DOUBLES, a, row4 + k)
              .blend(DoubleVector.fromArray(DOUBLES, a, row6 + k), UPPER_TWO);
      DoubleVector half3 =
          DoubleVector.fromArray(DOUBLES, a, row5 + k)
              .blend(DoubleVector.fromArray(DOUBLES, a, row7 + k), UPPER_TWO);
      DoubleVector factor = DoubleVector.broadcast(DOUBLES, factors[xOffset + k]);
      DoubleVector next = DoubleVector.broadcast(DOUBLES, factors[xOffset + k + 1]);
      upper = half0.blend(half1.rearrange(UP_ONE), ODD).fma(factor, upper);
      lower = half2.blend(half3.rearrange(UP_ONE), ODD).fma(factor, lower);
      upper = half0.rearrange(DOWN_ONE).blend(half1, ODD).fma(next, upper);
      lower = half2.rearrange(DOWN_ONE).blend(half3, ODD).fma(next, lower);
    }
    upper.intoArray((double[]) y, yOffset);
    lower.intoArray((double[]) y, yOffset + 4);
  }
}
