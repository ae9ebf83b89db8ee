package dev.lanegrad.autodiff.internal.kernel.copying;

import dev.lanegrad.autodiff.internal.kernel.compilation.KnownKernels;
import dev.lanegrad.autodiff.internal.kernel.compilation.PreparedKernel;
import java.util.Map;

/** The kernels that copy short rows. */
public final class CopyKernels {
  private CopyKernels() {}

  /** Those that have been asked for. */
  public static Map<Object, PreparedKernel<?>> known() {
    return KnownKernels.of(RowCopier.class);
  }
}
