package dev.lanegrad.autodiff.internal.kernel.products;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.arrays.Scratch;
import dev.lanegrad.autodiff.internal.kernel.compilation.KernelCompiler;
import dev.lanegrad.autodiff.internal.kernel.compilation.Lanes;
import dev.lanegrad.autodiff.internal.kernel.compilation.PreparedKernel;
import org.jspecify.annotations.Nullable;

/** The kernels of tiles. */
final class MatMulTiles {
  /** What a kernel is made for. */
  record Tile(DType dtype, Left left, Right right, int rows, int vectors, MatMulTiling.Turn turn) {
    /** Steps along k in one turn of the loop. */
    int steps() {
      return left == Left.PANEL && right == Right.PANEL ? turn.steps() : 1;
    }

    /** Rows between branches that are never taken; 0 where checks of bounds do as much. */
    int fence() {
      return left == Left.ROWS && right == Right.ROWS ? 0 : turn.fence();
    }
  }

  /** How a tile reads A. */
  enum Left {
    /** Element (i, k) lies at {@code i * step + k}. */
    ROWS,
    /** Element (i, k) lies at {@code k * step + i}: a transposed view. */
    COLUMNS,
    /** Element (i, k) lies at {@code k * rows + i}: packed. */
    PANEL
  }

  /** How a tile reads B. */
  enum Right {
    /** Element (k, j) lies at {@code k * step + j}. */
    ROWS,
    /** Element (k, j) lies at {@code k * width + j}, with the width of the tile: packed. */
    PANEL
  }

  private static final int MOST_VECTORS = MatMulTiling.VECTORS_OF_ONE_ROW;
  private static final int LEFTS = 3;
  private static final int RIGHTS = 2;

  private static final MatMulTiles FLOATS = new MatMulTiles(DType.FLOAT32);
  private static final MatMulTiles DOUBLES = new MatMulTiles(DType.FLOAT64);

  private final PreparedKernel<MatMulKernel>[] kernels;

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
  private MatMulTiles(DType dtype) {
    MatMulTiling tiling = MatMulTiling.of(dtype);
    kernels = new PreparedKernel[LEFTS * RIGHTS * tiling.rows() * MOST_VECTORS];
    for (Tile tile : tiling.tiles()) {
      kernels[index(tile.left, tile.right, tile.rows, tile.vectors)] = prepare(tile);
    }
  }

  private static int index(Left left, Right right, int rows, int vectors) {
    int tile = (rows - 1) * MOST_VECTORS + vectors - 1;
    int access =
        switch (left) {
          case ROWS -> 0;
          case COLUMNS -> 1;
          case PANEL -> 2;
        };
    return (tile * LEFTS + access) * RIGHTS + (right == Right.ROWS ? 0 : 1);
  }

  static MatMulTiles of(DType dtype) {
    return dtype == DType.FLOAT32 ? FLOATS : DOUBLES;
  }

  /** The kernel, or null while the scalar loop should be used. */
  @Nullable MatMulKernel get(Left left, Right right, int rows, int vectors) {
    return kernels[index(left, right, rows, vectors)].get();
  }

  private static PreparedKernel<MatMulKernel> prepare(Tile tile) {
    return new PreparedKernel<>() {
      @Override
      protected MatMulKernel generate() {
        return MatMulWriter.kernel(tile, Lanes.BITS);
      }

      @Override
      public String toString() {
        return "product, " + tile;
      }

      @Override
      protected Rehearsal<MatMulKernel> rehearsal() {
        return new OneTile(tile);
      }
    };
  }

  private static final class OneTile implements PreparedKernel.Rehearsal<MatMulKernel> {
    private static final int INNER = 24;

    private final Tile tile;
    private final int step;
    private final int width;
    private final Object a;
    private final Object b;
    private final Object c;
    private boolean more;

    OneTile(Tile tile) {
      this.tile = tile;
      this.step = tile.left == Left.ROWS ? INNER : tile.rows;
      this.width = tile.vectors * Lanes.count(tile.dtype);
      this.a = Scratch.ownOf(tile.dtype, tile.rows * INNER);
      this.b = Scratch.ownOf(tile.dtype, INNER * width);
      this.c = Scratch.ownOf(tile.dtype, tile.rows * width);
    }

    @Override
    public void run(MatMulKernel kernel) {
      more = !more;
      kernel.run(INNER, a, 0, step, b, 0, width, c, 0, width, more);
    }

    @Override
    public void callIdly(MatMulKernel kernel) {
      kernel.run(KernelCompiler.IDLE, a, 0, step, b, 0, width, c, 0, width, more);
    }

    @Override
    public long operations() {
      int rows = tile.rows;
      return (long) INNER * (tile.vectors * (rows + 1) + rows) + 2L * rows * tile.vectors;
    }
  }
}
