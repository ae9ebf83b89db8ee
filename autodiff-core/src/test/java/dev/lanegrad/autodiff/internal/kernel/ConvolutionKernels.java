package dev.lanegrad.autodiff.internal.kernel;

import dev.lanegrad.autodiff.DType;
import java.lang.reflect.Field;
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
        .filter(tile -> ((PreparedKernel<?>) tile.getValue()).get() == null)
        .map(tile -> tile.getKey().toString())
        .toList();
  }

  private static Map<Object, Object> known() {
    Map<Object, Object> known = new HashMap<>();
    for (Class<?> tiles :
        List.of(ConvolutionTile.class, WeightGradientTile.class, RowCopier.class)) {
      try {
        Field field = tiles.getDeclaredField("KNOWN");
        field.setAccessible(true);
        known.putAll((Map<?, ?>) field.get(null));
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(e.getMessage(), e);
      }
    }
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      known.putAll(pooling(dtype));
    }
    return known;
  }

  /** Those that pool. */
  static Map<Object, Object> pooling(DType dtype) {
    Map<Object, Object> kernels = new HashMap<>();
    if (Lanes.canRearrange(dtype)) {
      for (SquarePool.Direction direction : SquarePool.Direction.values()) {
        kernels.put("pooling of " + dtype + " " + direction, SquarePool.of(dtype, direction));
      }
    }
    return kernels;
  }
}
