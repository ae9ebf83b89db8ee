package dev.lanegrad.autodiff.internal.kernel.compilation;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.stream.Collectors;

/** The kernels of a kind that have been asked for, by what they are made for. */
public final class KnownKernels {
  private KnownKernels() {}

  public static Map<Object, PreparedKernel<?>> of(Class<?> kind) {
    try {
      Field field = kind.getDeclaredField("KNOWN");
      field.setAccessible(true);
      return ((Map<?, ?>) field.get(null))
          .entrySet().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, e -> (PreparedKernel<?>) e.getValue()));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
