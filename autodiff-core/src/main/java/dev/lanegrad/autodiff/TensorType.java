package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.internal.Present;

/**
 * What an operation's output will be, known before it runs.
 *
 * @param dtype the type of its elements
 * @param shape the lengths of its dimensions
 */
public record TensorType(DType dtype, Shape shape) {
  public TensorType {
    Present.of("type", "dtype", dtype);
    Present.of("type", "shape", shape);
  }

  /** The number of dimensions. */
  public int rank() {
    return shape.rank();
  }

  /** The number of elements. */
  public int size() {
    return shape.size();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TensorType type && dtype == type.dtype && shape.equals(type.shape);
  }

  @Override
  public int hashCode() {
    return 31 * dtype.hashCode() + shape.hashCode();
  }

  @Override
  public String toString() {
    return dtype + shape.toString();
  }
}
