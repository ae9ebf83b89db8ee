package dev.lanegrad.autodiff.internal.memory;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A pool and who may use it. It is opened and closed once for each scope: that takes no lock, and
 * no look at the clock.
 */
final class OwnedPool {
  private static final int FREE = 0;
  private static final int OPEN = 1;
  private static final int LOOKED_AT = 2;

  private final Pool pool = new Pool();
  private final AtomicInteger state = new AtomicInteger(FREE);
  private Thread owner = Thread.currentThread();

  /** Whether {@link Pools} knows that this may hold something. */
  private boolean isKnown;

  /** How often it has been opened, as one tells whether it was used between two looks. */
  private int opened;

  private int openedAtLastLook;
  private long unusedSince;

  Pool pool() {
    return pool;
  }

  /** Whether this thread may use it from now on. */
  @SuppressWarnings("ReferenceEquality") // threads are objects of their own
  boolean open() {
    while (!state.compareAndSet(FREE, OPEN)) {
      if (state.get() == OPEN) {
        return false;
      }
      Thread.onSpinWait();
    }
    opened++;
    Thread current = Thread.currentThread();
    if (owner != current) { // a write costs the garbage collector more than a look
      owner = current;
    }
    if (!isKnown) {
      isKnown = true;
      Pools.know(this);
    }
    return true;
  }

  void close() {
    state.setRelease(FREE);
  }

  /** Whether its thread has ended. */
  boolean isLeft() {
    return state.get() == FREE && !owner.isAlive();
  }

  /** Empties it if nobody uses it, nor has for so many nanoseconds since somebody looked first. */
  void emptyAfter(long patience) {
    if (!state.compareAndSet(FREE, LOOKED_AT)) {
      return;
    }
    try {
      long now = System.nanoTime();
      if (opened != openedAtLastLook) {
        openedAtLastLook = opened;
        unusedSince = now;
      }
      if (now - unusedSince >= patience) {
        pool.clear();
        isKnown = false;
        Pools.forget(this);
      }
    } finally {
      state.setRelease(FREE);
    }
  }
}
