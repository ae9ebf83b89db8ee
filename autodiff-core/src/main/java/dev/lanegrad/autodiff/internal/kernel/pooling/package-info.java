/**
 * Maxima, medians and sums of windows, and the way back to where they came from ({@code
 * ...PoolLoop}); {@code MaxPoolWindows} says where windows lie and what of them is padding; squares
 * of two by two go by vectors ({@code SquarePool}). In: planes of rows and columns, how windows
 * slide. Out: one element for each window. Called by the operations that pool.
 */
@org.jspecify.annotations.NullMarked
package dev.lanegrad.autodiff.internal.kernel.pooling;
