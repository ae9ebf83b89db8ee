package dev.lanegrad.autodiff.internal.kernel.pooling;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.types.Slide;
import dev.lanegrad.autodiff.testing.Bits;
import dev.lanegrad.autodiff.testing.Draw;
import java.util.Arrays;
import java.util.Locale;

/**
 * Max pooling of squares of random numbers, many of them equal, against the definition, in arrays
 * that end anywhere.
 */
public final class SquarePoolFuzz {
  private static final double[] FEW = {0, -0.0, 1, -1, Double.NEGATIVE_INFINITY, Double.NaN};
  private static final double UNTOUCHED = -77;
  private static final double NEGATIVE_NAN = Double.longBitsToDouble(0xfff8_0000_0000_0000L);

  private final Draw draw;
  private final DType dtype;
  private final int planes;
  private final Slide rows;
  private final Slide columns;
  private final int offset;
  private final double[] x;

  private SquarePoolFuzz(DType dtype, long seed) {
    this.draw = new Draw(seed);
    this.dtype = dtype;
    this.planes = draw.between(1, 4);
    this.rows = pairs(draw.between(1, 9));
    this.columns = pairs(draw.between(1, 40));
    this.offset = draw.between(0, 5);
    this.x = new double[offset + planes * rows.length() * columns.length() + draw.between(0, 40)];
    Arrays.setAll(x, i -> number());
  }

  private Slide pairs(int count) {
    return new Slide(2 * count + (draw.chance(0.2) ? 1 : 0), 2, 2, 0, 0, 1);
  }

  private double number() {
    if (draw.chance(0.05)) {
      return NEGATIVE_NAN;
    }
    return draw.chance(0.5)
        ? FEW[draw.random().nextInt(FEW.length)]
        : Bits.anyNumber(dtype, draw.random());
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%s, %d planes, %s, %s, offset %d", dtype, planes, rows, columns, offset);
  }

  public static void run(DType dtype, long seed) {
    SquarePoolFuzz fuzz = new SquarePoolFuzz(dtype, seed);
    fuzz.values();
    fuzz.spread();
  }

  private int pooled() {
    return planes * rows.positions() * columns.positions();
  }

  /** Where element number {@code number} of a square is, from the beginning of the images. */
  private int place(int square, int number) {
    int q = square % columns.positions();
    int row = square / columns.positions() % rows.positions() * 2 + number / 2;
    int plane = square / columns.positions() / rows.positions();
    return (plane * rows.length() + row) * columns.length() + 2 * q + number % 2;
  }

  /** Which element of a square wins. */
  private int winner(int square) {
    int winner = 0;
    for (int number = 1; number < 4; number++) {
      double best = x[offset + place(square, winner)];
      winner = Double.compare(x[offset + place(square, number)], best) > 0 ? number : winner;
    }
    return winner;
  }

  private void values() {
    double[] expected = new double[pooled() + draw.between(0, 40)];
    Arrays.fill(expected, UNTOUCHED);
    for (int square = 0; square < pooled(); square++) {
      expected[square] = x[offset + place(square, winner(square))];
    }
    Object y = Bits.filled(dtype, expected.length, UNTOUCHED);
    new MaxPoolLoop(rows, columns).values(planes, Bits.array(dtype, x), offset, y);
    Bits.assertSame(expected, Bits.doubles(y), "largest elements of " + this);
  }

  private void spread() {
    int from = draw.between(0, 5);
    double[] g = new double[from + pooled() + draw.between(0, 40)];
    Arrays.setAll(g, i -> number());
    int size = planes * rows.length() * columns.length();
    double[] expected = new double[size + draw.between(0, 40)];
    Arrays.fill(expected, size, expected.length, UNTOUCHED);
    for (int square = 0; square < pooled(); square++) {
      expected[place(square, winner(square))] = g[from + square];
    }
    Object result = Bits.filled(dtype, expected.length, UNTOUCHED);
    new MaxPoolLoop(rows, columns)
        .spread(planes, Bits.array(dtype, x), offset, Bits.array(dtype, g), from, result);
    Bits.assertSame(expected, Bits.doubles(result), "gradient of " + this);
  }
}
