package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.internal.graph.TensorAccess;
import dev.lanegrad.autodiff.internal.memory.Layout;
import dev.lanegrad.autodiff.internal.memory.Runs;
import dev.lanegrad.autodiff.internal.memory.Storage;
import java.util.Arrays;

/** The elements of tensors in arrays of Java, in row-major order. */
final class ElementArrays {
  private ElementArrays() {}

  /** A copy in an array of the same dtype. */
  static Object copy(Tensor tensor) {
    return copy(TensorAccess.get().storage(tensor), TensorAccess.get().layout(tensor));
  }

  private static Object copy(Storage storage, Layout layout) {
    int size = layout.shape().size();
    Object copy =
        switch (storage.dtype()) {
          case FLOAT32 -> new float[size];
          case FLOAT64 -> new double[size];
          case INT32 -> new int[size];
          case BOOL -> new boolean[size];
        };
    if (size > 0) {
      int[] dims = layout.shape().toArray();
      Runs.copy(storage.array(), layout.offset(), dims, layout.strides(), copy, 0);
      storage.requireUnreleased();
    }
    return copy;
  }

  /** As doubles, of any dtype but float64; true counts as 1. */
  static double[] doubles(Tensor tensor) {
    Storage storage = TensorAccess.get().storage(tensor);
    Layout layout = TensorAccess.get().layout(tensor);
    double[] result = new double[layout.shape().size()];
    boolean inOrder = layout.isContiguous();
    int first = inOrder ? layout.offset() : 0;
    switch (inOrder ? storage.array() : copy(storage, layout)) {
      case float[] floats -> {
        for (int i = 0; i < result.length; i++) {
          result[i] = floats[first + i];
        }
      }
      case int[] ints -> Arrays.setAll(result, i -> ints[first + i]);
      case boolean[] booleans -> Arrays.setAll(result, i -> booleans[first + i] ? 1 : 0);
      default -> throw new AssertionError(storage.dtype());
    }
    storage.requireUnreleased();
    return result;
  }

  static float[] rounded(double[] values) {
    float[] result = new float[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) values[i];
    }
    return result;
  }
}
