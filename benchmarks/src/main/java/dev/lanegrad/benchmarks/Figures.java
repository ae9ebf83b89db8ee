package dev.lanegrad.benchmarks;

import org.jspecify.annotations.Nullable;

/**
 * What a row of the comparison of kernels says.
 *
 * @param task what was timed
 * @param scalarNanos median time of a call on scalar kernels
 * @param vectorNanos median time of a call on vector kernels
 * @param speedup scalar over vector
 * @param jit how many times as fast the JIT's own vectors make scalar kernels
 * @param share of what the machine can do at best, or null where nothing compares
 */
record Figures(
    Task task,
    double scalarNanos,
    double vectorNanos,
    Samples.Spread speedup,
    double jit,
    @Nullable Share share) {

  /** Below this it is noise. */
  private static final double VECTORIZED = 1.25;

  /**
   * How near vector kernels come to a ceiling.
   *
   * @param fraction of it
   * @param speed of it, in operations or bytes a nanosecond
   */
  record Share(double fraction, double speed, Ceiling of) {}

  /** Whether the JIT turns the scalar loop into a vector loop by itself. */
  boolean isVectorizedByJit() {
    return jit >= VECTORIZED;
  }
}
