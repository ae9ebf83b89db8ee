package dev.lanegrad.benchmarks;

/**
 * What a row of the comparison of kernels says.
 *
 * @param task what was timed
 * @param scalarNanos median time of a call on scalar kernels
 * @param vectorNanos median time of a call on vector kernels
 * @param speedup scalar over vector
 * @param jit how many times as fast the JIT's own vectors make scalar kernels
 * @param fraction of the row's ceiling that vector kernels reach, or NaN
 * @param ceiling median speed of the ceiling, in operations or bytes a nanosecond, or NaN
 */
record Figures(
    OperationTask task,
    double scalarNanos,
    double vectorNanos,
    Samples.Spread speedup,
    double jit,
    double fraction,
    double ceiling) {

  /** Below this it is noise. */
  private static final double VECTORIZED = 1.25;

  /** Whether the JIT turns the scalar loop into a vector loop by itself. */
  boolean isVectorizedByJit() {
    return jit >= VECTORIZED;
  }
}
