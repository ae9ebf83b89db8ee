package dev.lanegrad.autodiff.internal.kernel.products;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.arrays.Scratch;
import dev.lanegrad.autodiff.internal.kernel.compilation.KernelCompiler;
import dev.lanegrad.autodiff.internal.kernel.compilation.Lanes;
import dev.lanegrad.autodiff.internal.kernel.compilation.PreparedKernel;

/** The kernel that multiplies some rows of a matrix with a column. */
final class ColumnTile extends PreparedKernel<ColumnKernel> {
  /** Chains in vectors of accumulators: enough to keep fused multiply-adds busy. */
  private static final int ACCUMULATORS = 8;

  private static final ColumnTile FLOATS = new ColumnTile(DType.FLOAT32);
  private static final ColumnTile DOUBLES = new ColumnTile(DType.FLOAT64);

  private final DType dtype;

  private ColumnTile(DType dtype) {
    this.dtype = dtype;
  }

  static ColumnTile of(DType dtype) {
    return dtype == DType.FLOAT32 ? FLOATS : DOUBLES;
  }

  /** How many rows go together, with vectors of so many lanes. */
  static int rows(int lanes) {
    return Math.max(1, ACCUMULATORS * lanes / ColumnLoop.CHAINS);
  }

  int rows() {
    return rows(Lanes.count(dtype));
  }

  @Override
  protected ColumnKernel generate() {
    return ColumnWriter.kernel(dtype, Lanes.BITS, rows());
  }

  @Override
  protected Rehearsal<ColumnKernel> rehearsal() {
    return new FewTurns();
  }

  @Override
  public String toString() {
    return "product with a single column, " + dtype;
  }

  private final class FewTurns implements Rehearsal<ColumnKernel> {
    private static final int TURNS = 8;

    private final Object x = Scratch.ownOf(dtype, TURNS * ColumnLoop.CHAINS);
    private final Object sums = Scratch.ownOf(dtype, rows() * ColumnLoop.CHAINS);

    @Override
    public void run(ColumnKernel kernel) {
      kernel.run(TURNS, x, 0, 0, x, 0, sums);
    }

    @Override
    public void callIdly(ColumnKernel kernel) {
      kernel.run(KernelCompiler.IDLE, x, 0, 0, x, 0, sums);
    }

    @Override
    public long operations() {
      int vectors = ColumnLoop.CHAINS / Lanes.count(dtype);
      return (long) TURNS * vectors * (2 * rows() + 1);
    }
  }
}
