package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import java.util.List;

/**
 * Powers of two by which numbers are multiplied before they are squared or added up, where sums
 * would overflow or vanish otherwise. Such a product rounds nothing. As in Blue, "A portable Fortran
 * program to find the Euclidean norm of a vector", 1978, sums of usual size are left alone.
 */
final class Scales {
  private static final int FLOAT_EXPONENT = Float.MAX_EXPONENT - 1;
  private static final int DOUBLE_EXPONENT = Double.MAX_EXPONENT - 1;

  private Scales() {}

  /** Whether a sum of squares has overflowed, or might have. */
  static boolean isLarge(double sum, DType dtype) {
    return !(sum <= (dtype == DType.FLOAT32 ? 0x1p120 : 0x1p1000));
  }

  /** Whether a sum of squares may have lost digits below the smallest numbers. */
  static boolean isSmall(double sum, DType dtype) {
    return sum < (dtype == DType.FLOAT32 ? 0x1p-100 : 0x1p-900);
  }

  /**
   * Factors that bring the largest number of each line near to 1.
   *
   * @param wanted for which lines; the others' are 1
   */
  static Tensor of(Tensor x, int[] axes, boolean[] wanted) {
    Fold largest = new Fold(Reduction.MAX, Formula.input(0).abs(), axes, true);
    Tensor lines = largest.compute(x);
    double[] scales = lines.toDoubleArray();
    int limit = x.dtype() == DType.FLOAT32 ? FLOAT_EXPONENT : DOUBLE_EXPONENT;
    for (int i = 0; i < scales.length; i++) {
      boolean scaled = wanted[i] && scales[i] > 0 && Double.isFinite(scales[i]);
      int exponent = scaled ? Math.getExponent(scales[i]) : 0;
      scales[i] = Math.scalb(1.0, -Math.clamp(exponent, -limit, limit));
    }
    return Tensor.ofDoubles(x.dtype(), lines.shape(), scales);
  }

  /** One number, the same everywhere. */
  static Tensor constant(TensorType type, double number) {
    Tensor one = Tensor.scalar(type.dtype(), number);
    return Views.view(one, Views.layout(one).expand(type.shape()));
  }

  /** Whether all elements are a number. */
  static boolean areAll(Tensor tensor, double number) {
    for (double element : tensor.toDoubleArray()) {
      if (element != number) {
        return false;
      }
    }
    return true;
  }

  /** How many elements of x are combined into one result. */
  static int count(Shape x, int[] axes) {
    int count = 1;
    for (int axis : axes) {
      count *= x.dim(axis);
    }
    return count;
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

  /** The sum of seed times derivative of a formula with respect to one of its inputs. */
  static Formula pullback(Formula formula, Formula seed, int input) {
    List<Formula> all = Formula.pullback(List.of(formula), List.of(seed), input + 1);
    return all.get(input);
  }
}
