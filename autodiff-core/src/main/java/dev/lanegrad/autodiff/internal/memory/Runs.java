package dev.lanegrad.autodiff.internal.memory;

/**
 * The only code that walks strides: visits every index of the outer dimensions with the offset of
 * each operand, and copies elements of any layout into row-major order.
 */
public final class Runs {
  private Runs() {}

  /** What is done at one index of the outer dimensions. */
  @FunctionalInterface
  public interface Visitor {
    /** The array is reused for the next index. */
    void visit(int[] offsets);
  }

  /**
   * Visits all indices in row-major order.
   *
   * @param dims the dimensions to walk over
   * @param strides for each operand its strides along these dimensions (there may be more)
   * @param offsets where each operand starts
   */
  public static void forEach(int[] dims, int[][] strides, int[] offsets, Visitor visitor) {
    int[] index = new int[dims.length];
    int[] current = offsets.clone();
    for (int dim : dims) {
      if (dim == 0) {
        return;
      }
    }
    while (true) {
      visitor.visit(current);
      int axis = dims.length - 1;
      while (axis >= 0 && ++index[axis] == dims[axis]) {
        index[axis] = 0;
        for (int k = 0; k < current.length; k++) {
          current[k] -= strides[k][axis] * (dims[axis] - 1);
        }
        axis--;
      }
      if (axis < 0) {
        return;
      }
      for (int k = 0; k < current.length; k++) {
        current[k] += strides[k][axis];
      }
    }
  }

  /** Copies elements with the given strides into row-major order. */
  public static void copy(
      Object source, int offset, int[] dims, int[] strides, Object target, int targetOffset) {
    StridedCopy.run(source, offset, dims, strides, target, targetOffset);
  }

  /** Copies elements to where the target's strides say. */
  public static void copy(
      Object source,
      int offset,
      int[] dims,
      int[] strides,
      Object target,
      int targetOffset,
      int[] targetStrides) {
    StridedCopy.run(source, offset, dims, strides, target, targetOffset, targetStrides);
  }
}
