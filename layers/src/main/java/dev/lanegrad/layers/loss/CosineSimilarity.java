package dev.lanegrad.layers.loss;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Fold;

/**
 * a.b / sqrt((a.a + eps)(b.b + eps)) along the last axis, with PyTorch's eps of 1e-12.
 *
 * <p>Rows whose squares are large are divided by a power of two first, and eps by its square, which
 * leaves the cosine and its bits as they are: otherwise squares would overflow, and even before
 * that the power -3/2 of their product, which is in the gradient, would be lost.
 */
final class CosineSimilarity {
  private static final double EPS = 1e-12;

  /** The power -3/2 of the product of two squares up to this is a float32 with all its digits. */
  private static final double LARGE = 0x1p30;

  private static final Formula A = Formula.input(0);
  private static final Formula B = Formula.input(1);
  private static final Elementwise COSINE =
      Elementwise.of(A.mul(B.add(EPS).mul(Formula.input(2).add(EPS)).rsqrt()));
  private static final Elementwise SCALED_COSINE =
      Elementwise.of(
          A.mul(B.add(Formula.input(3)).mul(Formula.input(2).add(Formula.input(4))).rsqrt()));

  private CosineSimilarity() {}

  /** Of vectors [.., features]. */
  static Tensor of(Tensor a, Tensor b) {
    int[] features = {a.rank() - 1};
    Fold product = new Fold(Reduction.SUM, A.mul(B), features, false);
    Fold square = new Fold(Reduction.SUM, A.square(), features, false);
    Tensor squaresA = square.applyTo(a);
    Tensor squaresB = square.applyTo(b);
    if (areModerate(squaresA) && areModerate(squaresB)) {
      return COSINE.applyTo(product.applyTo(a, b), squaresA, squaresB);
    }
    Tensor scaleA = scale(a);
    Tensor scaleB = scale(b);
    Tensor smallA = a.mul(scaleA.unsqueeze(-1));
    Tensor smallB = b.mul(scaleB.unsqueeze(-1));
    return SCALED_COSINE.applyTo(
        product.applyTo(smallA, smallB),
        square.applyTo(smallA),
        square.applyTo(smallB),
        scaleA.square().mul(EPS),
        scaleB.square().mul(EPS));
  }

  /** Not where one is NaN. */
  private static boolean areModerate(Tensor squares) {
    return squares.size() == 0 || squares.isMeta() || squares.detach().max().item() <= LARGE;
  }

  /** A power of two for each row whose product with the row's largest element is 1 to 2, or 1. */
  private static Tensor scale(Tensor x) {
    double[] scales = x.detach().abs().max(-1).toDoubleArray();
    for (int i = 0; i < scales.length; i++) {
      boolean large = scales[i] * scales[i] * x.shape().dim(-1) > LARGE;
      scales[i] =
          large && scales[i] <= Double.MAX_VALUE
              ? Math.scalb(1.0, -Math.getExponent(scales[i]))
              : 1;
    }
    return Tensor.ofDoubles(x.dtype(), x.select(-1, 0).shape(), scales);
  }
}
