package dev.lanegrad.autodiff.op;

import java.util.BitSet;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Which of some numbered things are marked.
 *
 * @param first a bit for each of the first 64, which are all there are as a rule
 * @param others the marked ones of the others, or null if there are none
 */
record Flags(long first, @Nullable BitSet others) {
  /** One thing, marked. */
  static final Flags ONE = new Flags(1, null);

  static Flags of(int count, IntPredicate isMarked) {
    long first = 0;
    for (int i = 0; i < Math.min(count, Long.SIZE); i++) {
      first |= isMarked.test(i) ? 1L << i : 0;
    }
    @Nullable BitSet others = null;
    for (int i = Long.SIZE; i < count; i++) {
      if (isMarked.test(i)) {
        others = others == null ? new BitSet(count) : others;
        others.set(i);
      }
    }
    return new Flags(first, others);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Flags that
        && first == that.first
        && Objects.equals(others, that.others);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(first) + Objects.hashCode(others);
  }

  boolean get(int i) {
    return i < Long.SIZE ? (first >> i & 1) != 0 : others != null && others.get(i);
  }
}
