package dev.lanegrad.layers.loss;

import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.op.Fold;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The sum over classes c of -w_c t_c log(softmax(logits)_c), where t is 1 for the label and 0 for
 * other classes, or given as probabilities; smoothing mixes it with 1 / classes. The mean over
 * labels is divided by the sum of the labels' weights, the mean over probabilities by the number of
 * examples. A class that is ruled out by a logit of -infinity costs nothing where its target is 0.
 *
 * <p>Shapes: logits {@code [.., classes]} with int32 labels {@code [..]} or probabilities {@code
 * [.., classes]} give {@code []}, without a reduction {@code [..]}. The classes are the last axis,
 * not the second as in PyTorch.
 *
 * @param weights w, of shape [classes]: one weight for each class, not for each example; null if
 *     each is 1; PyTorch's weight
 * @param labelSmoothing the part of the even distribution, from 0 to 1; PyTorch's label_smoothing
 * @param ignoreLabel examples with this label count nothing; null for none; PyTorch's {@code
 *     ignore_index}
 * @param reduction of all examples
 */
public record CrossEntropyLoss(
    @Nullable Tensor weights,
    double labelSmoothing,
    @Nullable Integer ignoreLabel,
    LossReduction reduction)
    implements Loss {
  private static final String NAME = "crossEntropy";

  /**
   * The loss with these settings.
   *
   * @throws IllegalArgumentException if the smoothing is not from 0 to 1, or a weight negative or
   *     not finite
   * @throws ShapeException if the weights are no vector
   */
  public CrossEntropyLoss {
    Demand.present(NAME, "reduction", reduction);
    if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
      throw new IllegalArgumentException(
          "crossEntropy: label smoothing %s is not in [0, 1]".formatted(labelSmoothing));
    }
    ClassLabels.checkWeights(NAME, weights);
  }

  /** The mean, without weights and smoothing. */
  public CrossEntropyLoss() {
    this(null, 0, null, LossReduction.MEAN);
  }

  /**
   * The same loss with a weight for each class, PyTorch's weight: an example of class c costs w_c
   * times as much, and the mean is divided by the sum of the examples' weights, so that weights of
   * 2 for all classes change nothing. For classes of unequal size: {@code new
   * CrossEntropyLoss().weights(Tensor.of(1, 5))} counts an example of class 1 like five of class 0.
   *
   * @param ofClasses [classes], finite and not negative
   * @throws ShapeException if it is no vector
   * @throws IllegalArgumentException if one is negative or not finite
   */
  public CrossEntropyLoss weights(Tensor ofClasses) {
    Demand.present(NAME, "ofClasses", ofClasses);
    return new CrossEntropyLoss(ofClasses, labelSmoothing, ignoreLabel, reduction);
  }

  /**
   * The same loss with targets mixed with the even distribution: (1 - part) t + part / classes.
   *
   * @param part from 0 to 1; PyTorch's label_smoothing
   * @throws IllegalArgumentException if it is not
   */
  public CrossEntropyLoss labelSmoothing(double part) {
    return new CrossEntropyLoss(weights, part, ignoreLabel, reduction);
  }

  /**
   * The same loss where examples of a label count nothing, such as those that fill up a batch;
   * PyTorch's {@code ignore_index}, which is -100 there and nothing here by default.
   */
  public CrossEntropyLoss ignoreLabel(int label) {
    return new CrossEntropyLoss(weights, labelSmoothing, label, reduction);
  }

  /** The same loss with another reduction; PyTorch's {@code reduction}. */
  public CrossEntropyLoss reduction(LossReduction other) {
    Demand.present(NAME, "other", other);
    return new CrossEntropyLoss(weights, labelSmoothing, ignoreLabel, other);
  }

  /**
   * The loss.
   *
   * @param target labels or probabilities
   * @throws ShapeException if a label is not a class, or shapes do not fit
   * @throws DTypeException if labels are not int32, probabilities are not of the logits' dtype, or
   *     meet {@link #ignoreLabel}
   */
  @Override
  public Tensor of(Tensor logits, Tensor target) {
    Demand.present(NAME, "logits", logits);
    Demand.present(NAME, "target", target);
    boolean probabilities =
        target.dtype().isFloating() && target.shape().equals(logits.shape()) && target.rank() > 0;
    if (probabilities) {
      refuseIgnoredLabel(target);
      Demand.oneDtype(NAME, logits, target);
      int examples = logits.size() / Math.max(logits.shape().dim(-1), 1);
      return dense(logits, smoothed(target), Tensor.scalar(logits.dtype(), examples));
    }
    ClassLabels labels = ClassLabels.of(NAME, logits, target, weights, ignoreLabel);
    if (labelSmoothing == 0) {
      return labels.negativeLikelihood(NAME, reduction, logits.logSoftmax(-1));
    }
    Tensor sharp = labels.labels().oneHot(logits.dtype(), logits.shape().dim(-1));
    Tensor counted = smoothed(sharp);
    if (ignoreLabel != null) {
      Tensor counts = target.notEqual(ignoreLabel).cast(logits.dtype());
      counted = counted.mul(counts.unsqueeze(-1));
    }
    return dense(logits, counted, labels.total());
  }

  private void refuseIgnoredLabel(Tensor target) {
    if (ignoreLabel != null) {
      throw new DTypeException(
          String.format(
              Locale.ROOT,
              "%s: ignoreLabel %d is for int32 labels, not for probabilities %s%s, where a row of"
                  + " zeros counts nothing",
              NAME,
              ignoreLabel,
              target.dtype(),
              target.shape()));
    }
  }

  private Tensor smoothed(Tensor target) {
    return labelSmoothing == 0
        ? target
        : target.mul(1 - labelSmoothing).add(labelSmoothing / target.shape().dim(-1));
  }

  /** The sum over classes of -weight target log(softmax). */
  private Tensor dense(Tensor logits, Tensor target, Tensor total) {
    Tensor weighted = weights == null ? target : target.mul(checked(weights, logits));
    Formula term = Weighted.PRODUCT_NEGATIVE;
    Tensor logProbabilities = logits.logSoftmax(-1);
    if (reduction != LossReduction.NONE) {
      return reduction.meanOver(total, NAME, logits.type(), term, logProbabilities, weighted);
    }
    int[] classes = {logits.rank() - 1};
    return new Fold(Reduction.SUM, term, classes, false).applyTo(logProbabilities, weighted);
  }

  private static Tensor checked(Tensor weights, Tensor logits) {
    ClassLabels.check(NAME, weights, logits.shape().dim(-1));
    return weights.cast(logits.dtype());
  }
}
