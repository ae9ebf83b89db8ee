package dev.lanegrad.benchmarks;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/** What memory can do: arrays that are read, or copied, from one end to the other. */
final class MemoryLoop {
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
  private static final int LANES = LONGS.length();
  private static final int TOGETHER = 4 * LANES;

  private static volatile long sink;

  private final long[] from;
  private final long[] to;

  /** Over so many bytes. */
  MemoryLoop(long bytes) {
    int length = Math.toIntExact(bytes / Long.BYTES);
    this.from = new long[length / TOGETHER * TOGETHER];
    this.to = new long[from.length];
  }

  /** Adds all numbers up: on four chains, as one would wait for itself rather than for memory. */
  void sum() {
    LongVector sum0 = LongVector.zero(LONGS);
    LongVector sum1 = sum0;
    LongVector sum2 = sum0;
    LongVector sum3 = sum0;
    for (int i = 0; i < from.length; i += TOGETHER) {
      sum0 = sum0.add(LongVector.fromArray(LONGS, from, i));
      sum1 = sum1.add(LongVector.fromArray(LONGS, from, i + LANES));
      sum2 = sum2.add(LongVector.fromArray(LONGS, from, i + 2 * LANES));
      sum3 = sum3.add(LongVector.fromArray(LONGS, from, i + 3 * LANES));
    }
    sink = sum0.add(sum1).add(sum2.add(sum3)).lane(0);
  }

  void copy() {
    System.arraycopy(from, 0, to, 0, from.length);
  }

  /** What was computed last, which keeps it from being left out. */
  static long result() {
    return sink;
  }
}
