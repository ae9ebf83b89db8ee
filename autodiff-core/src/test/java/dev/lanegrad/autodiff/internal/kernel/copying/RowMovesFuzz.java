package dev.lanegrad.autodiff.internal.kernel.copying;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.testing.Bits;
import dev.lanegrad.autodiff.testing.Draw;
import java.util.Arrays;

/** Boxes of random sizes and steps copied by vectors and element by element. */
public final class RowMovesFuzz {
  private static final double UNTOUCHED = -1;

  private final Draw draw;
  private final DType dtype;
  private final int planes;
  private final int rows;
  private final int columns;
  private final int times;

  private RowMovesFuzz(DType dtype, long seed) {
    this.draw = new Draw(seed);
    this.dtype = dtype;
    this.planes = draw.between(1, 4);
    this.rows = draw.between(1, 5);
    this.columns = draw.between(1, draw.chance(0.5) ? 20 : 90);
    this.times = draw.between(1, 3);
  }

  /** How many boxes vectors copied: not all where one would leave an array. */
  public static int run(DType dtype, long seed) {
    RowMovesFuzz fuzz = new RowMovesFuzz(dtype, seed);
    return Math.min(fuzz.straight(), fuzz.alternating());
  }

  private Box.Steps steps(int columns, int column) {
    int row = columns * column + draw.between(0, 20);
    return new Box.Steps(rows * row + draw.between(0, 9), row, column);
  }

  private static int size(Box box, Box.Steps steps) {
    return box.planes() * steps.plane() + 1;
  }

  private record Source(Object array, int first, int step) {}

  private record Target(Object array, int start, int step) {}

  private int move(RowMoves moves, Source from, Target to) {
    return moves.run(times, from.array, from.first, from.step, to.array, to.start, to.step);
  }

  private Source source(int first, int step, int size) {
    double[] numbers = new double[first + times * step + size + draw.between(0, 40)];
    Arrays.setAll(numbers, i -> i + 1);
    return new Source(Bits.array(dtype, numbers), first, step);
  }

  private Target target(int start, int step) {
    int size = start + times * step + draw.between(0, 40);
    return new Target(Bits.filled(dtype, size, UNTOUCHED), start, step);
  }

  private int straight() {
    Box.Steps from = steps(columns, draw.between(1, 3));
    Box box = new Box(planes, rows, columns, from, steps(columns, draw.chance(0.9) ? 1 : 2));
    Source source = source(draw.between(0, 3), draw.between(0, 30), size(box, from));
    Target target = target(draw.between(0, 3), size(box, box.to()));
    Object expected = Bits.array(dtype, Bits.doubles(target.array()));
    int moved = move(RowMoves.of(dtype, box), source, target);
    for (int n = 0; n < moved; n++) {
      int first = source.first() + n * source.step();
      box.copy(source.array(), first, expected, target.start() + n * target.step());
    }
    Bits.assertSame(expected, target.array(), dtype + " " + box);
    return moved;
  }

  private int alternating() {
    Box.Steps from = steps(columns, 1);
    Box.Steps to = steps(columns, 1);
    Box.Steps everySecond = new Box.Steps(to.plane(), to.row(), 2);
    Box even = new Box(planes, rows, (columns + 1) / 2, from, everySecond);
    Box odd = new Box(planes, rows, columns / 2, from, everySecond);
    int apart = size(even, from) + draw.between(0, 9);
    boolean backwards = draw.chance(0.5);
    int step = draw.between(0, 30);
    Source source = source(backwards ? apart : 0, step, apart + size(even, from));
    apart = backwards ? -apart : apart;
    Box both = new Box(planes, rows, columns, from, to);
    Target target = target(draw.between(0, 3), size(both, to));
    Object expected = Bits.array(dtype, Bits.doubles(target.array()));
    int moved = move(RowMoves.alternating(dtype, both, apart), source, target);
    for (int n = 0; n < moved; n++) {
      int first = source.first() + n * step;
      int start = target.start() + n * target.step();
      even.copy(source.array(), first, expected, start);
      odd.copy(source.array(), first + apart, expected, start + 1);
    }
    Bits.assertSame(expected, target.array(), dtype + " alternating " + both);
    return moved;
  }
}
