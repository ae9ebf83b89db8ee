/**
 * Formulas over arrays: maps (arithmetic, activations, optimizer steps) and folds (sums, means,
 * maxima along axes), planned once for operands of certain shapes and strides. In: formulas,
 * lengths and strides. Out: a plan that runs on arrays. Called by elementwise operations and folds,
 * and by what is applied to finished rows of products and convolutions.
 */
@org.jspecify.annotations.NullMarked
package dev.lanegrad.autodiff.internal.kernel.loops;
