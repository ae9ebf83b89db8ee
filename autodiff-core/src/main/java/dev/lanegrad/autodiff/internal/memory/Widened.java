package dev.lanegrad.autodiff.internal.memory;

/**
 * Elements of either floating-point dtype as float64, which holds both exactly: what compares
 * elements, and does not compute with them, is written once.
 */
public final class Widened {
  private Widened() {}

  /** Reads elements from {@code first} on. */
  public static void read(Object array, int first, double[] to, int count) {
    if (array instanceof float[] floats) {
      for (int i = 0; i < count; i++) {
        to[i] = floats[first + i];
      }
    } else {
      System.arraycopy(array, first, to, 0, count);
    }
  }

  /** Writes elements that were read. */
  public static void write(double[] from, Object array, int first, int count) {
    if (array instanceof float[] floats) {
      for (int i = 0; i < count; i++) {
        floats[first + i] = (float) from[i];
      }
    } else {
      System.arraycopy(from, 0, array, first, count);
    }
  }
}
