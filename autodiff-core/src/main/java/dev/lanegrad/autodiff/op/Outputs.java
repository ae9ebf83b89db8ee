package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.Tensor;

/**
 * What an operation writes into: tensors of the types that {@link Op#infer} gave, in row-major
 * order. They hold what was left over in their memory until every element is written.
 */
public interface Outputs {
  /** Output number k, for reading what has been written. */
  Tensor get(int k);

  /**
   * Writes output number k, which is float32 or float64.
   *
   * @param values as many as it has elements, in row-major order; rounded to its dtype
   * @throws dev.lanegrad.autodiff.ShapeException if there are more or less
   */
  void set(int k, double... values);

  /**
   * Writes output number k.
   *
   * @param values of its shape and dtype
   * @throws dev.lanegrad.autodiff.ShapeException if they are of another type
   */
  void set(int k, Tensor values);
}
