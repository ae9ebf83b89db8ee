package dev.lanegrad.autodiff.internal.memory;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The pools of all threads. Together they hold at most half of the heap, as far as running scopes
 * do not need more. A pool that nobody has opened for {@link #PATIENCE} is emptied, whether its
 * thread lives or not; that of a thread that has ended goes to the next that comes.
 */
final class Pools {
  /** What the garbage collector took. */
  static final ReferenceQueue<Object> CLEARED = new ReferenceQueue<>();

  private static final long MOST = Runtime.getRuntime().maxMemory() / 2;
  private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(1_500);
  private static final long LOOK_MILLIS = 500;

  private static final AtomicLong HELD = new AtomicLong();
  private static final ThreadLocal<@Nullable OwnedPool> OF_THREAD = new ThreadLocal<>();

  /** Those that may hold something. */
  private static final Set<OwnedPool> KNOWN = ConcurrentHashMap.newKeySet();

  private static final AtomicBoolean IS_WATCHED = new AtomicBoolean();

  private Pools() {}

  /** A pool for this thread alone, until it closes it. */
  static OwnedPool open() {
    OwnedPool own = OF_THREAD.get();
    if (own != null && own.open()) {
      return own;
    }
    for (OwnedPool other : KNOWN) {
      if (other.isLeft() && other.open()) {
        OF_THREAD.set(other);
        return other;
      }
    }
    OwnedPool made = new OwnedPool();
    made.open();
    OF_THREAD.set(made);
    return made;
  }

  /** It may hold something from now on. */
  static void know(OwnedPool pool) {
    KNOWN.add(pool);
    watch();
  }

  /** It holds nothing. */
  static void forget(OwnedPool pool) {
    KNOWN.remove(pool);
  }

  /** Bytes that all pools hold, lent or waiting. */
  static long held() {
    forgetCleared();
    return HELD.get();
  }

  static void count(long bytes) {
    HELD.addAndGet(bytes);
  }

  /** Whether all hold more than they should, with so much more. */
  static boolean isFull(long more) {
    return HELD.get() + more > MOST;
  }

  /** Empties pools that nobody uses just now, if all hold too much. */
  static void makeRoom(long bytes) {
    if (isFull(bytes)) {
      KNOWN.forEach(pool -> pool.emptyAfter(0));
    }
  }

  /** Takes note of what the garbage collector took. */
  static void forgetCleared() {
    Reference<?> cleared = CLEARED.poll();
    while (cleared != null) {
      ((Recyclable) cleared).forget();
      cleared = CLEARED.poll();
    }
  }

  private static void watch() {
    if (!IS_WATCHED.get() && IS_WATCHED.compareAndSet(false, true)) {
      Thread thread = new Thread(Pools::emptyWhatIsNotUsed, "lanegrad-recycling");
      thread.setDaemon(true);
      thread.setContextClassLoader(null);
      thread.start();
    }
  }

  /** Looks after the pools until none holds anything. */
  private static void emptyWhatIsNotUsed() {
    do {
      while (!KNOWN.isEmpty()) {
        try {
          Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException _) {
          // nobody else knows this thread
        }
        forgetCleared();
        KNOWN.forEach(pool -> pool.emptyAfter(PATIENCE));
      }
      IS_WATCHED.set(false);
    } while (!KNOWN.isEmpty() && IS_WATCHED.compareAndSet(false, true));
  }
}
