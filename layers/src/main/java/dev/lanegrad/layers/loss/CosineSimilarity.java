package dev.lanegrad.layers.loss;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Fold;
import java.util.List;

/**
 * a.b / sqrt((a.a + eps)(b.b + eps)) along the last axis, with PyTorch's eps of 1e-12.
 *
 * <p>Rows whose squares are large are divided by a power of two first, and eps by its square, which
 * leaves the cosine and its bits as they are: otherwise squares would overflow, and even before
 * that the power -3/2 of their product, which is in the gradient, would be lost.
 */
final class CosineSimilarity {
  private static final double EPS = 1e-12;

  private static final Formula PRODUCT = Formula.input(0).mul(Formula.input(1));
  private static final Elementwise COSINE =
      Elementwise.of(
          Formula.input(0)
              .mul(
                  padded(Formula.input(1), Formula.input(3))
                      .mul(padded(Formula.input(2), Formula.input(4)))
                      .rsqrt()));

  private CosineSimilarity() {}

  private static Formula padded(Formula squares, Formula scale) {
    return squares.add(scale.square().mul(EPS));
  }

  /** Of vectors [.., features]. */
  static Tensor of(Tensor a, Tensor b) {
    List<Tensor> ofA = new ScaledSquares().apply(List.of(a));
    List<Tensor> ofB = new ScaledSquares().apply(List.of(b));
    Fold product = new Fold(Reduction.SUM, PRODUCT, new int[] {a.rank() - 1}, false);
    return COSINE.applyTo(
        product.applyTo(ofA.get(0), ofB.get(0)),
        ofA.get(1),
        ofB.get(1),
        ofA.get(2).detach(),
        ofB.get(2).detach());
  }
}
