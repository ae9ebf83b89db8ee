package dev.lanegrad.autodiff.internal.memory;

import org.jspecify.annotations.Nullable;

/**
 * Gives storages of a scope back before the scope ends: those made while somebody watched over all
 * who hold them, when the last of these has dropped them. Nothing is recycled without a scope.
 */
public final class Recycler {
  private final @Nullable Arena arena;

  private Recycler(@Nullable Arena arena) {
    this.arena = arena;
  }

  /** For the current scope. */
  public static Recycler ofScope() {
    return new Recycler(Arena.current());
  }

  /** Recycles nothing. */
  public static Recycler none() {
    return new Recycler(null);
  }

  /** A point in time: how many storages the scope has made. */
  public int now() {
    return arena == null ? 0 : arena.made();
  }

  /** From here on, whoever holds a storage that was made since then says so. */
  public void watchSince(int then) {
    for (int i = then; i < now(); i++) {
      made(i).watch();
    }
  }

  /** Gives back what was made since then, is watched and held by nobody. */
  public void sweepSince(int then) {
    for (int i = then; i < now(); i++) {
      if (made(i).isUnused()) {
        giveBack(made(i));
      }
    }
  }

  /** One more holds it. */
  public void hold(Storage storage) {
    if (arena != null) {
      storage.hold(1);
    }
  }

  /** One less does; the last gives it back. */
  public void drop(Storage storage) {
    if (arena != null) {
      storage.hold(-1);
      if (storage.isUnused()) {
        giveBack(storage);
      }
    }
  }

  /** Somebody may hold it who does not say so. */
  public void leaveAlone(Storage storage) {
    if (arena != null) {
      storage.leaveAlone();
    }
  }

  private Storage made(int index) {
    if (arena == null) {
      throw new IllegalStateException("there is no scope");
    }
    return arena.made(index);
  }

  private void giveBack(Storage storage) {
    if (arena != null) {
      arena.give(storage.release());
    }
  }
}
