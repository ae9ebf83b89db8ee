package dev.lanegrad.training;

import java.util.Objects;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Independent sources of chance by number: that of one epoch, batch or example. */
public final class Seeds {
  private static final long GOLDEN_RATIO = 0x9e3779b97f4a7c15L;

  private Seeds() {}

  /**
   * A seed for the place that the numbers name, such as an epoch and a batch. Neighbouring places
   * get unrelated seeds, by the mixing function of SplittableRandom (Steele, Lea and Flood, "Fast
   * splittable pseudorandom number generators", 2014).
   */
  public static long at(long seed, long... place) {
    Objects.requireNonNull(place, "seeds: place is null");
    long mixed = mix(seed);
    for (long number : place) {
      mixed = mix(mixed + GOLDEN_RATIO + number);
    }
    return mixed;
  }

  /** The generator of a place; see {@link #at}. */
  public static RandomGenerator generator(long seed, long... place) {
    return new SplittableRandom(at(seed, place));
  }

  private static long mix(long bits) {
    long z = bits;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** A uniform permutation of 0 to size - 1, by Fisher and Yates. */
  static int[] permutation(int size, RandomGenerator random) {
    int[] permutation = new int[size];
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      permutation[i] = permutation[j];
      permutation[j] = i;
    }
    return permutation;
  }
}
