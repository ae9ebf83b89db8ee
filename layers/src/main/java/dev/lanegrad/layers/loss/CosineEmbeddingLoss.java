package dev.lanegrad.layers.loss;

import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import java.util.Arrays;

/**
 * 1 - cos(a, b) for pairs that belong together (target 1), else max(0, cos(a, b) - margin) (target
 * -1), where cos(a, b) = a.b / sqrt((a.a + eps)(b.b + eps)) with PyTorch's eps of 1e-12.
 *
 * <p>Shapes: {@code [.., features], [.., features]} and targets {@code [..]} give {@code []},
 * without a reduction {@code [..]}.
 *
 * @param margin how similar others may be
 * @param reduction of all pairs
 */
public record CosineEmbeddingLoss(double margin, LossReduction reduction) {
  private static final String NAME = "cosineEmbedding";
  private static final Formula A = Formula.input(0);
  private static final Formula B = Formula.input(1);
  private static final Demand SIGNS =
      new Demand(NAME, "targets", A.equal(1).logicalOr(A.equal(-1)), "1 or -1");

  /**
   * The loss with these settings.
   *
   * @throws IllegalArgumentException if the margin is not from -1 to 1
   */
  public CosineEmbeddingLoss {
    Demand.present(NAME, "reduction", reduction);
    if (!(margin >= -1 && margin <= 1)) {
      throw new IllegalArgumentException(
          "cosineEmbedding: the margin is a cosine from -1 to 1, not " + margin);
    }
  }

  /** PyTorch's defaults: margin 0. */
  public CosineEmbeddingLoss() {
    this(0, LossReduction.MEAN);
  }

  /** The same loss with another margin. */
  public CosineEmbeddingLoss margin(double similarity) {
    return new CosineEmbeddingLoss(similarity, reduction);
  }

  /** The same loss with another reduction. */
  public CosineEmbeddingLoss reduction(LossReduction other) {
    Demand.present(NAME, "other", other);
    return new CosineEmbeddingLoss(margin, other);
  }

  /**
   * The loss.
   *
   * @throws ShapeException if shapes do not fit
   * @throws IllegalArgumentException if a target is neither 1 nor -1
   * @throws DTypeException unless all are float32 or all float64
   */
  public Tensor of(Tensor a, Tensor b, Tensor target) {
    Demand.present(NAME, "a", a);
    Demand.present(NAME, "b", b);
    Demand.present(NAME, "target", target);
    Shape shape = a.shape();
    boolean fits =
        shape.rank() > 0
            && shape.equals(b.shape())
            && target.shape().equals(Shape.of(Arrays.copyOf(shape.toArray(), shape.rank() - 1)));
    if (!fits) {
      throw new ShapeException(
          "cosineEmbedding: takes [.., features] twice and targets [..], not %s x %s and %s"
              .formatted(shape, b.shape(), target.shape()));
    }
    Demand.oneDtype(NAME, a, b);
    Tensor signs = target.cast(a.dtype());
    SIGNS.check(signs);
    Formula loss = B.greater(0).where(Formula.ONE.sub(A), A.sub(margin).relu());
    return reduction.of(NAME, loss, CosineSimilarity.of(a, b), signs);
  }
}
