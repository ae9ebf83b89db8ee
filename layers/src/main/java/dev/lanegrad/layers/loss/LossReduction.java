package dev.lanegrad.layers.loss;

import dev.lanegrad.autodiff.Axes;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Fold;
import java.util.Arrays;

/** What is made of the losses of all elements or examples: PyTorch's {@code reduction}. */
public enum LossReduction {
  /**
   * Their mean; that of nothing is refused: where there is no element, every label is ignored, or
   * every weight is 0.
   */
  MEAN,
  /** Their sum. */
  SUM,
  /** All of them. */
  NONE;

  /** A formula of tensors that broadcast; sums do not store its values. */
  Tensor of(String loss, Formula formula, Tensor... tensors) {
    if (this == NONE) {
      return Elementwise.of(formula).applyTo(tensors);
    }
    Tensor count = Tensor.scalar(tensors[0].dtype(), tensors[0].size());
    return meanOver(count, loss, tensors[0].type(), formula, tensors);
  }

  /**
   * The same for a mean that is the sum divided by something else than the count.
   *
   * @param weight of shape [], to which no gradient flows
   * @param counted what is averaged, in messages
   * @throws IllegalArgumentException if that is 0
   */
  Tensor meanOver(
      Tensor weight, String loss, TensorType counted, Formula formula, Tensor... tensors) {
    if (this == NONE) {
      return Elementwise.of(formula).applyTo(tensors);
    }
    int[] everything = Axes.normalizeAll(loss, new int[0], tensors[0].shape());
    Fold sum = new Fold(Reduction.SUM, formula, everything, false);
    if (this == SUM) {
      return sum.applyTo(tensors);
    }
    Tensor[] inputs = Arrays.copyOf(tensors, tensors.length + 1);
    inputs[tensors.length] = weight;
    return new WeightedMean(loss, counted, sum).applyTo(inputs);
  }

  /** {@link #of(String, Formula, Tensor...)} for tensors of one shape and dtype. */
  Tensor compare(String loss, Formula formula, Tensor prediction, Tensor target) {
    requireAlike(loss, prediction, target);
    return of(loss, formula, prediction, target);
  }

  /** Looks at shapes and dtypes. */
  static void requireAlike(String loss, Tensor prediction, Tensor target) {
    if (!prediction.shape().equals(target.shape())) {
      throw new ShapeException(
          "%s: shapes differ: %s x %s".formatted(loss, prediction.shape(), target.shape()));
    }
    Demand.oneDtype(loss, prediction, target);
  }
}
