package dev.lanegrad.autodiff.testing;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** How many samples tests draw; {@code -Dlanegrad.samples=10} draws ten times as many. */
public final class Samples {
  private static final int FACTOR = Integer.getInteger("lanegrad.samples", 1);

  private Samples() {}

  /** So many times the usual number. */
  public static int times(int usual) {
    return Math.multiplyExact(usual, FACTOR);
  }

  /** The numbers of samples, for properties that try each with every row of a table. */
  public static Arbitrary<Integer> numbers(int usual) {
    return Arbitraries.integers().between(0, times(usual) - 1);
  }
}
