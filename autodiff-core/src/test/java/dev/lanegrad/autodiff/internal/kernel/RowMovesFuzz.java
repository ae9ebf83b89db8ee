package dev.lanegrad.autodiff.internal.kernel;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.testing.Bits;
import dev.lanegrad.autodiff.testing.Draw;
import java.util.Arrays;

/** Boxes of random sizes and steps copied by vectors and element by element. */
final class RowMovesFuzz {
  private static final double UNTOUCHED = -1;

  private final Draw draw;
  private final DType dtype;
  private final int planes;
  private final int rows;
  private final int columns;

  private RowMovesFuzz(DType dtype, long seed) {
    this.draw = new Draw(seed);
    this.dtype = dtype;
    this.planes = draw.between(1, 4);
    this.rows = draw.between(1, 5);
    this.columns = draw.between(1, draw.chance(0.5) ? 20 : 90);
  }

  /** Whether vectors did both: they may not where one would leave an array. */
  static boolean run(DType dtype, long seed) {
    RowMovesFuzz fuzz = new RowMovesFuzz(dtype, seed);
    boolean straight = fuzz.straight();
    return fuzz.alternating() && straight;
  }

  private Box.Steps steps(int columns, int column) {
    int row = columns * column + draw.between(0, 20);
    return new Box.Steps(rows * row + draw.between(0, 9), row, column);
  }

  private static int size(Box box, Box.Steps steps) {
    return box.planes() * steps.plane() + 1;
  }

  private Object source(int size) {
    double[] numbers = new double[size];
    Arrays.setAll(numbers, i -> i + 1);
    return Bits.array(dtype, numbers);
  }

  private boolean straight() {
    Box.Steps from = steps(columns, draw.between(1, 3));
    Box box = new Box(planes, rows, columns, from, steps(columns, draw.chance(0.9) ? 1 : 2));
    int first = draw.between(0, 3);
    int start = draw.between(0, 3);
    Object source = source(first + size(box, from) + draw.between(0, 40));
    int size = start + size(box, box.to()) + draw.between(0, 40);
    Object expected = Bits.filled(dtype, size, UNTOUCHED);
    Object actual = Bits.filled(dtype, size, UNTOUCHED);
    boolean moved = RowMoves.of(dtype, box).run(source, first, actual, start);
    if (moved) {
      box.copy(source, first, expected, start);
    }
    Bits.assertSame(expected, actual, dtype + " " + box);
    return moved;
  }

  private boolean alternating() {
    Box.Steps from = steps(columns, 1);
    Box.Steps to = steps(columns, 1);
    Box.Steps everySecond = new Box.Steps(to.plane(), to.row(), 2);
    Box even = new Box(planes, rows, (columns + 1) / 2, from, everySecond);
    Box odd = new Box(planes, rows, columns / 2, from, everySecond);
    int apart = size(even, from) + draw.between(0, 9);
    int first = draw.between(0, 3);
    if (draw.chance(0.5)) {
      first += apart;
      apart = -apart;
    }
    int start = draw.between(0, 3);
    int last = Math.max(first, first + apart);
    Object source = source(last + size(even, from) + draw.between(0, 40));
    Box both = new Box(planes, rows, columns, from, to);
    int size = start + size(both, to) + draw.between(0, 40);
    Object expected = Bits.filled(dtype, size, UNTOUCHED);
    Object actual = Bits.filled(dtype, size, UNTOUCHED);
    boolean moved = RowMoves.alternating(dtype, both, apart).run(source, first, actual, start);
    if (moved) {
      even.copy(source, first, expected, start);
      odd.copy(source, first + apart, expected, start + 1);
    }
    Bits.assertSame(expected, actual, dtype + " alternating " + both);
    return moved;
  }
}
