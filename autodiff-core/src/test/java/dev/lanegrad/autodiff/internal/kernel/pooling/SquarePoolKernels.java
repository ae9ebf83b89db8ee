package dev.lanegrad.autodiff.internal.kernel.pooling;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.compilation.Lanes;
import dev.lanegrad.autodiff.internal.kernel.compilation.PreparedKernel;
import java.util.HashMap;
import java.util.Map;

/** The kernels that pool squares. */
public final class SquarePoolKernels {
  private SquarePoolKernels() {}

  /** All of them, of which there are none where lanes cannot be rearranged. */
  public static Map<Object, PreparedKernel<?>> of(DType dtype) {
    Map<Object, PreparedKernel<?>> kernels = new HashMap<>();
    if (Lanes.canRearrange(dtype)) {
      for (SquarePool.Direction direction : SquarePool.Direction.values()) {
        kernels.put("pooling of " + dtype + " " + direction, SquarePool.of(dtype, direction));
      }
    }
    return kernels;
  }
}
