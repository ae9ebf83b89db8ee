package dev.lanegrad.autodiff.internal.memory;

import dev.lanegrad.autodiff.DType;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Arrays of one thread that wait for their next use, by dtype and length. */
final class Pool {
  /** Scopes after which arrays that were not needed are left to the garbage collector. */
  private static final int PATIENCE = 64;

  private static final class Shelf {
    private final DType dtype;
    private final int length;
    private final Deque<Object> arrays = new ArrayDeque<>();

    /** The fewest arrays that lay here of late: so many were not needed. */
    private int spare;

    Shelf(DType dtype, int length) {
      this.dtype = dtype;
      this.length = length;
    }
  }

  /** A hash table with open addressing: it is asked several times in every operation. */
  private @Nullable Shelf[] shelves = new Shelf[64];

  private int used;
  private int scopes;
  private int usualCount;

  @Nullable Object take(DType dtype, int length) {
    Shelf shelf = shelves[find(dtype, length)];
    if (shelf == null) {
      return null;
    }
    Object array = shelf.arrays.poll();
    shelf.spare = Math.min(shelf.spare, shelf.arrays.size());
    return array;
  }

  void give(DType dtype, Object array) {
    int length = array instanceof float[] floats ? floats.length : ((double[]) array).length;
    int place = find(dtype, length);
    Shelf shelf = shelves[place];
    if (shelf == null) {
      shelf = new Shelf(dtype, length);
      shelves[place] = shelf;
      used++;
    }
    shelf.arrays.push(array);
    if (2 * used > shelves.length) {
      rehash(2 * shelves.length);
    }
  }

  /** Where the shelf is or would be. */
  private int find(DType dtype, int length) {
    int mask = shelves.length - 1;
    int place = (((length + dtype.bytes()) * 0x9E3779B9) >>> 16) & mask;
    Shelf shelf = shelves[place];
    while (shelf != null && (shelf.length != length || shelf.dtype != dtype)) {
      place = (place + 1) & mask;
      shelf = shelves[place];
    }
    return place;
  }

  private void rehash(int size) {
    @Nullable Shelf[] old = shelves;
    shelves = new Shelf[size];
    used = 0;
    for (Shelf shelf : old) {
      if (shelf != null && !shelf.arrays.isEmpty()) {
        shelves[find(shelf.dtype, shelf.length)] = shelf;
        used++;
      }
    }
  }

  /** How many storages a scope makes, as far as one can tell. */
  int usualCount() {
    return usualCount;
  }

  /** Forgets at times what has not been used of late. */
  void endScope(int storages) {
    usualCount = storages;
    if (++scopes % PATIENCE != 0) {
      return;
    }
    for (Shelf shelf : shelves) {
      if (shelf != null) {
        for (int i = 0; i < shelf.spare; i++) {
          shelf.arrays.poll();
        }
        shelf.spare = shelf.arrays.size();
      }
    }
    rehash(shelves.length);
  }
}
