package dev.lanegrad.layers.loss;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Op;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A check that labels are classes, as an operation: it is made whenever the labels' numbers are
 * there, and nothing depends on it.
 *
 * <p>Shapes: int32 {@code [..]} gives nothing.
 *
 * @param scores [.., classes]
 * @param ignored another label that is right; null for none
 */
record LabelRange(String loss, Shape scores, @Nullable Integer ignored) implements Op {
  @Override
  public String name() {
    return loss;
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    return List.of();
  }

  /**
   * Looks at all labels.
   *
   * @throws ShapeException naming the first that is no class
   */
  @Override
  public List<Tensor> forward(Call call) {
    int classes = scores.dim(-1);
    for (int label : call.input(0).toIntArray()) {
      if ((label < 0 || label >= classes) && (ignored == null || label != ignored)) {
        throw new ShapeException(
            String.format(
                Locale.ROOT,
                "%s: label %d is none of the %d classes of logits %s (0 to %d)",
                loss,
                label,
                classes,
                scores,
                classes - 1));
      }
    }
    return List.of();
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    return Collections.singletonList(null);
  }
}
