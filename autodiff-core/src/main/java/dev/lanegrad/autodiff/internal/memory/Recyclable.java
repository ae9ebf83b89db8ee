package dev.lanegrad.autodiff.internal.memory;

import dev.lanegrad.autodiff.DType;
import java.lang.ref.SoftReference;

/**
 * An array that a {@link Pool} lends to a {@link Storage} and takes back. While it waits for its
 * next use the garbage collector may take it, as it does before anybody gets an OutOfMemoryError.
 */
final class Recyclable extends SoftReference<Object> {
  private static final int HEADER = 16;

  private final Pool pool;
  final int shelf;
  final long bytes;

  /** When it was given back last, in the pool's time. */
  long givenBack;

  /** An array that whoever makes this holds. */
  Recyclable(Pool pool, int shelf, long bytes, Object array) {
    super(array, Pools.CLEARED);
    this.pool = pool;
    this.shelf = shelf;
    this.bytes = bytes;
  }

  static long bytes(DType dtype, int length) {
    return HEADER + (long) dtype.bytes() * length;
  }

  /** The garbage collector has taken the array. */
  void forget() {
    pool.forget(this);
  }
}
