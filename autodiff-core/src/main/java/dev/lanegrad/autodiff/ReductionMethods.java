package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.op.Fold;
import dev.lanegrad.autodiff.op.LogSoftmax;
import dev.lanegrad.autodiff.op.MatMul;
import java.util.Arrays;

/**
 * The methods of {@link Tensor} that combine elements. Without axes they go over all of them;
 * negative axes count from the end.
 */
public sealed interface ReductionMethods permits Tensor {
  /** This tensor. */
  Tensor self();

  private Tensor fold(Reduction reduction, String operation, int[] axes, boolean keepAxes) {
    int[] sorted = Axes.normalizeAll(operation, axes, self().shape());
    return Fold.of(reduction, sorted, keepAxes).applyTo(self());
  }

  /** The sum along axes, or of everything. */
  default Tensor sum(int... axes) {
    return fold(Reduction.SUM, "sum", axes, false);
  }

  /** {@link #sum} with folded axes kept as length 1. */
  default Tensor sumKeeping(int... axes) {
    return fold(Reduction.SUM, "sum", axes, true);
  }

  /** The mean along axes, or of everything; NaN of nothing. */
  default Tensor mean(int... axes) {
    int count = 1;
    for (int axis : Axes.normalizeAll("mean", axes, self().shape())) {
      count *= self().shape().dim(axis);
    }
    return fold(Reduction.SUM, "mean", axes, false).div(count);
  }

  /** The largest element along axes, or of everything; equal ones share the gradient. */
  default Tensor max(int... axes) {
    return fold(Reduction.MAX, "max", axes, false);
  }

  /** {@link #max} with folded axes kept as length 1. */
  default Tensor maxKeeping(int... axes) {
    return fold(Reduction.MAX, "max", axes, true);
  }

  /** The sum over the axes along which {@code shape} was broadcast to this one's. */
  default Tensor sumTo(Shape shape) {
    Shape from = self().shape();
    if (from.equals(shape)) {
      return self();
    }
    int shift = from.rank() - shape.rank();
    int[] axes = new int[from.rank()];
    int count = 0;
    for (int a = 0; a < from.rank(); a++) {
      if (a < shift || (shape.dim(a - shift) == 1 && from.dim(a) != 1)) {
        axes[count++] = a;
      }
    }
    Fold fold = Fold.of(Reduction.SUM, Arrays.copyOf(axes, count), true);
    return fold.applyTo(self()).reshape(shape.toArray());
  }

  /** x - log(sum of exp(x)) along an axis. */
  default Tensor logSoftmax(int axis) {
    return new LogSoftmax(Axes.normalize("logSoftmax", axis, self().shape())).applyTo(self());
  }

  /** exp(x) / sum of exp(x) along an axis. */
  default Tensor softmax(int axis) {
    return logSoftmax(axis).exp();
  }

  /** The matrix product [n, k] x [k, m] -> [n, m]. */
  default Tensor matmul(Tensor b) {
    return new MatMul().applyTo(self(), b);
  }

  /** The index of the largest element along an axis, the first of equal ones, as int32. */
  default Tensor argmax(int axis) {
    int chosen = Axes.normalize("argmax", axis, self().shape());
    return ArgMax.of(self(), chosen);
  }
}
