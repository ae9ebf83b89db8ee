package dev.lanegrad.layers.loss;

import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;

/**
 * max(0, margin - target prediction) for targets of -1 and 1. PyTorch has none: its {@code
 * HingeEmbeddingLoss} is another function.
 *
 * <p>Shapes: {@code s, s -> []}, without a reduction {@code s, s -> s}.
 *
 * @param margin how far a score has to be on the right side to cost nothing
 * @param reduction of all elements
 */
public record HingeLoss(double margin, LossReduction reduction) implements Loss {
  private static final Formula PREDICTION = Formula.input(0);
  private static final Formula TARGET = Formula.input(1);

  /**
   * The loss with these settings.
   *
   * @throws IllegalArgumentException if the margin is negative or not finite
   */
  public HingeLoss {
    Demand.present("hinge", "reduction", reduction);
    Demand.notNegative("hinge", "margin", margin);
  }

  /** PyTorch's defaults. */
  public HingeLoss() {
    this(1, LossReduction.MEAN);
  }

  /** The same loss with another margin; 0 gives the perceptron's. */
  public HingeLoss margin(double margin) {
    return new HingeLoss(margin, reduction);
  }

  /** The same loss with another reduction. */
  public HingeLoss reduction(LossReduction other) {
    Demand.present("hinge", "other", other);
    return new HingeLoss(margin, other);
  }

  /**
   * The loss.
   *
   * @throws ShapeException if shapes differ
   */
  @Override
  public Tensor of(Tensor scores, Tensor target) {
    Demand.present("hinge", "scores", scores);
    Demand.present("hinge", "target", target);
    return reduction.compare("hinge", formula(), scores, target);
  }

  private Formula formula() {
    Formula enough = TARGET.mul(PREDICTION).greaterEqual(margin);
    Formula reached = TARGET.mul(Weighted.hidden(enough, PREDICTION));
    return enough.where(Formula.ZERO, Formula.constant(margin).sub(reached));
  }
}
