package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.Tensor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists of gradients, in which null stands for zeros. */
final class Gradient {
  private Gradient() {}

  static List<@Nullable Tensor> of(@Nullable Tensor... gradients) {
    return Arrays.asList(gradients);
  }

  /** The sum of two, in which null stands for zeros. */
  static @Nullable Tensor sum(@Nullable Tensor a, @Nullable Tensor b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.add(b);
  }
}
