package dev.lanegrad.autodiff.internal.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What pools of recycled arrays keep, and to whom they lend it. */
class PoolTest {
  private static final int LONGEST = Integer.MAX_VALUE - 47;

  private static Object array(Pool pool, int length) {
    Storage taken = pool.take(DType.FLOAT32, length);
    Object array = taken.array();
    pool.give(taken.release());
    return array;
  }

  @Test
  void lengthsOfClassesAreAtMostAnEighthTooLong() {
    for (long length = 0; length <= LONGEST; length += 1 + length / 1_000) {
      int sizeClass = SizeClass.of((int) length);
      int given = SizeClass.length(sizeClass);
      long asked = length;
      assertTrue(given >= asked, () -> given + " for " + asked);
      assertTrue(given <= asked + asked / 8 + 16, () -> given + " for " + asked);
      int most = SizeClass.length(SizeClass.last(sizeClass));
      assertTrue(most <= 2L * given + 16, () -> most + " for " + given);
      assertEquals(sizeClass, SizeClass.of(given));
    }
    assertEquals(LONGEST, SizeClass.length(SizeClass.of(LONGEST)));
    assertTrue(SizeClass.last(SizeClass.of(LONGEST)) < SizeClass.COUNT);
  }

  @Test
  void anArrayServesLengthsDownToItsHalf() {
    Pool pool = new Pool();
    Object first = array(pool, 10_000);
    assertSame(first, array(pool, 9_000));
    assertSame(first, array(pool, 5_200));
    assertNotSame(first, array(pool, 4_000));
    assertNotSame(first, pool.take(DType.FLOAT64, 10_000).array());
    pool.endScope(0, true);
    pool.clear();
    assertEquals(0, pool.held());
  }

  /** Steps that need the same make no new arrays, whatever the order of what they need. */
  @Test
  void equalStepsAllocateNothing() {
    for (long seed = 0; seed < 20; seed++) {
      Pool pool = new Pool();
      int before = 0;
      Set<Object> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
      for (int step = 0; step < 8; step++) {
        before = arrays.size();
        takeAndGive(pool, seed, 20_000, arrays);
        pool.endScope(0, true);
      }
      assertEquals(before, arrays.size(), "seed " + seed);
      pool.clear();
    }
  }

  @SuppressWarnings("ReferenceEquality") // whether it is the same array
  private static void takeAndGive(Pool pool, long seed, int longest, Set<Object> seen) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Storage> taken = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      if (taken.isEmpty() || random.nextInt(3) > 0) {
        DType dtype = random.nextInt(4) == 0 ? DType.FLOAT64 : DType.FLOAT32;
        Storage next = pool.take(dtype, 16 * random.nextInt(1, longest / 16));
        assertTrue(taken.stream().noneMatch(other -> other.array() == next.array()));
        taken.add(next);
        seen.add(next.array());
      } else {
        pool.give(taken.remove(random.nextInt(taken.size())).release());
      }
    }
    taken.forEach(each -> pool.give(each.release()));
  }

  @Test
  void whatIsKeptIsTwiceOfWhatRecentScopesNeeded() {
    Pool pool = new Pool();
    List<Long> needed = new ArrayList<>();
    for (int scope = 0; scope < 100; scope++) {
      List<Storage> taken = new ArrayList<>();
      int length = scope == 20 ? 1_000_000 : 100 + 97 * (scope % 13);
      for (int i = 0; i < 5; i++) {
        taken.add(pool.take(DType.FLOAT32, length));
      }
      List<Recyclable> released = taken.stream().map(Storage::release).toList();
      needed.add(released.stream().mapToLong(each -> each.bytes).sum());
      released.forEach(pool::give);
      pool.endScope(5, true);
      long most = Collections.max(needed.subList(Math.max(0, scope - 15), scope + 1));
      assertTrue(pool.held() <= 2 * most, "scope " + scope + ": " + pool.held() + ", " + most);
    }
    pool.clear();
  }

  @Test
  void whatAnExceptionLosesIsNotCounted() {
    Pool pool = new Pool();
    pool.borrow(DType.FLOAT32, 1_000);
    pool.take(DType.FLOAT32, 2_000);
    pool.endScope(1, true);
    assertEquals(0, pool.held());
  }

  @Test
  void whatTheCollectorTookIsNotLent() {
    Pool pool = new Pool();
    Recyclable taken = pool.take(DType.FLOAT32, 1_000).release();
    pool.give(taken);
    taken.clear();
    assertNotSame(taken, pool.take(DType.FLOAT32, 1_000).release());
    pool.endScope(1, true);
  }

  @Test
  void aThreadThatHasEndedLeavesItsPoolToTheNext() throws InterruptedException {
    Set<OwnedPool> used = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      AtomicReference<OwnedPool> opened = new AtomicReference<>();
      Thread thread =
          new Thread(
              () -> {
                OwnedPool own = Pools.open();
                array(own.pool(), 10_000);
                own.close();
                opened.set(own);
              });
      thread.start();
      thread.join();
      used.add(opened.get());
    }
    assertTrue(used.size() < 50, () -> used.size() + " pools");
  }
}
