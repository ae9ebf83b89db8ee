package dev.lanegrad.autodiff.internal.kernel;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.memory.Storage;

/** Temporary arrays of kernels, padded like every storage. */
final class Scratch {
  private Scratch() {}

  static Object of(DType dtype, int size) {
    return Storage.allocate(dtype, size).array();
  }

  static Object like(Object array, int size) {
    return of(array instanceof float[] ? DType.FLOAT32 : DType.FLOAT64, size);
  }
}
