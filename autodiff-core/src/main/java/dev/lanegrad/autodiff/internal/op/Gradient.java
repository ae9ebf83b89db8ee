package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.op.Call;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists of gradients, in which null stands for zeros. */
final class Gradient {
  private Gradient() {}

  static List<@Nullable Tensor> of(@Nullable Tensor... gradients) {
    return Arrays.asList(gradients);
  }

  /**
   * Of an operation that finds elements along an axis: each gets what the places get where it was
   * found.
   *
   * @param gradients those of the elements, then none of the indices
   * @param call with the indices as output 1
   */
  static List<@Nullable Tensor> ofFound(Call call, int axis, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    if (gradient == null) {
      return of(gradient);
    }
    int size = call.inputType(0).shape().dim(axis);
    return of(new ScatterAdd(axis, size).applyTo(gradient, call.output(1)));
  }

  /** The sum of two, in which null stands for zeros. */
  static @Nullable Tensor sum(@Nullable Tensor a, @Nullable Tensor b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.add(b);
  }
}
