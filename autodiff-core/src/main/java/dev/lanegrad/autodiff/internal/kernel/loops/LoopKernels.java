package dev.lanegrad.autodiff.internal.kernel.loops;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.internal.BoundedCache;
import dev.lanegrad.autodiff.internal.program.Template;
import java.util.List;

/** The loop kernels in use: compiled when first asked for, and a bounded number of them. */
public final class LoopKernels {
  private static final int CAPACITY = 1_024;
  private static final BoundedCache<Key, LoopKernel> KERNELS = new BoundedCache<>(CAPACITY);

  private record Key(List<Formula> skeleton, DType dtype, LoopShape shape) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key that
          && dtype == that.dtype
          && shape.equals(that.shape)
          && skeleton.equals(that.skeleton);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * skeleton.hashCode() + dtype.hashCode()) + shape.hashCode();
    }
  }

  private LoopKernels() {}

  /** How many kernels are held; never more than a fixed bound. */
  public static int size() {
    return KERNELS.size();
  }

  static LoopKernel get(Template template, DType dtype, LoopShape shape) {
    return KERNELS.get(
        new Key(template.skeleton(), dtype, shape),
        _ -> new LoopKernel(template.program(dtype), shape, template.skeleton()));
  }
}
