package dev.lanegrad.autodiff.internal.kernel.products;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.compilation.Lanes;
import dev.lanegrad.autodiff.internal.kernel.products.MatMulTiles.Left;
import dev.lanegrad.autodiff.internal.kernel.products.MatMulTiles.Right;
import org.jspecify.annotations.Nullable;

/**
 * The tiles of a product whose B is packed in slivers, the last of them as narrow as its columns
 * need, in whole vectors.
 *
 * @param width columns of all slivers
 * @param low of the lowest strips, on whole slivers; null where there are none
 * @param tall of the tallest ones, which may be as low
 * @param lowNarrow on the last sliver; null where it is whole
 */
record PackedTiles(
    MatMulTiling tiling,
    MatMulTiling.Strips strips,
    int width,
    @Nullable MatMulKernel low,
    @Nullable MatMulKernel tall,
    @Nullable MatMulKernel lowNarrow,
    @Nullable MatMulKernel tallNarrow) {
  private static final int VECTORS = MatMulTiling.VECTORS;

  /** The tiles, or null while any of them should not be used. */
  static @Nullable PackedTiles of(DType dtype, Left left, int rows, int columns) {
    if (!Lanes.VECTOR) {
      return null;
    }
    MatMulTiling tiling = MatMulTiling.of(dtype);
    MatMulTiles tiles = MatMulTiles.of(dtype);
    Right right = tiling.fixed() ? Right.PANEL : Right.ROWS;
    int vectors = Math.ceilDiv(columns, tiling.lanes());
    int last = vectors % VECTORS;
    MatMulTiling.Strips strips = tiling.strips(rows);
    int least = strips.lowest();
    int most = strips.tallest();
    boolean areWide = vectors >= VECTORS;
    PackedTiles all =
        new PackedTiles(
            tiling,
            strips,
            vectors * tiling.lanes(),
            areWide ? tiles.get(left, right, least, VECTORS) : null,
            areWide ? tiles.get(left, right, most, VECTORS) : null,
            last == 0 ? null : tiles.get(left, right, least, last),
            last == 0 ? null : tiles.get(left, right, most, last));
    boolean areReady =
        (!areWide || (all.low != null && all.tall != null))
            && (last == 0 || (all.lowNarrow != null && all.tallNarrow != null));
    return areReady ? all : null;
  }

  int lanes() {
    return tiling.lanes();
  }

  /** Columns of a whole sliver. */
  int sliver() {
    return VECTORS * lanes();
  }

  /** Columns of the sliver that begins at a column. */
  int sliver(int j) {
    return Math.min(sliver(), width - j);
  }

  /** The tile of a strip and of the sliver that begins at a column. */
  MatMulKernel at(int strip, int j) {
    boolean isWhole = sliver(j) == sliver();
    boolean isLow = strips.height(strip) == strips.lowest();
    MatMulKernel kernel = isWhole ? isLow ? low : tall : isLow ? lowNarrow : tallNarrow;
    if (kernel == null) {
      throw new AssertionError("a tile kernel is used that was not asked for");
    }
    return kernel;
  }
}
