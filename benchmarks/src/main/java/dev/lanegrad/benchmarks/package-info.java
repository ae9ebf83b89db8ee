/** Speed: SIMD against scalar, and against other frameworks. */
@NullMarked
package dev.lanegrad.benchmarks;

import org.jspecify.annotations.NullMarked;
