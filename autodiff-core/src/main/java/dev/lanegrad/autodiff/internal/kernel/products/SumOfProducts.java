package dev.lanegrad.autodiff.internal.kernel.products;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.arrays.Finish;
import dev.lanegrad.autodiff.internal.kernel.arrays.Operand;
import dev.lanegrad.autodiff.internal.kernel.arrays.Rows;
import dev.lanegrad.autodiff.internal.kernel.arrays.Scratch;
import dev.lanegrad.autodiff.internal.kernel.copying.Packing;
import dev.lanegrad.autodiff.internal.kernel.threads.Workers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * C = A_0^T B_0 + A_1^T B_1 + .. of many small products, added up in order. Every element of a
 * product is one chain of fused multiply-adds, as in {@link MatMulLoop}.
 *
 * <p>All products of some rows of C come before those of the next rows, so that sums stay in the
 * first-level cache; a number of products are packed at a time.
 *
 * @param a [count, inner, rows] where one product lies behind, or before, the other
 * @param b each [inner, columns] in row-major order
 */
public record SumOfProducts(
    DType dtype, Operand a, List<Operand> b, int rows, int inner, int columns) {
  /** Elements of B that are packed at once: half a second-level cache. */
  private static final int ELEMENTS_OF_B = 1 << 15;

  /** Elements of C that are summed at once where nothing is packed. */
  private static final int ELEMENTS_OF_C = 1 << 12;

  /** Writes C from its beginning on, in row-major order. */
  public void into(Object c) {
    @Nullable PackedTiles tiles = inner == 0 ? null : PackedTiles.of(dtype, left(), rows, columns);
    long operations = (long) b.size() * rows * columns * inner;
    if (tiles != null) {
      int stride = tiles.width();
      Object sums = Scratch.borrow(dtype, rows * stride);
      Object part = Scratch.borrow(dtype, rows * stride);
      for (int first = 0; first < b.size(); first += together(stride)) {
        addPacked(tiles, sums, part, first, Math.min(first + together(stride), b.size()));
      }
      for (int row = 0; row < rows; row++) {
        System.arraycopy(sums, row * stride, c, row * columns, columns);
      }
      Scratch.giveBack(part);
      Scratch.giveBack(sums);
      return;
    }
    int together = Math.max(1, ELEMENTS_OF_C / columns);
    Workers.ranges(
        Math.ceilDiv(rows, together),
        operations,
        (_, begin, end) -> {
          for (int block = begin; block < end; block++) {
            int row = block * together;
            addAsTheyLie(c, row, Math.min(together, rows - row));
          }
        });
  }

  private MatMulTiles.Left left() {
    return MatMulTiling.of(dtype).fixed() ? MatMulTiles.Left.PANEL : MatMulTiles.Left.COLUMNS;
  }

  private int together(int stride) {
    return Math.max(1, ELEMENTS_OF_B / (inner * stride));
  }

  private void addPacked(PackedTiles tiles, Object sums, Object part, int first, int end) {
    int stride = tiles.width();
    int size = inner * stride;
    Packing packing = Packing.of(dtype);
    Object panels = Scratch.borrow(dtype, (end - first) * size + tiles.lanes());
    for (int t = first; t < end; t++) {
      for (int j = 0; j < columns; j += tiles.sliver()) {
        int count = Math.min(tiles.sliver(), columns - j);
        int to = (t - first) * size + j * inner;
        Operand from = b.get(t);
        int offset = from.offset() + j;
        packing.pack(
            from.array(), offset, 1, columns, count, inner, panels, to, tiles.sliver(j));
      }
    }
    Workers.ranges(
        tiles.strips().count(),
        (long) (end - first) * rows * size,
        (_, begin, stop) -> {
          int most = (end - first) * inner * tiles.strips().tallest();
          Object left = Scratch.borrow(dtype, most + tiles.lanes());
          for (int strip = begin; strip < stop; strip++) {
            addStrip(tiles, strip, first, end, left, panels, part, sums);
          }
          Scratch.giveBack(left);
        });
    Scratch.giveBack(panels);
  }

  /** The first product is stored, the others are added. */
  private void addStrip(
      PackedTiles tiles,
      int strip,
      int first,
      int end,
      Object left,
      Object panels,
      Object part,
      Object sums) {
    int stride = tiles.width();
    int height = tiles.strips().height(strip);
    int row = tiles.strips().start(strip);
    packLeft(first, end, row, height, left);
    for (int t = first; t < end; t++) {
      Object target = t == 0 ? sums : part;
      int place = a.stride(0) < 0 ? end - 1 - t : t - first;
      for (int j = 0; j < columns; j += tiles.sliver()) {
        tiles
            .at(strip, j)
            .run(
                inner,
                left,
                place * inner * height,
                height,
                panels,
                ((t - first) * stride + j) * inner,
                tiles.sliver(j),
                target,
                row * stride + j,
                stride,
                false);
      }
      if (t > 0) {
        Rows.add(part, sums, row * stride, (row + height) * stride);
      }
    }
  }

  /** Some rows of several products in the order in which they lie. */
  private void packLeft(int first, int end, int row, int height, Object left) {
    int lowest = a.offset() + (a.stride(0) < 0 ? end - 1 : first) * a.stride(0) + row;
    int depth = (end - first) * inner;
    Packing.of(dtype)
        .pack(a.array(), lowest, 1, a.stride(1), height, depth, left, 0, height);
  }

  private void addAsTheyLie(Object c, int row, int count) {
    int size = count * columns;
    Object part = Scratch.borrow(dtype, size);
    Object sum = Scratch.borrow(dtype, size);
    for (int t = 0; t < b.size(); t++) {
      MatMulLoop.run(
          new int[0],
          new Operand(
              a.array(), a.offset() + t * a.stride(0) + row, new int[] {1, a.stride(1)}),
          b.get(t),
          t == 0 ? sum : part,
          count,
          inner,
          columns,
          Finish.NONE);
      if (t > 0) {
        Rows.add(part, sum, size);
      }
    }
    System.arraycopy(sum, 0, c, row * columns, size);
    Scratch.giveBack(sum);
    Scratch.giveBack(part);
  }
}
