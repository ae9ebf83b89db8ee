package dev.lanegrad.autodiff.internal.memory;

import dev.lanegrad.autodiff.DType;
import java.lang.ref.SoftReference;
import org.jspecify.annotations.Nullable;

/**
 * An array that a {@link Pool} lends and takes back. While it waits for its next use the garbage
 * collector may take it, as it does before anybody gets an OutOfMemoryError.
 */
final class Recyclable extends SoftReference<Object> {
  private static final int HEADER = 16;

  private final Pool pool;
  final int shelf;
  final long bytes;

  /** When it was given back last, in the pool's time. */
  long givenBack;

  private @Nullable Object lent;

  /** An array that is lent from now on. */
  Recyclable(Pool pool, int shelf, long bytes, Object array) {
    super(array, Pools.CLEARED);
    this.pool = pool;
    this.shelf = shelf;
    this.bytes = bytes;
    this.lent = array;
  }

  static long bytes(DType dtype, int length) {
    return HEADER + (long) dtype.bytes() * length;
  }

  /** The array, while it is lent. */
  Object array() {
    Object array = lent;
    if (array == null) {
      throw new IllegalStateException("the array is not lent");
    }
    return array;
  }

  /** Lends the array; false if the garbage collector has taken it. */
  boolean lend() {
    lent = get();
    return lent != null;
  }

  void takeBack() {
    lent = null;
  }

  /** The garbage collector has taken the array. */
  void forget() {
    pool.forget(this);
  }
}
