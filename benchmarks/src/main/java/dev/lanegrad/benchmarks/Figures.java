package dev.lanegrad.benchmarks;

/**
 * What a row of the table says.
 *
 * @param row what was timed
 * @param scalarNanos median time of a call on scalar kernels
 * @param vectorNanos median time of a call on vector kernels
 * @param speedup median of the ratios of slots of the same round
 * @param lowest the same of the launch where it was lowest
 * @param highest the same of the launch where it was highest
 * @param fraction of the row's ceiling that vector kernels reach, or NaN
 * @param ceiling median speed of the ceiling, in operations or bytes a nanosecond, or NaN
 */
record Figures(
    Row row,
    double scalarNanos,
    double vectorNanos,
    double speedup,
    double lowest,
    double highest,
    double fraction,
    double ceiling) {}
