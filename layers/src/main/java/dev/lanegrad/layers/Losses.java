package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Axes;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.op.Fold;
import java.util.Arrays;

/** Losses: scalars that training makes small, each the mean over all examples or elements. */
public final class Losses {
  private static final Formula PREDICTION = Formula.input(0);
  private static final Formula TARGET = Formula.input(1);
  private static final Formula ERROR = PREDICTION.sub(TARGET);

  private Losses() {}

  /**
   * The mean of -log(softmax(logits)[label]).
   *
   * <p>Shapes: logits {@code [.., classes]} and int32 labels {@code [..]} give {@code []}.
   *
   * @throws ShapeException if a label is not a class, or shapes do not fit
   * @throws DTypeException if labels are not int32
   */
  public static Tensor crossEntropy(Tensor logits, Tensor labels) {
    checkLabels(logits.shape(), labels);
    Tensor chosen = logits.logSoftmax(-1).gather(-1, labels.unsqueeze(-1));
    return mean("crossEntropy", PREDICTION.neg(), chosen);
  }

  private static void checkLabels(Shape logits, Tensor labels) {
    int[] batch = Arrays.copyOf(logits.toArray(), Math.max(logits.rank() - 1, 0));
    if (logits.rank() == 0 || !Shape.of(batch).equals(labels.shape())) {
      throw new ShapeException(
          "crossEntropy: takes logits [.., classes] and labels [..], not %s and %s"
              .formatted(logits, labels.shape()));
    }
    if (labels.dtype() != DType.INT32) {
      throw new DTypeException(
          "crossEntropy: labels must be int32, not %s%s".formatted(labels.dtype(), labels.shape()));
    }
    int classes = logits.dim(-1);
    for (int label : labels.toIntArray()) {
      if (label < 0 || label >= classes) {
        throw new ShapeException(
            "crossEntropy: label %d is none of the %d classes of logits %s (0 to %d)"
                .formatted(label, classes, logits, classes - 1));
      }
    }
  }

  /**
   * The mean of (prediction - target)^2.
   *
   * <p>Shapes: {@code s, s -> []}.
   *
   * @throws ShapeException if shapes differ
   */
  public static Tensor meanSquaredError(Tensor prediction, Tensor target) {
    return compare("meanSquaredError", ERROR.square(), prediction, target);
  }

  /**
   * The mean of |prediction - target|.
   *
   * <p>Shapes: {@code s, s -> []}.
   *
   * @throws ShapeException if shapes differ
   */
  public static Tensor meanAbsoluteError(Tensor prediction, Tensor target) {
    return compare("meanAbsoluteError", ERROR.abs(), prediction, target);
  }

  /**
   * The mean of -(t log(sigmoid(x)) + (1 - t) log(1 - sigmoid(x))), computed as softplus(x) - t x.
   *
   * <p>Shapes: {@code s, s -> []}.
   *
   * @param logits x, before the sigmoid
   * @param targets t, probabilities from 0 to 1
   * @throws ShapeException if shapes differ
   */
  public static Tensor binaryCrossEntropyWithLogits(Tensor logits, Tensor targets) {
    Formula loss = PREDICTION.softplus().sub(TARGET.mul(PREDICTION));
    return compare("binaryCrossEntropyWithLogits", loss, logits, targets);
  }

  private static Tensor compare(String name, Formula loss, Tensor prediction, Tensor target) {
    if (!prediction.shape().equals(target.shape())) {
      throw new ShapeException(
          "%s: shapes differ: %s x %s".formatted(name, prediction.shape(), target.shape()));
    }
    return mean(name, loss, prediction, target);
  }

  /** The mean of a formula of tensors of one shape; its values are not stored. */
  private static Tensor mean(String name, Formula formula, Tensor... tensors) {
    int[] everything = Axes.normalizeAll(name, new int[0], tensors[0].shape());
    Tensor sum = new Fold(Reduction.SUM, formula, everything, false).applyTo(tensors);
    return sum.div(tensors[0].size());
  }
}
