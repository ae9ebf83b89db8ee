package dev.lanegrad.layers.loss;

import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * -w_c x_c for the label c and log-probabilities x, such as those of a log-softmax. The mean is
 * divided by the sum of the labels' weights.
 *
 * <p>Shapes: {@code [.., classes]} and int32 labels {@code [..]} give {@code []}, without a
 * reduction {@code [..]}.
 *
 * @param weights w, of shape [classes]: one weight for each class, not for each example; null if
 *     each is 1; PyTorch's weight
 * @param ignoreLabel examples with this label count nothing; null for none
 * @param reduction of all examples
 */
public record NLLLoss(
    @Nullable Tensor weights, @Nullable Integer ignoreLabel, LossReduction reduction)
    implements Loss {
  private static final String NAME = "negativeLogLikelihood";

  /**
   * The loss with these settings.
   *
   * @throws IllegalArgumentException if a weight is negative or not finite
   * @throws ShapeException if the weights are no vector
   */
  public NLLLoss {
    Demand.present(NAME, "reduction", reduction);
    ClassLabels.checkWeights(NAME, weights);
  }

  /** The mean, without weights. */
  public NLLLoss() {
    this(null, null, LossReduction.MEAN);
  }

  /**
   * The same loss with a weight for each class, as {@link CrossEntropyLoss#weights(Tensor)} has
   * them; PyTorch's weight.
   *
   * @param ofClasses [classes], finite and not negative
   * @throws ShapeException if it is no vector
   * @throws IllegalArgumentException if one is negative or not finite
   */
  public NLLLoss weights(Tensor ofClasses) {
    Demand.present(NAME, "ofClasses", ofClasses);
    return new NLLLoss(ofClasses, ignoreLabel, reduction);
  }

  /** The same loss where examples of a label count nothing. */
  public NLLLoss ignoreLabel(int label) {
    return new NLLLoss(weights, label, reduction);
  }

  /** The same loss with another reduction. */
  public NLLLoss reduction(LossReduction other) {
    Demand.present(NAME, "other", other);
    return new NLLLoss(weights, ignoreLabel, other);
  }

  /**
   * The loss.
   *
   * @throws ShapeException if a label is not a class, or shapes do not fit
   * @throws DTypeException if labels are not int32
   */
  @Override
  public Tensor of(Tensor logProbabilities, Tensor labels) {
    Demand.present(NAME, "logProbabilities", logProbabilities);
    Demand.present(NAME, "labels", labels);
    return ClassLabels.of(NAME, logProbabilities, labels, weights, ignoreLabel)
        .negativeLikelihood(NAME, reduction, logProbabilities);
  }
}
