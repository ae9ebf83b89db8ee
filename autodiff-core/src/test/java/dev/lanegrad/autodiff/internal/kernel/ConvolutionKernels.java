package dev.lanegrad.autodiff.internal.kernel;

import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which of the convolution kernels that were asked for are in use. */
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
    for (Class<?> tiles : List.of(ConvolutionTile.class, WeightGradientTile.class)) {
      try {
        Field field = tiles.getDeclaredField("KNOWN");
        field.setAccessible(true);
        known.putAll((Map<?, ?>) field.get(null));
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(e.getMessage(), e);
      }
    }
    return known;
  }
}
