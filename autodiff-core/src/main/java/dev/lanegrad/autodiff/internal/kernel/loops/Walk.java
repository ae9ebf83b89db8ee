package dev.lanegrad.autodiff.internal.kernel.loops;

/**
 * Positions in several arrays, numbered in the row-major order of some dimensions.
 *
 * @param dims the dimensions
 * @param strides for each array its strides along them
 */
record Walk(int[] dims, int[][] strides) {
  /** Dimensions {@code first} to {@code end} of a space. */
  static Walk over(Space space, int first, int end) {
    int[][] strides = new int[space.operands().size()][];
    for (int k = 0; k < strides.length; k++) {
      strides[k] = java.util.Arrays.copyOfRange(space.operands().get(k).strides(), first, end);
    }
    return new Walk(java.util.Arrays.copyOfRange(space.dims(), first, end), strides);
  }

  /** How many positions there are. */
  int size() {
    int size = 1;
    for (int dim : dims) {
      size *= dim;
    }
    return size;
  }

  /** Stores in {@code at} where position {@code index} lies, counted from {@code starts}. */
  void locate(int[] starts, int index, int[] at) {
    System.arraycopy(starts, 0, at, 0, starts.length);
    int rest = index;
    for (int axis = dims.length - 1; rest != 0; axis--) {
      int steps = rest % dims[axis];
      rest /= dims[axis];
      for (int k = 0; k < strides.length; k++) {
        at[k] += steps * strides[k][axis];
      }
    }
  }
}
