/**
 * Maxima and sums of windows, and the way back to where they came from: any windows with any
 * padding ({@code MaxPoolLoop}, {@code SumPoolLoop}), and squares of two by two by vectors ({@code
 * SquarePool}). In: planes of rows and columns, and how windows slide. Out: one element for each
 * window. Called by the operations that pool.
 */
@org.jspecify.annotations.NullMarked
package dev.lanegrad.autodiff.internal.kernel.pooling;
