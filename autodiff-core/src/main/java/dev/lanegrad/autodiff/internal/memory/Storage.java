package dev.lanegrad.autodiff.internal.memory;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.ShapeException;

/**
 * A heap array of one dtype that layouts look into. It is longer than its elements by at least one
 * whole vector, so that loops over vectors need no special end.
 */
public final class Storage {
  /** Elements of padding: a vector of 512 bits of the smallest floating type. */
  private static final int PADDING = 16;

  private final DType dtype;
  private final Object array;
  private volatile int version;

  private Storage(DType dtype, Object array) {
    this.dtype = dtype;
    this.array = array;
  }

  /** Room for {@code size} elements, all zero. */
  public static Storage allocate(DType dtype, int size) {
    if (size > Integer.MAX_VALUE - 4 * PADDING) {
      throw new ShapeException(
          "a tensor of %,d elements is too large: at most %,d fit"
              .formatted(size, Integer.MAX_VALUE - 4 * PADDING));
    }
    int length = (size + 2 * PADDING - 1) / PADDING * PADDING;
    return new Storage(
        dtype,
        switch (dtype) {
          case FLOAT32 -> new float[length];
          case FLOAT64 -> new double[length];
          case INT32 -> new int[length];
          case BOOL -> new boolean[size];
        });
  }

  /** Storage that begins with the elements of an array. */
  public static Storage copyOf(DType dtype, Object array, int size) {
    Storage storage = allocate(dtype, size);
    System.arraycopy(array, 0, storage.array, 0, size);
    return storage;
  }

  public DType dtype() {
    return dtype;
  }

  /** The {@code float[]}, {@code double[]}, {@code int[]} or {@code boolean[]}. */
  public Object array() {
    return array;
  }

  public float[] floats() {
    return (float[]) array;
  }

  public double[] doubles() {
    return (double[]) array;
  }

  public int[] ints() {
    return (int[]) array;
  }

  public boolean[] booleans() {
    return (boolean[]) array;
  }

  /** How often the elements have been changed in place. */
  public int version() {
    return version;
  }

  /** Counts a change in place. There is one writer at a time. */
  @SuppressWarnings("NonAtomicVolatileUpdate")
  public void changed() {
    version++;
  }
}
