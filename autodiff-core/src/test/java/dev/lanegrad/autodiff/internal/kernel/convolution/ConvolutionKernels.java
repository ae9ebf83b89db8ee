package dev.lanegrad.autodiff.internal.kernel.convolution;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.compilation.KnownKernels;
import dev.lanegrad.autodiff.internal.kernel.compilation.PreparedKernel;
import dev.lanegrad.autodiff.internal.kernel.copying.CopyKernels;
import dev.lanegrad.autodiff.internal.kernel.pooling.SquarePoolKernels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which of the kernels of convolutions and pooling that were asked for are in use. */
final class ConvolutionKernels {
  private ConvolutionKernels() {}

  /** How many run. */
  static int ready() {
    return known().size() - missing().size();
  }

  static boolean allReady() {
    return missing().isEmpty();
  }

  /** Those for which scalar loops stand in. */
  static List<String> missing() {
    return known().entrySet().stream()
        .filter(tile -> tile.getValue().get() == null)
        .map(tile -> tile.getKey().toString())
        .toList();
  }

  private static Map<Object, PreparedKernel<?>> known() {
    Map<Object, PreparedKernel<?>> known = new HashMap<>(KnownKernels.of(ConvolutionTile.class));
    known.putAll(KnownKernels.of(WeightGradientTile.class));
    known.putAll(KnownKernels.of(PackedTile.class));
    known.putAll(KnownKernels.of(WindowsTile.class));
    known.putAll(CopyKernels.known());
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      known.putAll(SquarePoolKernels.of(dtype));
    }
    return known;
  }
}
