package dev.lanegrad.autodiff.internal.kernel.products;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.arrays.Scratch;

/**
 * Room for copies of pieces of A and B in the order in which tiles read them: for every k the
 * elements of one strip or sliver side by side. Each thread has its own and uses it again.
 */
public final class MatMulPanels {
  /** Data of a large array then begins at a cache line where the array begins at a page. */
  private static final int BYTES_TO_CACHE_LINE = 48;

  /**
   * From this size on there is room for the largest block at once: the default collector (G1) then
   * begins the array at a page, and tiles read whole cache lines, a fifth faster.
   */
  private static final int BYTES_TO_ALIGN = 64 << 10;

  private static final ThreadLocal<MatMulPanels> FLOATS =
      ThreadLocal.withInitial(() -> new MatMulPanels(DType.FLOAT32));
  private static final ThreadLocal<MatMulPanels> DOUBLES =
      ThreadLocal.withInitial(() -> new MatMulPanels(DType.FLOAT64));

  /** Where panels begin in their arrays. */
  final int start;

  /** Room for one tile of C that reaches beyond the matrix. */
  final Object edge;

  private final DType dtype;
  private Object left;
  private Object right;
  private int leftSize;
  private int rightSize;

  private MatMulPanels(DType dtype) {
    this.dtype = dtype;
    this.start = BYTES_TO_CACHE_LINE / dtype.bytes();
    MatMulTiling tiling = MatMulTiling.of(dtype);
    this.edge = Scratch.ownOf(dtype, tiling.rows() * MatMulTiling.VECTORS * tiling.lanes());
    this.left = edge;
    this.right = edge;
  }

  static MatMulPanels of(DType dtype) {
    return (dtype == DType.FLOAT32 ? FLOATS : DOUBLES).get();
  }

  /** An array for strips of A, with room for a vector behind them. */
  Object left(int size) {
    if (size > leftSize) {
      left = Scratch.ownOf(dtype, start + size);
      leftSize = size;
    }
    return left;
  }

  /** An array for slivers of B. */
  Object right(int size) {
    if (size > rightSize) {
      MatMulTiling tiling = MatMulTiling.of(dtype);
      boolean aligned = size * dtype.bytes() >= BYTES_TO_ALIGN;
      rightSize = aligned ? Math.max(size, tiling.depth() * tiling.width()) : size;
      right = Scratch.ownOf(dtype, start + rightSize);
    }
    return right;
  }
}
