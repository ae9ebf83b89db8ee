package dev.lanegrad.autodiff.internal.memory;

import dev.lanegrad.autodiff.DType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The storage that operations made inside a scope. At its end the arrays go back to the {@link
 * Pool} of the thread, from which the next scope takes them: a step of training then allocates next
 * to nothing. A storage that was given back refuses every access.
 */
public final class Arena {
  private static final ScopedValue<Arena> CURRENT = ScopedValue.newInstance();

  private final @Nullable Arena outer;
  private final Thread thread = Thread.currentThread();
  private final OwnedPool owned;
  private final Pool pool;
  private final List<Storage> made;

  private Arena(@Nullable Arena outer) {
    this.outer = outer;
    this.owned = outer == null ? Pools.open() : outer.owned;
    this.pool = owned.pool();
    this.made = new ArrayList<>(pool.usualCount());
  }

  /**
   * Runs something in a scope of its own.
   *
   * @param leaving the storages of a result that outlive the scope
   */
  public static <T> T scope(
      ScopedValue.CallableOp<T, RuntimeException> action, Function<T, List<Storage>> leaving) {
    Arena arena = new Arena(current());
    List<Storage> kept = List.of();
    try {
      T result = ScopedValue.where(CURRENT, arena).call(action);
      kept = leaving.apply(result);
      return result;
    } finally {
      try {
        arena.close(kept.isEmpty() ? Set.of() : new HashSet<>(kept));
      } finally {
        if (arena.outer == null) {
          arena.owned.close();
        }
      }
    }
  }

  /** The innermost scope of this thread; one that another thread opened does not count. */
  public static @Nullable Arena current() {
    Arena arena = CURRENT.isBound() ? CURRENT.get() : null;
    return arena != null && arena.isOfThisThread() ? arena : null;
  }

  @SuppressWarnings("ReferenceEquality") // threads are objects of their own
  private boolean isOfThisThread() {
    return thread == Thread.currentThread();
  }

  /**
   * Room for so many elements, which hold what is left over. It is taken back at the end, unless it
   * is released before.
   */
  Storage take(DType dtype, int length) {
    Storage storage = pool.take(dtype, length);
    made.add(storage);
    return storage;
  }

  /** Leaves an array to whoever needs one next. */
  void give(Recyclable array) {
    pool.give(array);
  }

  /** Lends an array that {@link #giveBack} takes back. */
  Object borrow(DType dtype, int length) {
    return pool.borrow(dtype, length);
  }

  void giveBack(Object array) {
    pool.giveBack(array);
  }

  /** How many storages have been made so far. */
  public int made() {
    return made.size();
  }

  /** A storage by the order in which they were made. */
  public Storage made(int index) {
    return made.get(index);
  }

  private void close(Set<Storage> kept) {
    for (Storage storage : made) {
      if (!storage.isReleased()) {
        if (!kept.contains(storage)) {
          pool.give(storage.release());
        } else if (outer != null) {
          outer.made.add(storage);
        } else {
          storage.leave();
        }
      }
    }
    pool.endScope(made.size(), outer == null);
  }

  /** How many bytes the scopes of all threads hold, in use or for their next use. */
  public static long heldBytes() {
    return Pools.held();
  }
}
