package dev.lanegrad.layers.loss;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Fold;
import dev.lanegrad.autodiff.op.PowerSum;
import java.util.Arrays;
import java.util.List;

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
  private static final double EPS = 1e-12;
  private static final Formula A = Formula.input(0);
  private static final Formula B = Formula.input(1);

  /** Of a.b, a.a and b.b, and what a and b were multiplied by. */
  private static final Elementwise COSINE =
      Elementwise.of(
          A.mul(safe(B, Formula.input(3)).mul(safe(Formula.input(2), Formula.input(4))).rsqrt()));

  private static Formula safe(Formula square, Formula scale) {
    return square.add(scale.mul(scale).mul(EPS));
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
    return new CosineEmbeddingLoss(margin, other);
  }

  /**
   * The loss.
   *
   * @throws ShapeException if shapes do not fit
   */
  public Tensor of(Tensor a, Tensor b, Tensor target) {
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
    int[] features = {shape.rank() - 1};
    PowerSum squares = new PowerSum(2, features, false);
    List<Tensor> ofA = squares.apply(List.of(a));
    List<Tensor> ofB = squares.apply(List.of(b));
    Fold product = new Fold(Reduction.SUM, A.mul(B), features, true);
    Tensor cosine =
        COSINE
            .applyTo(
                product.applyTo(ofA.getFirst(), ofB.getFirst()),
                ofA.get(1),
                ofB.get(1),
                ofA.get(2).detach(),
                ofB.get(2).detach())
            .squeeze(-1);
    Formula loss = B.greater(0).select(Formula.ONE.sub(A), A.sub(margin).relu());
    return reduction.of(NAME, loss, cosine, target.cast(a.dtype()));
  }
}
