package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Fold;
import java.util.List;

/** Reductions that are made of others, with the gradients that follow from that. */
final class Statistics {
  private static final Formula X = Formula.input(0);
  private static final Formula Y = Formula.input(1);

  /** The square root with derivative 0 at 0, where it is 0 / 0 in what follows. */
  private static final Elementwise ROOT =
      Elementwise.of(X.equal(0).select(Formula.ZERO, X.equal(0).select(Formula.ONE, X).sqrt()));

  private Statistics() {}

  /** Pairs are multiplied until one is left, so that zeros need no special rule. */
  static Tensor product(Tensor x, int[] axes) {
    Shape shape = x.shape();
    int[] order = new int[shape.rank()];
    int[] kept = new int[shape.rank() - axes.length];
    int count = 0;
    for (int a = 0; a < shape.rank(); a++) {
      if (java.util.Arrays.binarySearch(axes, a) < 0) {
        kept[count] = shape.dim(a);
        order[count++] = a;
      }
    }
    Shape result = Shape.of(kept);
    int length = 1;
    for (int axis : axes) {
      order[count++] = axis;
      length *= result.size() == 0 ? 1 : shape.dim(axis);
    }
    Tensor factors = x.permute(order).reshape(result.size(), length);
    while (factors.shape().dim(1) > 1) {
      int size = factors.shape().dim(1);
      Tensor products = factors.slice(1, 0, size / 2).mul(factors.slice(1, size / 2, size / 2 * 2));
      factors =
          size % 2 == 0
              ? products
              : Tensor.concat(1, List.of(products, factors.slice(1, size - 1, size)));
    }
    boolean empty = length == 0;
    return empty ? Tensor.ones(x.dtype(), kept) : factors.reshape(kept);
  }

  /** The sum of squared differences from the mean, divided by n - correction. */
  static Tensor variance(Tensor x, int[] axes, int correction) {
    int count = 1;
    for (int axis : axes) {
      count *= x.shape().dim(axis);
    }
    Tensor mean = Fold.of(Reduction.SUM, axes, true).applyTo(x).div(count);
    Fold squares = new Fold(Reduction.SUM, X.sub(Y).square(), axes, false);
    return squares.applyTo(x, mean).div(Math.max(count - correction, 0));
  }

  static Tensor root(Tensor x) {
    return ROOT.applyTo(x);
  }

  /** (sum of |x|^p)^(1/p). */
  static Tensor norm(Tensor x, double p, int[] axes) {
    if (!(p > 0)) {
      throw new IllegalArgumentException("norm: order %s is not positive".formatted(p));
    }
    if (p == 1 || p == 2) {
      Formula power = p == 1 ? X.abs() : X.square();
      Tensor sum = new Fold(Reduction.SUM, power, axes, false).applyTo(x);
      return p == 1 ? sum : root(sum);
    }
    if (p == Double.POSITIVE_INFINITY) {
      return new Fold(Reduction.MAX, X.abs(), axes, false).applyTo(x);
    }
    Formula safe = X.equal(0).select(Formula.ONE, X.abs()).pow(p);
    Formula power = X.equal(0).select(Formula.ZERO, safe);
    Tensor sum = new Fold(Reduction.SUM, power, axes, false).applyTo(x);
    Formula root = X.equal(0).select(Formula.ONE, X).pow(1 / p);
    return Elementwise.of(X.equal(0).select(Formula.ZERO, root)).applyTo(sum);
  }
}
