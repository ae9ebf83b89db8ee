package dev.lanegrad.autodiff.internal.kernel;

import dev.lanegrad.autodiff.DType;
import org.jspecify.annotations.Nullable;

/** The kernels of tiles. */
final class MatMulTiles {
  /** What a kernel is made for. */
  record Tile(DType dtype, Access access, int rows, int vectors) {}

  /** How a tile reads A: which of its two strides is 1. */
  enum Access {
    /** Element (i, k) lies at {@code i * step + k}. */
    ROWS,
    /** Element (i, k) lies at {@code k * step + i}: packed, or a transposed view. */
    COLUMNS
  }

  private static final MatMulTiles FLOATS = new MatMulTiles(DType.FLOAT32);
  private static final MatMulTiles DOUBLES = new MatMulTiles(DType.FLOAT64);

  private final PreparedKernel<MatMulKernel>[] kernels;

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
  private MatMulTiles(DType dtype) {
    int rows = MatMulTiling.of(dtype).rows();
    kernels = new PreparedKernel[2 * rows * MatMulTiling.VECTORS];
    for (Access access : Access.values()) {
      for (int i = 1; i <= rows; i++) {
        for (int vectors = 1; vectors <= MatMulTiling.VECTORS; vectors++) {
          kernels[index(access, i, vectors)] = prepare(new Tile(dtype, access, i, vectors));
        }
      }
    }
  }

  private static int index(Access access, int rows, int vectors) {
    int tile = (rows - 1) * MatMulTiling.VECTORS + vectors - 1;
    return access == Access.ROWS ? 2 * tile : 2 * tile + 1;
  }

  static MatMulTiles of(DType dtype) {
    return dtype == DType.FLOAT32 ? FLOATS : DOUBLES;
  }

  /** The kernel, or null while the scalar loop should be used. */
  @Nullable MatMulKernel get(Access access, int rows, int vectors) {
    return kernels[index(access, rows, vectors)].get();
  }

  private static PreparedKernel<MatMulKernel> prepare(Tile tile) {
    return new PreparedKernel<>() {
      @Override
      MatMulKernel generate() {
        return KernelCompiler.matMulTile(tile, Lanes.BITS);
      }

      @Override
      Rehearsal<MatMulKernel> rehearsal() {
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
      this.step = tile.access == Access.ROWS ? INNER : tile.rows;
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
      kernel.run(MatMulKernel.NOTHING, a, 0, step, b, 0, width, c, 0, width, more);
    }

    @Override
    public long operations() {
      int rows = tile.rows;
      return (long) INNER * (tile.vectors * (rows + 1) + rows) + 2L * rows * tile.vectors;
    }
  }
}
