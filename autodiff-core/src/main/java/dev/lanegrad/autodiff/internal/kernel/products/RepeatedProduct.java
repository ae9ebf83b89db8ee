package dev.lanegrad.autodiff.internal.kernel.products;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.arrays.Finish;
import dev.lanegrad.autodiff.internal.kernel.arrays.Operand;
import dev.lanegrad.autodiff.internal.kernel.arrays.Scratch;
import dev.lanegrad.autodiff.internal.kernel.copying.Packing;
import dev.lanegrad.autodiff.internal.kernel.threads.Workers;
import dev.lanegrad.autodiff.internal.memory.Runs;
import org.jspecify.annotations.Nullable;

/**
 * C = A B with one B and many A of as many rows, one after the other: B is packed once. Bits are
 * those of {@link MatMulLoop}.
 *
 * <p>Rows of a large matrix that begin some power of two apart share few places of the first-level
 * cache, so that a sliver which lies in B itself is fetched again for each strip of A.
 */
public final class RepeatedProduct {
  /** Null where B is read by rows. */
  private final @Nullable PackedTiles tiles;

  private final int rows;
  private final int inner;
  private final int columns;

  /** Slivers block by block along k, or B by rows. */
  private final Object right;

  /**
   * Packs B.
   *
   * @param rows of every A
   */
  public RepeatedProduct(DType dtype, Operand b, int rows, int inner, int columns) {
    this.rows = rows;
    this.inner = inner;
    this.columns = columns;
    this.tiles = rows > 1 ? PackedTiles.of(dtype, MatMulTiles.Left.ROWS, rows, columns) : null;
    if (tiles != null) {
      this.right = Scratch.borrow(dtype, inner * tiles.width() + tiles.lanes());
      pack(Packing.of(dtype), tiles, b);
    } else {
      this.right = Scratch.borrow(dtype, inner * columns);
      Runs.copy(b.array(), b.offset(), new int[] {inner, columns}, b.strides(), right, 0);
    }
  }

  /** From a row of C to the next: C may have some columns more, which hold anything. */
  public int stride() {
    return tiles != null ? tiles.width() : columns;
  }

  /** Gives back what B was packed into. */
  public void giveBack() {
    Scratch.giveBack(right);
  }

  private void pack(Packing packing, PackedTiles tiles, Operand b) {
    int depth = tiles.tiling().depth(inner);
    for (int k = 0; k < inner; k += depth) {
      int some = Math.min(depth, inner - k);
      for (int j = 0; j < columns; j += tiles.sliver()) {
        packing.pack(
            b.array(),
            b.offset() + k * b.stride(0) + j * b.stride(1),
            b.stride(1),
            b.stride(0),
            Math.min(tiles.sliver(), columns - j),
            some,
            right,
            k * tiles.width() + j * some,
            tiles.sliver(j));
      }
    }
  }

  /**
   * Multiplies.
   *
   * @param a of neighbours along a row
   * @param c receives the product from its beginning on, with {@link #stride} from row to row
   */
  public void run(Operand a, Object c) {
    if (tiles == null) {
      Operand b = new Operand(right, 0, new int[] {columns, 1});
      MatMulLoop.run(new int[0], a, b, c, rows, inner, columns, Finish.NONE);
      return;
    }
    int slivers = Math.ceilDiv(columns, tiles.sliver());
    Workers.ranges(
        slivers,
        (long) rows * columns * inner,
        (_, first, end) -> {
          for (int sliver = first; sliver < end; sliver++) {
            runSliver(tiles, a, c, sliver * tiles.sliver());
          }
        });
  }

  private void runSliver(PackedTiles tiles, Operand a, Object c, int j) {
    int depth = tiles.tiling().depth(inner);
    int width = tiles.sliver(j);
    for (int k = 0; k < inner; k += depth) {
      int some = Math.min(depth, inner - k);
      for (int strip = 0; strip < tiles.strips().count(); strip++) {
        int row = tiles.strips().start(strip);
        tiles
            .at(strip, j)
            .run(
                some,
                a.array(),
                a.offset() + row * a.stride(0) + k,
                a.stride(0),
                right,
                k * tiles.width() + j * some,
                width,
                c,
                row * tiles.width() + j,
                tiles.width(),
                k > 0);
      }
    }
  }
}
