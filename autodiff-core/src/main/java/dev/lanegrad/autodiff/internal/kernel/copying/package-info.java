/**
 * Elements that only move: rows and boxes copied by vectors, matrices turned ({@code FloatSquares}
 * and {@code DoubleSquares} by hand), pieces of them laid out as panels in the order in which tiles
 * read them. In: an array and distances. Out: another array. Called by products and convolutions;
 * what tensors' views look like is copied by {@code internal.memory}.
 */
@org.jspecify.annotations.NullMarked
package dev.lanegrad.autodiff.internal.kernel.copying;
