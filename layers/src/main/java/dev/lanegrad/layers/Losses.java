package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.loss.BCELoss;
import dev.lanegrad.layers.loss.BCEWithLogitsLoss;
import dev.lanegrad.layers.loss.CosineEmbeddingLoss;
import dev.lanegrad.layers.loss.CrossEntropyLoss;
import dev.lanegrad.layers.loss.HingeLoss;
import dev.lanegrad.layers.loss.HuberLoss;
import dev.lanegrad.layers.loss.KLDivLoss;
import dev.lanegrad.layers.loss.L1Loss;
import dev.lanegrad.layers.loss.MSELoss;
import dev.lanegrad.layers.loss.MultiMarginLoss;
import dev.lanegrad.layers.loss.NLLLoss;
import dev.lanegrad.layers.loss.PoissonNLLLoss;
import dev.lanegrad.layers.loss.SSELoss;
import dev.lanegrad.layers.loss.SmoothL1Loss;
import dev.lanegrad.layers.loss.TripletMarginLoss;

/**
 * Losses with their usual settings: scalars that training makes small, each the mean over all
 * examples or elements but for {@link #sumOfSquaredErrors}. Their classes have the settings, such
 * as {@code new CrossEntropyLoss().labelSmoothing(0.1).of(logits, labels)}.
 *
 * <p>Shapes: where nothing else is said, {@code s, s -> []}; two different shapes throw a {@link
 * ShapeException}. Scores, predictions and the like are all float32 or all float64, or a method
 * throws a {@link DTypeException}.
 */
public final class Losses {
  private Losses() {}

  /**
   * -log(softmax(logits)[label]), or for probabilities instead of labels the sum over classes of -p
   * log(softmax(logits)).
   *
   * <p>Shapes: logits {@code [.., classes]} with int32 labels {@code [..]} or probabilities {@code
   * [.., classes]} give {@code []}.
   *
   * @throws ShapeException if a label is not a class, or shapes do not fit
   * @throws DTypeException if labels are not int32
   */
  public static Tensor crossEntropy(Tensor logits, Tensor target) {
    return new CrossEntropyLoss().of(logits, target);
  }

  /**
   * -x[label] for log-probabilities x.
   *
   * <p>Shapes: {@code [.., classes]} and int32 labels {@code [..]} give {@code []}.
   *
   * @throws ShapeException if a label is not a class, or shapes do not fit
   * @throws DTypeException if labels are not int32
   */
  public static Tensor negativeLogLikelihood(Tensor logProbabilities, Tensor labels) {
    return new NLLLoss().of(logProbabilities, labels);
  }

  /**
   * -(t log(p) + (1 - t) log(1 - p)) for probabilities p and a target t of probabilities.
   *
   * @throws IllegalArgumentException if a probability is not in [0, 1]
   */
  public static Tensor binaryCrossEntropy(Tensor probabilities, Tensor target) {
    return new BCELoss().of(probabilities, target);
  }

  /**
   * -(t log(sigmoid(x)) + (1 - t) log(1 - sigmoid(x))) without overflow and cancellation.
   *
   * @param logits x, before the sigmoid
   * @param target t, probabilities from 0 to 1
   */
  public static Tensor binaryCrossEntropyWithLogits(Tensor logits, Tensor target) {
    return new BCEWithLogitsLoss().of(logits, target);
  }

  /** (prediction - target)^2. */
  public static Tensor meanSquaredError(Tensor prediction, Tensor target) {
    return new MSELoss().of(prediction, target);
  }

  /** |prediction - target|. */
  public static Tensor meanAbsoluteError(Tensor prediction, Tensor target) {
    return new L1Loss().of(prediction, target);
  }

  /** The sum, not the mean, of (prediction - target)^2. */
  public static Tensor sumOfSquaredErrors(Tensor prediction, Tensor target) {
    return new SSELoss().of(prediction, target);
  }

  /**
   * {@code e^2 / 2} where {@code |e| <= delta}, else {@code delta (|e| - delta / 2)}, for {@code e
   * = prediction - target}.
   *
   * @throws IllegalArgumentException unless delta is finite and more than 0
   */
  public static Tensor huber(Tensor prediction, Tensor target, double delta) {
    return new HuberLoss().delta(delta).of(prediction, target);
  }

  /**
   * {@code e^2 / (2 beta)} where {@code |e| < beta}, else {@code |e| - beta / 2}, for {@code e =
   * prediction - target}.
   *
   * @throws IllegalArgumentException if beta is negative or not finite
   */
  public static Tensor smoothL1(Tensor prediction, Tensor target, double beta) {
    return new SmoothL1Loss().beta(beta).of(prediction, target);
  }

  /** max(0, 1 - t x) for scores x and a target t of -1 and 1. */
  public static Tensor hinge(Tensor scores, Tensor target) {
    return new HingeLoss().of(scores, target);
  }

  /**
   * The sum over other classes j of max(0, 1 - x[label] + x_j) / classes.
   *
   * <p>Shapes: scores {@code [.., classes]} and int32 labels {@code [..]} give {@code []}.
   *
   * @throws ShapeException if a label is not a class, or shapes do not fit
   * @throws DTypeException if labels are not int32
   */
  public static Tensor multiMargin(Tensor scores, Tensor labels) {
    return new MultiMarginLoss().of(scores, labels);
  }

  /**
   * t (log(t) - x) for log-probabilities x and probabilities t, as the mean over all elements; NaN
   * where a probability is negative.
   */
  public static Tensor klDivergence(Tensor logProbabilities, Tensor target) {
    return new KLDivLoss().of(logProbabilities, target);
  }

  /**
   * 1 - cos(a, b) for pairs of target 1, max(0, cos(a, b)) for those of target -1.
   *
   * <p>Shapes: {@code [.., features], [.., features]} and targets {@code [..]} give {@code []}.
   *
   * @throws IllegalArgumentException if a target is neither 1 nor -1
   */
  public static Tensor cosineEmbedding(Tensor a, Tensor b, Tensor target) {
    return new CosineEmbeddingLoss().of(a, b, target);
  }

  /**
   * max(0, |anchor - positive| - |anchor - negative| + 1).
   *
   * <p>Shapes: {@code [.., features]} three times gives {@code []}.
   */
  public static Tensor tripletMargin(Tensor anchor, Tensor positive, Tensor negative) {
    return new TripletMarginLoss().of(anchor, positive, negative);
  }

  /** exp(x) - t x for logarithms x of rates and counts t. */
  public static Tensor poissonNegativeLogLikelihood(Tensor logRates, Tensor target) {
    return new PoissonNLLLoss().of(logRates, target);
  }
}
