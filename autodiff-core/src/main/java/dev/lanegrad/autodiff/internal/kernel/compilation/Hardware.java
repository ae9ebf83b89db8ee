package dev.lanegrad.autodiff.internal.kernel.compilation;

import jdk.incubator.vector.VectorShape;

/**
 * What the JVM compiles to instructions of this processor, measured, whatever the settings ask for;
 * {@link Lanes} decides by it.
 */
final class Hardware {
  private static final int NARROWEST = 128;
  private static final int WIDEST = 512;

  private static final int ROUNDS = 8;
  private static final int STEPS = 16;

  /** How many times as long as a square root a fused multiply-add takes at most, in hardware. */
  private static final int FACTOR = 10;

  /** A clock may show nothing of what takes less. */
  private static final int CLOCK_NANOS = 50;

  private Hardware() {}

  /**
   * The widest vectors the JVM has registers for, in bits: 128, 256 or 512; 0 where it has none
   * that wide. Needs the module of the Vector API.
   */
  static int vectorBits() {
    int preferred = VectorShape.preferredShape().vectorBitSize();
    return preferred < NARROWEST ? 0 : Math.min(preferred, WIDEST);
  }

  /**
   * Whether a fused multiply-add is an instruction. Where it is not, the JDK computes it with
   * {@link java.math.BigDecimal}, which takes a hundred times as long as anything else does; the
   * JVM says so nowhere that {@code java.base} could ask.
   */
  static boolean fusesMultiplyAdd() {
    long fused = Long.MAX_VALUE;
    long plain = Long.MAX_VALUE;
    double x = 1;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      for (int step = 0; step < STEPS; step++) {
        x = Math.fma(x, 0.5, 1);
      }
      long middle = System.nanoTime();
      for (int step = 0; step < STEPS; step++) {
        x = Math.sqrt(x);
      }
      fused = Math.min(fused, middle - start);
      plain = Math.min(plain, System.nanoTime() - middle);
    }
    return fused < FACTOR * (plain + CLOCK_NANOS) && x > 0;
  }
}
