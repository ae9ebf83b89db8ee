package dev.lanegrad.autodiff.internal.kernel;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.memory.Storage;

/** Temporary arrays of kernels, padded like every storage; what they hold is left over. */
final class Scratch {
  private Scratch() {}

  static Object of(DType dtype, int size) {
    return Storage.forResult(dtype, size).array();
  }

  static Object like(Object array, int size) {
    return of(array instanceof float[] ? DType.FLOAT32 : DType.FLOAT64, size);
  }

  /** An array that the same thread gives back when it is done. */
  static Object borrow(DType dtype, int size) {
    return Storage.borrow(dtype, size);
  }

  static void giveBack(Object array) {
    Storage.giveBack(array);
  }

  static int length(Object array) {
    return array instanceof float[] floats ? floats.length : ((double[]) array).length;
  }

  /** An array of zeros that no scope takes back. */
  static Object ownOf(DType dtype, int size) {
    return Storage.allocate(dtype, size).array();
  }
}
