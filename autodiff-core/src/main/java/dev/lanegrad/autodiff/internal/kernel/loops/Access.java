package dev.lanegrad.autodiff.internal.kernel.loops;

/**
 * How a loop reaches one of its arrays, whichever it will be.
 *
 * @param array the number of the array in a {@link Plan}
 * @param offset where element (0, 0, ...) lies, counted from where the array is said to begin
 * @param strides distances along the loop's dimensions; 0 where an element is repeated
 */
record Access(int array, int offset, int[] strides) {
  int stride(int axis) {
    return strides[axis];
  }

  int lastStride() {
    return strides[strides.length - 1];
  }
}
