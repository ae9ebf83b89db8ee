package dev.lanegrad.autodiff.internal.kernel.arrays;

/**
 * An array as a loop sees it.
 *
 * @param array the {@code float[]} or {@code double[]}
 * @param offset where element (0, 0, ...) lies
 * @param strides distances along the loop's dimensions; 0 where an element is repeated
 */
public record Operand(Object array, int offset, int[] strides) {
  public int stride(int axis) {
    return strides[axis];
  }

  public int lastStride() {
    return strides[strides.length - 1];
  }

  /** Elements in the array. */
  public int length() {
    return length(array);
  }

  public static int length(Object array) {
    return array instanceof float[] floats ? floats.length : ((double[]) array).length;
  }
}
