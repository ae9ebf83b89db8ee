package dev.lanegrad.autodiff.internal.memory;

import dev.lanegrad.autodiff.DType;
import java.lang.ref.Reference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Arrays of one thread that are lent to the storages of its scopes and wait for their next use in
 * between. What it holds, lent and waiting, is at most {@link #MULTIPLE} times what was lent at
 * once in one of the recent scopes; what has waited longest goes first. Whoever has {@link
 * Pools#open opened} it uses it alone.
 */
final class Pool {
  private static final int MULTIPLE = 2;

  /** The recent scopes are the last 8 to 16. */
  private static final int RECENT = 8;

  /** One for each length and dtype. */
  private static final int SHELVES = 2 * SizeClass.COUNT;

  private final List<@Nullable Deque<Recyclable>> shelves =
      new ArrayList<>(Collections.nCopies(SHELVES, null));

  /** A bit for each shelf on which something waits. */
  private final long[] waiting = new long[SHELVES / Long.SIZE];

  /** What is lent for a moment, see {@link Storage#borrow}. */
  private final List<Storage> borrowed = new ArrayList<>();

  /** Bytes that are lent or wait. Any thread may find that the garbage collector took some. */
  private final AtomicLong held = new AtomicLong();

  private long lent;
  private long mostLent;
  private long mostOfThese;
  private long mostOfThoseBefore;
  private int scopes;
  private int usualCount;
  private long time;

  /** Lends an array that waits, or a new one. */
  Storage take(DType dtype, int length) {
    int sizeClass = SizeClass.of(length);
    int first = dtype == DType.FLOAT32 ? 0 : SizeClass.COUNT;
    int last = first + SizeClass.last(sizeClass);
    for (int i = next(first + sizeClass, last); i >= 0; i = next(i, last)) {
      Recyclable found = removeFirst(i);
      Object array = found.get();
      if (array != null) {
        countLent(found.bytes);
        return new Storage(dtype, array, found);
      }
    }
    return make(dtype, first + sizeClass, SizeClass.length(sizeClass));
  }

  private Storage make(DType dtype, int shelf, int length) {
    long bytes = Recyclable.bytes(dtype, length);
    countLent(bytes);
    Pools.forgetCleared();
    trim(bytes);
    Pools.makeRoom(bytes);
    count(bytes);
    Object array = Storage.newArray(dtype, length);
    return new Storage(dtype, array, new Recyclable(this, shelf, bytes, array));
  }

  /** Takes an array back. */
  void give(Recyclable returned) {
    lent -= returned.bytes;
    returned.givenBack = ++time;
    if (Pools.isFull(0)) {
      drop(returned);
    } else {
      add(returned);
    }
  }

  /** Lends an array that {@link #giveBack} takes back. */
  Object borrow(DType dtype, int length) {
    Storage taken = take(dtype, length);
    borrowed.add(taken);
    return taken.array();
  }

  /** Takes back what is borrowed. */
  @SuppressWarnings("ReferenceEquality") // the same array, not an equal one
  void giveBack(Object array) {
    for (int i = borrowed.size() - 1; i >= 0; i--) {
      if (borrowed.get(i).array() == array) {
        give(borrowed.remove(i).release());
        return;
      }
    }
  }

  private void countLent(long bytes) {
    lent += bytes;
    mostLent = Math.max(mostLent, lent);
  }

  private void count(long bytes) {
    held.addAndGet(bytes);
    Pools.count(bytes);
  }

  /** The garbage collector has taken something that waited. */
  void forget(Recyclable cleared) {
    count(-cleared.bytes);
  }

  /** Leaves an array to the garbage collector. */
  private void drop(Recyclable unused) {
    Object array = unused.get();
    try {
      if (array != null) {
        unused.clear();
        count(-unused.bytes);
      }
    } finally {
      Reference.reachabilityFence(array);
    }
  }

  private void add(Recyclable returned) {
    int shelf = returned.shelf;
    Deque<Recyclable> arrays = shelves.get(shelf);
    if (arrays == null) {
      arrays = new ArrayDeque<>();
      shelves.set(shelf, arrays);
    }
    arrays.addFirst(returned);
    waiting[shelf >>> 6] |= 1L << shelf;
  }

  private Deque<Recyclable> arrays(int shelf) {
    Deque<Recyclable> arrays = shelves.get(shelf);
    if (arrays == null) {
      throw new IllegalStateException("nothing has ever been on shelf " + shelf);
    }
    return arrays;
  }

  private Recyclable removeFirst(int shelf) {
    Deque<Recyclable> arrays = arrays(shelf);
    Recyclable found = arrays.removeFirst();
    noteIfEmpty(shelf, arrays);
    return found;
  }

  private void noteIfEmpty(int shelf, Deque<Recyclable> arrays) {
    if (arrays.isEmpty()) {
      waiting[shelf >>> 6] &= ~(1L << shelf);
    }
  }

  /** The first of some shelves on which something waits, or -1. */
  private int next(int first, int last) {
    int word = first >>> 6;
    long bits = waiting[word] & (-1L << first);
    while (bits == 0 && ++word <= last >>> 6) {
      bits = waiting[word];
    }
    int found = Long.SIZE * word + Long.numberOfTrailingZeros(bits);
    return bits != 0 && found <= last ? found : -1;
  }

  /** Drops what has waited longest while there is too much, with what is wanted now. */
  private void trim(long wanted) {
    long most = MULTIPLE * Math.max(mostLent, Math.max(mostOfThese, mostOfThoseBefore));
    while (held.get() + wanted > most || Pools.isFull(wanted)) {
      int shelf = oldest();
      if (shelf < 0) {
        return;
      }
      Deque<Recyclable> arrays = arrays(shelf);
      drop(arrays.removeLast());
      noteIfEmpty(shelf, arrays);
    }
  }

  /** The shelf with the array that has waited longest, or -1 if none waits. */
  private int oldest() {
    int oldest = -1;
    long since = Long.MAX_VALUE;
    for (int word = 0; word < waiting.length; word++) {
      for (long bits = waiting[word]; bits != 0; bits &= bits - 1) {
        int shelf = Long.SIZE * word + Long.numberOfTrailingZeros(bits);
        long givenBack = arrays(shelf).getLast().givenBack;
        if (givenBack < since) {
          since = givenBack;
          oldest = shelf;
        }
      }
    }
    return oldest;
  }

  /** Bytes that are lent or wait. */
  long held() {
    return held.get();
  }

  /** How many storages a scope makes, as far as one can tell. */
  int usualCount() {
    return usualCount;
  }

  /** A scope has ended that made so many storages. */
  void endScope(int storages, boolean isOutermost) {
    usualCount = storages;
    if (!isOutermost) {
      return;
    }
    // what is lent still has left the scope, or an exception has lost it
    count(-lent);
    lent = 0;
    borrowed.clear();
    mostOfThese = Math.max(mostOfThese, mostLent);
    mostLent = 0;
    trim(0);
    if (++scopes % RECENT == 0) {
      mostOfThoseBefore = mostOfThese;
      mostOfThese = 0;
    }
  }

  /** Leaves everything that waits to the garbage collector. */
  void clear() {
    for (Deque<Recyclable> arrays : shelves) {
      if (arrays != null) {
        arrays.forEach(this::drop);
        arrays.clear();
      }
    }
    Arrays.fill(waiting, 0);
    mostOfThese = 0;
    mostOfThoseBefore = 0;
  }
}
