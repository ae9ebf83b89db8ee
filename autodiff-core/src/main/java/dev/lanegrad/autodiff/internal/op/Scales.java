package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.internal.graph.Dispatch;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.op.Fold;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoublePredicate;

/**
 * Powers of two by which numbers are multiplied before they are squared and added up, where sums
 * would overflow or vanish otherwise. Such a product rounds nothing, so that a line that needed
 * none has the same result with one. As in Blue, "A portable Fortran program to find the Euclidean
 * norm of a vector", 1978, sums of usual size are left alone; those are so small that the product
 * of two does not overflow either.
 */
final class Scales {
  private static final float LARGE_FLOAT = 0x1p60f;
  private static final double LARGE_DOUBLE = 0x1p500;
  private static final float SMALL_FLOAT = 0x1p-100f;
  private static final double SMALL_DOUBLE = 0x1p-900;

  /** Large numbers are brought near to 2 to this power, small ones to its reciprocal. */
  private static final int EXPONENT = 8;

  private Scales() {}

  /** Whether a sum is not of usual size, where small ones count or not. */
  static boolean isUnusual(double sum, DType dtype, boolean small) {
    boolean narrow = dtype == DType.FLOAT32;
    return !(sum <= (narrow ? LARGE_FLOAT : LARGE_DOUBLE))
        || (small && sum < (narrow ? SMALL_FLOAT : SMALL_DOUBLE));
  }

  /** Whether any sum is not of usual size. */
  static boolean anyIsUnusual(Tensor sums, boolean small) {
    return Views.array(sums) instanceof float[] floats
        ? !FloatMoments.areBetween(floats, sums.size(), small ? SMALL_FLOAT : 0, LARGE_FLOAT)
        : !DoubleMoments.areBetween(
            (double[]) Views.array(sums), sums.size(), small ? SMALL_DOUBLE : 0, LARGE_DOUBLE);
  }

  /** Whether all elements of a result are finite. */
  static boolean areFinite(Tensor result) {
    int size = result.size();
    return Views.array(result) instanceof float[] floats
        ? FloatMoments.areBetween(floats, size, -Float.MAX_VALUE, Float.MAX_VALUE)
        : DoubleMoments.areBetween(
            (double[]) Views.array(result), size, -Double.MAX_VALUE, Double.MAX_VALUE);
  }

  /** Whether all of a few numbers are the same. */
  static boolean areAll(double number, double... numbers) {
    return Arrays.stream(numbers).allMatch(other -> other == number);
  }

  /**
   * Factors that bring the largest number of each line near to 2^8 or 2^-8.
   *
   * @param sums of the lines
   * @param wanted for which sums; the others' are 1
   */
  static Tensor of(Tensor x, int[] axes, Tensor sums, DoublePredicate wanted) {
    Fold largest = new Fold(Reduction.MAX, Formula.input(0).abs(), axes, true);
    Tensor lines = Parts.of(largest, x);
    double[] scales =
        Dispatch.look(
            List.of(lines, sums),
            read -> scales(read.get(0).toDoubleArray(), read.get(1).toDoubleArray(), wanted));
    return Tensor.ofDoubles(x.dtype(), lines.shape(), scales);
  }

  private static double[] scales(double[] largest, double[] sums, DoublePredicate wanted) {
    double[] scales = new double[largest.length];
    for (int i = 0; i < scales.length; i++) {
      boolean scaled = wanted.test(sums[i]) && largest[i] > 0 && Double.isFinite(largest[i]);
      scales[i] = scaled ? scale(largest[i]) : 1;
    }
    return scales;
  }

  private static double scale(double largest) {
    int exponent = Math.getExponent(largest);
    return Math.scalb(1.0, exponent > 0 ? Math.min(EXPONENT - exponent, 0) : -EXPONENT - exponent);
  }

  /** One number, the same everywhere. */
  static Tensor constant(TensorType type, double number) {
    Tensor one = Tensor.scalar(type.dtype(), number);
    return Views.view(one, Views.layout(one).expand(type.shape()));
  }

  /** How many elements of x are combined into one result. */
  static int count(Shape x, int[] axes) {
    int count = 1;
    for (int axis : axes) {
      count *= x.dim(axis);
    }
    return count;
  }

  /**
   * The type of one number for each line of the only input.
   *
   * @param axes along which lines lie
   */
  static TensorType line(String operation, List<TensorType> inputs, int[] axes) {
    Checks.inputs(operation, 1, inputs);
    DType dtype = Checks.floating(operation, inputs);
    return new TensorType(dtype, kept(operation, inputs.getFirst().shape(), axes));
  }

  /** The shape with 1 in the place of axes. */
  static Shape kept(String name, Shape x, int[] axes) {
    int[] dims = x.toArray();
    for (int axis : axes) {
      Checks.axis(name, x, axis);
      dims[axis] = 1;
    }
    return Shape.of(dims);
  }

  /** The seed times the derivative of a formula with respect to one of its inputs. */
  static Formula pullback(Formula formula, Formula seed, int input) {
    List<Formula> all = Formula.pullback(List.of(formula), List.of(seed), input + 1);
    return all.get(input);
  }
}
