package dev.lanegrad.layers.loss;

import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import java.util.List;

/**
 * max(0, d(anchor, positive) - d(anchor, negative) + margin) with d(a, b) = |a - b + eps| in a norm
 * and PyTorch's eps of 1e-6.
 *
 * <p>Shapes: {@code [.., features]} three times gives {@code []}, without a reduction {@code [..]}.
 *
 * <p>Source: Schroff, Kalenichenko and Philbin, "FaceNet", 2015, <a
 * href="https://arxiv.org/abs/1503.03832">arXiv:1503.03832</a>.
 *
 * @param margin how much farther away the negative one has to be to cost nothing
 * @param norm the order p of the norm
 * @param swap whether the distance of positive and negative counts instead if it is less
 * @param reduction of all triplets
 */
public record TripletMarginLoss(double margin, double norm, boolean swap, LossReduction reduction) {
  private static final double EPS = 1e-6;

  /**
   * The loss with these settings.
   *
   * @throws IllegalArgumentException if the margin is negative or not finite, or the norm not more
   *     than 0
   */
  public TripletMarginLoss {
    Demand.present("tripletMargin", "reduction", reduction);
    Demand.notNegative("tripletMargin", "margin", margin);
    if (!(norm > 0)) {
      throw new IllegalArgumentException(
          "tripletMargin: the order of the norm must be more than 0, not " + norm);
    }
  }

  /** PyTorch's defaults: margin 1, the Euclidean norm, no swap. */
  public TripletMarginLoss() {
    this(1, 2, false, LossReduction.MEAN);
  }

  /** The same loss with another margin. */
  public TripletMarginLoss margin(double distance) {
    return new TripletMarginLoss(distance, norm, swap, reduction);
  }

  /** The same loss with another norm. */
  public TripletMarginLoss norm(double order) {
    return new TripletMarginLoss(margin, order, swap, reduction);
  }

  /** The same loss that swaps anchor and positive where that is harder, or not. */
  public TripletMarginLoss swap(boolean harder) {
    return new TripletMarginLoss(margin, norm, harder, reduction);
  }

  /** The same loss with another reduction. */
  public TripletMarginLoss reduction(LossReduction other) {
    Demand.present("tripletMargin", "other", other);
    return new TripletMarginLoss(margin, norm, swap, other);
  }

  /**
   * The loss.
   *
   * @throws ShapeException if shapes differ
   * @throws DTypeException unless all are float32 or all float64
   */
  public Tensor of(Tensor anchor, Tensor positive, Tensor negative) {
    Demand.present("tripletMargin", "anchor", anchor);
    Demand.present("tripletMargin", "positive", positive);
    Demand.present("tripletMargin", "negative", negative);
    boolean fits =
        anchor.rank() > 0
            && anchor.shape().equals(positive.shape())
            && anchor.shape().equals(negative.shape());
    if (!fits) {
      throw new ShapeException(
          "tripletMargin: takes [.., features] three times, not "
              + Shape.join(List.of(anchor.shape(), positive.shape(), negative.shape())));
    }
    Demand.oneDtype("tripletMargin", anchor, positive, negative);
    Tensor near = distance(anchor, positive);
    Tensor far = distance(anchor, negative);
    if (swap) {
      far = far.minimum(distance(positive, negative));
    }
    Formula loss = Formula.input(0).sub(Formula.input(1)).add(margin).relu();
    return reduction.of("tripletMargin", loss, near, far);
  }

  private Tensor distance(Tensor a, Tensor b) {
    return a.sub(b).add(EPS).pNorm(norm, -1);
  }
}
