package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.internal.op.Moments;
import dev.lanegrad.autodiff.internal.op.PowerSum;
import dev.lanegrad.autodiff.internal.op.Root;
import dev.lanegrad.autodiff.internal.op.Variance;
import dev.lanegrad.autodiff.op.Fold;
import java.util.Arrays;
import java.util.List;

/** Reductions that are made of others, with the gradients that follow from that. */
final class Statistics {
  private static final Formula X = Formula.input(0);

  private Statistics() {}

  /** Pairs are multiplied until one is left, so that zeros need no special rule. */
  static Tensor product(Tensor x, int[] axes) {
    Shape shape = x.shape();
    int[] order = new int[shape.rank()];
    int[] kept = new int[shape.rank() - axes.length];
    int count = 0;
    for (int a = 0; a < shape.rank(); a++) {
      if (Arrays.binarySearch(axes, a) < 0) {
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
    return without(axes, new Variance(axes, correction).apply(List.of(x)).getFirst());
  }

  static Tensor deviation(Tensor x, int[] axes) {
    int count = 1;
    for (int axis : axes) {
      count *= x.shape().dim(axis);
    }
    List<Tensor> moments = new Moments(axes, true).apply(List.of(x));
    Tensor scaled = moments.get(2).div(Math.max(count - 1, 0));
    return without(axes, new Root(2).applyTo(scaled, moments.get(3).detach()));
  }

  /** (sum of |x|^p)^(1/p). */
  static Tensor norm(Tensor x, double p, int[] axes) {
    if (!(p > 0)) {
      throw new IllegalArgumentException(
          "pNorm: the order must be more than 0, not %s".formatted(p));
    }
    if (p == 1) {
      return new Fold(Reduction.SUM, X.abs(), axes, false).applyTo(x);
    }
    if (p == Double.POSITIVE_INFINITY) {
      return new Fold(Reduction.MAX, X.abs(), axes, false).applyTo(x);
    }
    List<Tensor> parts = new PowerSum(p, axes, true).apply(List.of(x));
    return without(axes, new Root(p).applyTo(parts.get(1), parts.get(2).detach()));
  }

  /** The tensor without axes of length 1. */
  private static Tensor without(int[] axes, Tensor kept) {
    int[] dims = new int[kept.rank() - axes.length];
    int count = 0;
    for (int a = 0; a < kept.rank(); a++) {
      if (Arrays.binarySearch(axes, a) < 0) {
        dims[count++] = kept.shape().dim(a);
      }
    }
    return kept.reshape(dims);
  }
}
