package dev.lanegrad.autodiff;

import java.util.Locale;

/** The methods of {@link Tensor} that copy elements into arrays of Java. */
public sealed interface ElementMethods permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /**
   * The one element.
   *
   * @throws ShapeException if there is not exactly one
   */
  default double item() {
    if (self().size() != 1) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "item: shape %s has %d elements, not one",
              self().shape(),
              self().size()));
    }
    return toDoubleArray()[0];
  }

  /** The elements in row-major order as floats; of a float64 tensor rounded. */
  default float[] toFloatArray() {
    if (self().dtype() == DType.FLOAT32) {
      return (float[]) ElementArrays.copy(self());
    }
    return ElementArrays.rounded(toDoubleArray());
  }

  /** The elements in row-major order as doubles; true counts as 1. */
  default double[] toDoubleArray() {
    if (self().dtype() == DType.FLOAT64) {
      return (double[]) ElementArrays.copy(self());
    }
    return ElementArrays.doubles(self());
  }

  /**
   * The elements in row-major order as ints.
   *
   * @throws DTypeException unless the dtype is int32
   */
  default int[] toIntArray() {
    if (self().dtype() != DType.INT32) {
      throw new DTypeException(
          "toIntArray: takes int32, not %s%s: cast(DType.INT32) cuts fractions off first"
              .formatted(self().dtype(), self().shape()));
    }
    return (int[]) ElementArrays.copy(self());
  }

  /**
   * The elements in row-major order as booleans.
   *
   * @throws DTypeException unless the dtype is bool
   */
  default boolean[] toBooleanArray() {
    if (self().dtype() != DType.BOOL) {
      throw new DTypeException(
          "toBooleanArray: takes bool, not %s%s: notEqual(0) tells what is not 0"
              .formatted(self().dtype(), self().shape()));
    }
    return (boolean[]) ElementArrays.copy(self());
  }
}
