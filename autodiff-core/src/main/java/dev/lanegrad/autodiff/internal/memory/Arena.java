package dev.lanegrad.autodiff.internal.memory;

import dev.lanegrad.autodiff.DType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The storage that operations made inside a scope. At its end the arrays go back to a pool of the
 * thread, from which the next scope takes them: a step of training then allocates next to nothing.
 * A storage that was given back refuses every access.
 */
public final class Arena {
  private static final ScopedValue<Arena> CURRENT = ScopedValue.newInstance();
  private static final ThreadLocal<Pool> POOL = ThreadLocal.withInitial(Pool::new);

  private final @Nullable Arena outer;
  private final long thread = Thread.currentThread().threadId();
  private final List<Storage> made = new ArrayList<>();

  private Arena(@Nullable Arena outer) {
    this.outer = outer;
  }

  /**
   * Runs something in a scope of its own.
   *
   * @param leaving the storages of a result that outlive the scope
   */
  public static <T> T scope(
      ScopedValue.CallableOp<T, RuntimeException> action, Function<T, List<Storage>> leaving) {
    Arena arena = new Arena(current());
    Set<Storage> kept = Collections.newSetFromMap(new IdentityHashMap<>());
    try {
      T result = ScopedValue.where(CURRENT, arena).call(action);
      kept.addAll(leaving.apply(result));
      return result;
    } finally {
      arena.close(kept);
    }
  }

  /** The innermost scope of this thread; one that another thread opened does not count. */
  private static @Nullable Arena current() {
    Arena arena = CURRENT.isBound() ? CURRENT.get() : null;
    return arena != null && arena.isOfThisThread() ? arena : null;
  }

  /** An array for the current scope to take back, or null where there is none. */
  static @Nullable Object take(DType dtype, int length) {
    Arena arena = current();
    boolean pooled = arena != null && dtype.isFloating();
    return pooled ? POOL.get().take(dtype, length) : null;
  }

  /** Leaves an array to whoever needs one next; without a scope to the garbage collector. */
  static void give(DType dtype, Object array) {
    if (current() != null && dtype.isFloating()) {
      POOL.get().give(dtype, array);
    }
  }

  /** Has the current scope take a storage back at its end. */
  static void register(Storage storage) {
    Arena arena = current();
    if (arena != null && storage.dtype().isFloating()) {
      arena.made.add(storage);
    }
  }

  private boolean isOfThisThread() {
    return thread == Thread.currentThread().threadId();
  }

  private void close(Set<Storage> kept) {
    Pool pool = POOL.get();
    for (Storage storage : made) {
      if (!kept.contains(storage)) {
        pool.give(storage.dtype(), storage.release());
      } else if (outer != null) {
        outer.made.add(storage);
      }
    }
    pool.forgetUnused();
  }

  /** Arrays that wait for their next use, by dtype and length. */
  private static final class Pool {
    /** Scopes after which arrays that were not needed are left to the garbage collector. */
    private static final int PATIENCE = 64;

    private record Size(DType dtype, int length) {}

    private static final class Shelf {
      private final Deque<Object> arrays = new ArrayDeque<>();

      /** The fewest arrays that lay here of late: so many were not needed. */
      private int spare;
    }

    private final Map<Size, Shelf> shelves = new HashMap<>();
    private int scopes;

    @Nullable Object take(DType dtype, int length) {
      Shelf shelf = shelves.get(new Size(dtype, length));
      Object array = shelf == null ? null : shelf.arrays.poll();
      if (shelf != null) {
        shelf.spare = Math.min(shelf.spare, shelf.arrays.size());
      }
      return array;
    }

    void give(DType dtype, Object array) {
      int length = array instanceof float[] floats ? floats.length : ((double[]) array).length;
      shelves.computeIfAbsent(new Size(dtype, length), _ -> new Shelf()).arrays.push(array);
    }

    void forgetUnused() {
      if (++scopes % PATIENCE != 0) {
        return;
      }
      for (Shelf shelf : shelves.values()) {
        for (int i = 0; i < shelf.spare; i++) {
          shelf.arrays.poll();
        }
        shelf.spare = shelf.arrays.size();
      }
      shelves.values().removeIf(shelf -> shelf.arrays.isEmpty());
    }
  }
}
