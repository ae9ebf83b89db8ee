package dev.lanegrad.autodiff.internal.kernel;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which convolution kernels are in use. */
final class ConvolutionKernels {
  private ConvolutionKernels() {}

  /** Their names, as {@code FLOAT32 x 8} for eight channels. */
  static Set<String> ready() {
    Set<String> ready = new TreeSet<>();
    for (Class<?> tiles : List.of(ConvolutionTile.class, WeightGradientTile.class)) {
      for (Map.Entry<?, ?> entry : known(tiles).entrySet()) {
        if (((PreparedKernel<?>) entry.getValue()).get() != null) {
          ready.add(tiles.getSimpleName() + entry.getKey());
        }
      }
    }
    return ready;
  }

  private static Map<?, ?> known(Class<?> tiles) {
    try {
      Field field = tiles.getDeclaredField("KNOWN");
      field.setAccessible(true);
      return (Map<?, ?>) field.get(null);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
