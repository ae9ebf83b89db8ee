package dev.lanegrad.autodiff;

/** The index of the largest element along an axis; no gradient flows through it. */
final class ArgMax {
  private ArgMax() {}

  static Tensor of(Tensor x, int axis) {
    int[] dims = x.shape().toArray();
    int length = dims[axis];
    if (length == 0) {
      throw new ShapeException(
          "argmax: axis %d of shape %s is empty".formatted(axis, x.shape()));
    }
    int inner = 1;
    for (int i = axis + 1; i < dims.length; i++) {
      inner *= dims[i];
    }
    double[] values = x.toDoubleArray();
    dims[axis] = 1;
    int[] result = new int[values.length / length];
    for (int i = 0; i < result.length; i++) {
      int start = i / inner * inner * length + i % inner;
      int best = 0;
      for (int k = 1; k < length; k++) {
        double candidate = values[start + k * inner];
        double largest = values[start + best * inner];
        if (candidate > largest || (Double.isNaN(candidate) && !Double.isNaN(largest))) {
          best = k;
        }
      }
      result[i] = best;
    }
    return Tensor.ofInts(Shape.of(dims), result).squeeze(axis);
  }
}
