package dev.lanegrad.autodiff.internal.kernel.copying;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Turns eight rows of floats in vectors of 256 bits, four columns in each turn: a transpose by
 * exchanges at distances 4, 2 and 1 (Eklundh, "A fast computer method for matrix transposing",
 * 1972). The first exchange is two loads that lie four elements apart and the last a shift of
 * 64-bit words; only the second permutes, which is slow where there are no 512 bits.
 *
 * <p>Of the upper four rows, four elements before those that are turned are read too, and of the
 * lower four rows four behind them.
 *
 * <p>Each kernel is one method without methods of its own, and longer than what the JIT copies into
 * its callers: where it once stops at such a limit, every vector becomes an object.
 */
public final class FloatSquares {
  public static final int ROWS = 8;

  /** Columns that are turned at once. */
  public static final int COLUMNS = 4;

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;
  private static final VectorMask<Float> UPPER_FOUR = VectorMask.fromLong(FLOATS, 0b11110000);
  private static final VectorMask<Float> UPPER_TWOS = VectorMask.fromLong(FLOATS, 0b11001100);
  private static final VectorMask<Float> ODD = VectorMask.fromLong(FLOATS, 0b10101010);
  private static final VectorShuffle<Float> UP_TWO =
      VectorShuffle.fromOp(FLOATS, lane -> (lane - 2) & (ROWS - 1));
  private static final VectorShuffle<Float> DOWN_TWO =
      VectorShuffle.fromOp(FLOATS, lane -> (lane + 2) & (ROWS - 1));

  private FloatSquares() {}

  /** The row that stands for row i where there are only so many. */
  private static int row(int i, int count) {
    return Math.min(i, count - 1);
  }

  /**
   * A {@link PanelKernel} that transposes: what is left of {@code depth} when divided by four it
   * leaves out.
   */
  public static void toPanel(
      Object from,
      int offset,
      int step,
      int count,
      int depth,
      Object to,
      int at,
      int width,
      Object table) {
    float[] a = (float[]) from;
    float[] panel = (float[]) to;
    int row1 = offset + row(1, count) * step;
    int row2 = offset + row(2, count) * step;
    int row3 = offset + row(3, count) * step;
    int row4 = offset + row(4, count) * step - COLUMNS;
    int row5 = offset + row(5, count) * step - COLUMNS;
    int row6 = offset + row(6, count) * step - COLUMNS;
    int row7 = offset + row(7, count) * step - COLUMNS;
    int whole = depth - depth % COLUMNS;
    for (int k = 0; k < whole; k += COLUMNS) {
      FloatVector half0 =
          FloatVector.fromArray(FLOATS, a, offset + k)
              .blend(FloatVector.fromArray(FLOATS, a, row4 + k), UPPER_FOUR);
      FloatVector half1 =
          FloatVector.fromArray(FLOATS, a, row1 + k)
              .blend(FloatVector.fromArray(FLOATS, a, row5 + k), UPPER_FOUR);
      FloatVector half2 =
          FloatVector.fromArray(FLOATS, a, row2 + k)
              .blend(FloatVector.fromArray(FLOATS, a, row6 + k), UPPER_FOUR);
      FloatVector half3 =
          FloatVector.fromArray(FLOATS, a, row3 + k)
              .blend(FloatVector.fromArray(FLOATS, a, row7 + k), UPPER_FOUR);
      int target = at + k * width;
      FloatVector even = half0.blend(half2.rearrange(UP_TWO), UPPER_TWOS);
      FloatVector odd = half1.blend(half3.rearrange(UP_TWO), UPPER_TWOS);
      even.blend(odd.reinterpretAsLongs().lanewise(LSHL, Float.SIZE).reinterpretAsFloats(), ODD)
          .intoArray(panel, target);
      even.reinterpretAsLongs()
          .lanewise(LSHR, Float.SIZE)
          .reinterpretAsFloats()
          .blend(odd, ODD)
          .intoArray(panel, target + width);
      even = half0.rearrange(DOWN_TWO).blend(half2, UPPER_TWOS);
      odd = half1.rearrange(DOWN_TWO).blend(half3, UPPER_TWOS);
      even.blend(odd.reinterpretAsLongs().lanewise(LSHL, Float.SIZE).reinterpretAsFloats(), ODD)
          .intoArray(panel, target + 2 * width);
      even.reinterpretAsLongs()
          .lanewise(LSHR, Float.SIZE)
          .reinterpretAsFloats()
          .blend(odd, ODD)
          .intoArray(panel, target + 3 * width);
    }
  }

