package dev.lanegrad.autodiff.internal.kernel.arrays;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.memory.Storage;

/** Temporary arrays of kernels, padded like every storage; what they hold is left over. */
public final class Scratch {
  private Scratch() {}

  public static Object of(DType dtype, int size) {
    return Storage.forResult(dtype, size).array();
  }

  static Object like(Object array, int size) {
    return of(array instanceof float[] ? DType.FLOAT32 : DType.FLOAT64, size);
  }

  /** An array that the same thread gives back when it is done. */
  public static Object borrow(DType dtype, int size) {
    return Storage.borrow(dtype, size);
  }

  public static void giveBack(Object array) {
    Storage.giveBack(array);
  }

  public static int length(Object array) {
    return array instanceof float[] floats ? floats.length : ((double[]) array).length;
  }

  /** An array of zeros that no scope takes back. */
  public static Object ownOf(DType dtype, int size) {
    return Storage.allocate(dtype, size).array();
  }
}
