package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.internal.op.ArgMax;
import dev.lanegrad.autodiff.internal.op.CumMax;
import dev.lanegrad.autodiff.internal.op.CumSum;
import dev.lanegrad.autodiff.internal.op.LogSoftmax;
import dev.lanegrad.autodiff.internal.op.LogSumExp;
import dev.lanegrad.autodiff.internal.op.Mean;
import dev.lanegrad.autodiff.internal.op.Softmax;
import dev.lanegrad.autodiff.internal.op.Sort;
import dev.lanegrad.autodiff.internal.op.TopK;
import dev.lanegrad.autodiff.op.Fold;
import dev.lanegrad.autodiff.op.MatMul;
import java.util.Arrays;
import java.util.List;

/**
 * The methods of {@link Tensor} that combine elements. Without axes they go over all of them;
 * negative axes count from the end.
 *
 * <p>Shapes: what takes axes gives this shape without them, {@code []} without axes; what is called
 * {@code ..Keeping} has them with length 1. All but orders and their indices take float32 and
 * float64 only, and throw a {@link DTypeException} else; an axis that there is not, or that is
 * given twice, throws a {@link ShapeException}.
 *
 * <p>PyTorch has the same names, with an underscore between words, where nothing else is said.
 */
public sealed interface ReductionMethods permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  private Tensor fold(Reduction reduction, String operation, int[] axes, boolean keepAxes) {
    int[] sorted = Axes.normalizeAll(operation, axes, self().shape());
    return Fold.of(reduction, sorted, keepAxes).applyTo(self());
  }

  /**
   * The sum along axes, or of everything. No chain has more than 1,024 terms: along the last axis
   * 64 partial sums of every 64th element are added as a tree, anew for each 16,384 elements, along
   * another axis rows are added in order, anew for each 1,024, and so are the sums of these. The
   * order depends on the shape alone.
   *
   * @throws ShapeException if there is no such axis, or one is given twice
   */
  default Tensor sum(int... axes) {
    return fold(Reduction.SUM, "sum", axes, false);
  }

  /** {@link #sum} with folded axes kept as length 1. PyTorch: {@code sum(keepdim=True)}. */
  default Tensor sumKeeping(int... axes) {
    return fold(Reduction.SUM, "sum", axes, true);
  }

  /**
   * The mean along axes, or of everything: {@link #sum} divided by the count, NaN of nothing.
   * Finite where the sum overflows and the mean does not.
   *
   * @throws ShapeException if there is no such axis
   */
  default Tensor mean(int... axes) {
    return new Mean(Axes.normalizeAll("mean", axes, self().shape()), false).applyTo(self());
  }

  /** {@link #min} with folded axes kept as length 1. PyTorch: {@code amin(keepdim=True)}. */
  default Tensor minKeeping(int... axes) {
    return fold(Reduction.MIN, "min", axes, true);
  }

  /**
   * The largest element along axes, or of everything; NaN if there is one. Equal ones share the
   * gradient. PyTorch: {@code amax}.
   *
   * @throws ShapeException if there is no such axis, or no element
   */
  default Tensor max(int... axes) {
    return fold(Reduction.MAX, "max", axes, false);
  }

  /** {@link #max} with folded axes kept as length 1. PyTorch: {@code amax(keepdim=True)}. */
  default Tensor maxKeeping(int... axes) {
    return fold(Reduction.MAX, "max", axes, true);
  }

  /**
   * The sum over the axes along which a shape was broadcast to this one's.
   *
   * @throws ShapeException if the shape does not broadcast to this one's
   */
  default Tensor sumTo(Shape shape) {
    Shape from = self().shape();
    if (from.equals(Present.of("sumTo", "shape", shape))) {
      return self();
    }
    if (!Shape.broadcast("sumTo", List.of(shape, from)).equals(from)) {
      throw new ShapeException("sumTo: %s does not broadcast to %s".formatted(shape, from));
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
    return fold.applyTo(self()).reshape(shape);
  }

  /**
   * The sum over the axes along which a shape was broadcast to this one's: what broadcasting passes
   * back. PyTorch: {@code sum_to_size}.
   *
   * @throws ShapeException if the shape does not broadcast to this one's
   */
  default Tensor sumTo(int... shape) {
    return sumTo(Shape.given("sumTo", shape));
  }

  /**
   * x - log(sum of exp(x)) along an axis, {@code s -> s}.
   *
   * @throws ShapeException if there is no such axis
   */
  default Tensor logSoftmax(int axis) {
    return new LogSoftmax(axis("logSoftmax", axis)).applyTo(self());
  }

  /**
   * exp(x) / sum of exp(x) along an axis, {@code s -> s}.
   *
   * @throws ShapeException if there is no such axis
   */
  default Tensor softmax(int axis) {
    return new Softmax(axis("softmax", axis)).applyTo(self());
  }

  /**
   * log(sum of exp(x)) along an axis, -infinity of nothing. The gradient is {@link #softmax}; at
   * infinity it goes to infinite elements, in equal parts. PyTorch: {@code logsumexp}.
   *
   * @throws ShapeException if there is no such axis
   */
  default Tensor logSumExp(int axis) {
    return logSumExpKeeping(axis).squeeze(axis);
  }

  /**
   * {@link #logSumExp} with the axis kept as length 1. PyTorch: {@code logsumexp(keepdim=True)}.
   */
  default Tensor logSumExpKeeping(int axis) {
    return new LogSumExp(axis("logSumExp", axis)).applyTo(self());
  }

  /**
   * The smallest element along axes, or of everything; NaN if there is one. Equal ones share the
   * gradient. PyTorch: {@code amin}.
   *
   * @throws ShapeException if there is no such axis, or no element
   */
  default Tensor min(int... axes) {
    return fold(Reduction.MIN, "min", axes, false);
  }

  /**
   * The product along axes, or of everything; 1 of nothing. Pairs are multiplied until one is left,
   * each pass over memory an operation that is recorded, so that gradients of every order are right
   * where factors are 0; PyTorch's one pass is four times faster, and its gradients need that case
   * apart.
   *
   * @throws ShapeException if there is no such axis
   */
  default Tensor prod(int... axes) {
    return Statistics.product(self(), Axes.normalizeAll("prod", axes, self().shape()));
  }

  /** {@link #mean} with folded axes kept as length 1. PyTorch: {@code mean(keepdim=True)}. */
  default Tensor meanKeeping(int... axes) {
    return new Mean(Axes.normalizeAll("mean", axes, self().shape()), true).applyTo(self());
  }

  /**
   * The variance of a sample (divided by n - 1) along axes, or of everything.
   *
   * @throws ShapeException if there is no such axis
   */
  default Tensor var(int... axes) {
    return var(1, axes);
  }

  /**
   * The sum of squared differences from the mean, divided by n - correction; as precise where the
   * mean is much larger than the deviation.
   *
   * @param correction 1 for the variance of a sample, 0 for that of all there is
   * @throws ShapeException if there is no such axis
   */
  default Tensor var(int correction, int[] axes) {
    int[] sorted = Axes.normalizeAll("var", axes, self().shape());
    return Statistics.variance(self(), sorted, correction);
  }

  /**
   * The square root of {@link #var(int...)}, also where that overflows or vanishes. Where it is 0
   * the gradient is 0 and the second derivative NaN.
   *
   * @throws ShapeException if there is no such axis
   */
  default Tensor std(int... axes) {
    return Statistics.deviation(self(), Axes.normalizeAll("std", axes, self().shape()));
  }

  /**
   * The Euclidean norm along axes, or of everything; finite where squares overflow or vanish. At 0
   * its gradient is 0 and its second derivative NaN, that of its square, too.
   *
   * @throws ShapeException if there is no such axis
   */
  default Tensor norm(int... axes) {
    return pNorm(2, axes);
  }

  /**
   * The p-norm, (sum of |x|^p)^(1/p); of infinite order the largest |x|. The same holds of it as of
   * {@link #norm}. PyTorch: {@code torch.linalg.vector_norm}.
   *
   * @throws ShapeException if there is no such axis
   * @throws IllegalArgumentException if p is not more than 0
   */
  default Tensor pNorm(double p, int... axes) {
    return Statistics.norm(self(), p, Axes.normalizeAll("norm", axes, self().shape()));
  }

  /**
   * Running sums along an axis, added in order; of more than 1,024 elements of float32 in float64,
   * each rounded.
   *
   * @throws ShapeException if there is no such axis
   */
  default Tensor cumsum(int axis) {
    return new CumSum(axis("cumsum", axis), false).applyTo(self());
  }

  /**
   * The largest element so far along an axis, with its index: that of the last of equal ones, and
   * from a NaN on, that. The gradient goes to the elements that were found. PyTorch's {@code
   * cummax}.
   *
   * @return [.., n, ..] twice
   * @throws ShapeException if there is no such axis
   */
  default Found cummax(int axis) {
    return Found.of(new CumMax(axis("cummax", axis), true).apply(List.of(self())));
  }

  /** The smallest element so far along an axis: {@link #cummax} of what is smallest. */
  default Found cummin(int axis) {
    return Found.of(new CumMax(axis("cummin", axis), false).apply(List.of(self())));
  }

  /**
   * Elements and where they were found.
   *
   * @param values through which the gradient flows
   * @param indices int32, along the axis
   */
  record Found(Tensor values, Tensor indices) {
    private static Found of(List<Tensor> outputs) {
      return new Found(outputs.get(0), outputs.get(1));
    }
  }

  /**
   * The index of the largest element along an axis, the first of equal ones, as int32: {@code [..,
   * n, ..] -> [.., ..]}.
   *
   * @throws ShapeException if there is no such axis, or it is empty
   */
  default Tensor argmax(int axis) {
    return new ArgMax(axis("argmax", axis), true).applyTo(self());
  }

  /**
   * The index of the smallest element along an axis, the first of equal ones, as int32: {@code [..,
   * n, ..] -> [.., ..]}.
   *
   * @throws ShapeException if there is no such axis, or it is empty
   */
  default Tensor argmin(int axis) {
    return new ArgMax(axis("argmin", axis), false).applyTo(self());
  }

  /**
   * Elements in rising order along an axis, {@code s -> s}; equal ones, as 0 and -0, keep theirs,
   * NaN is last.
   *
   * @throws ShapeException if there is no such axis
   */
  default Tensor sort(int axis) {
    return sort(axis, false).values();
  }

  /**
   * Elements in order along an axis, with their indices, both of this shape.
   *
   * @throws ShapeException if there is no such axis
   */
  default Found sort(int axis, boolean descending) {
    return Found.of(new Sort(axis("sort", axis), descending).apply(List.of(self())));
  }

  /**
   * The k largest elements along an axis, largest first, with their indices: {@code [.., n, ..] ->
   * [.., k, ..]} twice. PyTorch: {@code topk}.
   *
   * @throws ShapeException if there is no such axis, or k is not from 0 to its length
   */
  default Found topK(int k, int axis) {
    return Found.of(new TopK(k, axis("topK", axis)).apply(List.of(self())));
  }

  /**
   * NumPy's {@code matmul}: vectors, matrices, and stacks of matrices that broadcast. Each element
   * is one chain of fused multiply-adds in the dtype of the inputs, so that it has the same bits in
   * a batch and alone; the price is an error that grows with the length k of the chain, up to k /
   * 2^24 of the sum of |a||b| in float32. Cast to float64 where k is in the millions.
   *
   * <p>Shapes: {@code [.., n, k] x [.., k, m] -> [.., n, m]}; a vector [k] on either side stands
   * for a row or a column, which the result lacks.
   *
   * @throws ShapeException if inner dimensions differ, or one is a scalar
   * @throws DTypeException if dtypes differ or are not floating
   */
  default Tensor matmul(Tensor b) {
    return MatMul.of(self(), Present.of("matmul", "b", b));
  }

  private int axis(String operation, int axis) {
    return Axes.normalize(operation, axis, self().shape());
  }
}