  /**
   * Goes on with eight chains of a single row's product, each along a line of B's transpose, for so
   * many times four steps along k.
   *
   * @param x the array of the row, whose elements lie side by side from {@code xOffset} on
   * @param b the array of B's transpose
   * @param bOffset where what is read of it begins
   * @param bStep from line to line
   * @param y the array of the chains, side by side from {@code yOffset} on
   */
  public static void alongLines(
      int count, Object x, int xOffset, Object b, int bOffset, int bStep, Object y, int yOffset) {
    if (count <= 0) {
      return;
    }
    float[] factors = (float[]) x;
    float[] a = (float[]) b;
    int row1 = bOffset + bStep;
    int row2 = row1 + bStep;
    int row3 = row2 + bStep;
    int row4 = row3 + bStep - COLUMNS;
    int row5 = row4 + bStep;
    int row6 = row5 + bStep;
    int row7 = row6 + bStep;
    FloatVector sums = FloatVector.fromArray(FLOATS, (float[]) y, yOffset);
    for (int k = 0; k < count * COLUMNS; k += COLUMNS) {
      FloatVector half0 =
          FloatVector.fromArray(FLOATS, a, bOffset + k)
              .blend(FloatVector.fromArray(FLOATS, a, row4 + k), UPPER_FOUR);
      FloatVector half1 =
          FloatVector.fromArray(FLOATS, a, row1 + k)
              .blend(FloatVector.fromArray(FLOATS, a, row5 + k), UPPER_FOUR);
      FloatVector half2 =
          FloatVector.fromArray(FLOATS, a, row2 + k)
              .blend(FloatVector.fromArray(FLOATS, a, row6 + k), UPPER_FOUR);
      FloatVector half3 =
          FloatVector.fromArray(FLOATS, a, row3 + k)
              .blend(FloatVector.fromArray(FLOATS, a, row7 + k), UPPER_FOUR);
      FloatVector even = half0.blend(half2.rearrange(UP_TWO), UPPER_TWOS);
      FloatVector odd = half1.blend(half3.rearrange(UP_TWO), UPPER_TWOS);
      sums =
          even.blend(odd.reinterpretAsLongs().lanewise(LSHL, Float.SIZE).reinterpretAsFloats(), ODD)
              .fma(FloatVector.broadcast(FLOATS, factors[xOffset + k]), sums);
      sums =
          even.reinterpretAsLongs()
              .lanewise(LSHR, Float.SIZE)
              .reinterpretAsFloats()
              .blend(odd, ODD)
              .fma(FloatVector.broadcast(FLOATS, factors[xOffset + k + 1]), sums);
      even = half0.rearrange(DOWN_TWO).blend(half2, UPPER_TWOS);
      odd = half1.rearrange(DOWN_TWO).blend(half3, UPPER_TWOS);
      sums =
          even.blend(odd.reinterpretAsLongs().lanewise(LSHL, Float.SIZE).reinterpretAsFloats(), ODD)
              .fma(FloatVector.broadcast(FLOATS, factors[xOffset + k + 2]), sums);
      sums =
          even.reinterpretAsLongs()
              .lanewise(LSHR, Float.SIZE)
              .reinterpretAsFloats()
              .blend(odd, ODD)
              .fma(FloatVector.broadcast(FLOATS, factors[xOffset + k + 3]), sums);
    }
    sums.intoArray((float[]) y, yOffset);
  }
}
