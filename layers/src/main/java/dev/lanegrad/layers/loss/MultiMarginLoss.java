package dev.lanegrad.layers.loss;

import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.op.Fold;
import org.jspecify.annotations.Nullable;

/**
 * The hinge loss of several classes: w_c times the sum over other classes j of max(0, margin - x_c
 * + x_j)^power / classes, for the label c.
 *
 * <p>Shapes: scores {@code [.., classes]} and int32 labels {@code [..]} give {@code []}, without a
 * reduction {@code [..]}.
 *
 * @param power 1 or 2
 * @param margin how far the label's score has to be above all others to cost nothing
 * @param weights w, of shape [classes]: one weight for each class, not for each example; null if
 *     each is 1; PyTorch's weight
 * @param reduction of all examples; the mean is divided by their number
 */
public record MultiMarginLoss(
    int power, double margin, @Nullable Tensor weights, LossReduction reduction) implements Loss {
  private static final String NAME = "multiMargin";

  /**
   * The loss with these settings.
   *
   * @throws IllegalArgumentException if the power is neither 1 nor 2, or margin or a weight
   *     negative or not finite
   * @throws ShapeException if the weights are no vector
   */
  public MultiMarginLoss {
    Demand.present(NAME, "reduction", reduction);
    if (power != 1 && power != 2) {
      throw new IllegalArgumentException("multiMargin: power must be 1 or 2, not " + power);
    }
    Demand.notNegative(NAME, "margin", margin);
    ClassLabels.checkWeights(NAME, weights);
  }

  /** PyTorch's defaults: power 1, margin 1. */
  public MultiMarginLoss() {
    this(1, 1, null, LossReduction.MEAN);
  }

  /** The same loss with another power. */
  public MultiMarginLoss power(int exponent) {
    return new MultiMarginLoss(exponent, margin, weights, reduction);
  }

  /** The same loss with another margin. */
  public MultiMarginLoss margin(double distance) {
    return new MultiMarginLoss(power, distance, weights, reduction);
  }

  /**
   * The same loss with a weight for each class, as {@link CrossEntropyLoss#weights(Tensor)} has
   * them; PyTorch's weight.
   *
   * @param ofClasses [classes], finite and not negative
   * @throws ShapeException if it is no vector
   * @throws IllegalArgumentException if one is negative or not finite
   */
  public MultiMarginLoss weights(Tensor ofClasses) {
    Demand.present(NAME, "ofClasses", ofClasses);
    return new MultiMarginLoss(power, margin, ofClasses, reduction);
  }

  /** The same loss with another reduction. */
  public MultiMarginLoss reduction(LossReduction other) {
    Demand.present(NAME, "other", other);
    return new MultiMarginLoss(power, margin, weights, other);
  }

  /**
   * The loss.
   *
   * @throws ShapeException if a label is not a class, or shapes do not fit
   * @throws DTypeException if labels are not int32
   */
  @Override
  public Tensor of(Tensor scores, Tensor labels) {
    Demand.present(NAME, "scores", scores);
    Demand.present(NAME, "labels", labels);
    ClassLabels checked = ClassLabels.of(NAME, scores, labels, weights, null);
    int classes = scores.shape().dim(-1);
    Tensor index = checked.labels().unsqueeze(-1);
    Tensor others = Tensor.scalar(scores.dtype(), 1).sub(labels.oneHot(scores.dtype(), classes));
    Tensor factor = others.div(classes);
    if (checked.weights() != null) {
      factor = factor.mul(checked.weights().unsqueeze(-1));
    }
    Tensor[] inputs = {scores, scores.gather(-1, index), factor};
    if (reduction != LossReduction.NONE) {
      Tensor examples = Tensor.scalar(scores.dtype(), labels.size());
      return reduction.meanOver(examples, NAME, scores.type(), formula(), inputs);
    }
    return new Fold(Reduction.SUM, formula(), new int[] {scores.rank() - 1}, false).applyTo(inputs);
  }

  /** Of a score, the label's score and a factor that is 0 at the label itself. */
  private Formula formula() {
    Formula factor = Formula.input(2);
    Formula itself = factor.equal(0);
    Formula score = Weighted.hidden(itself, Formula.input(0));
    Formula ofLabel = Weighted.hidden(itself, Formula.input(1));
    Formula excess = Formula.constant(margin).sub(ofLabel).add(score).relu();
    return (power == 2 ? excess.square() : excess).mul(factor);
  }
}
