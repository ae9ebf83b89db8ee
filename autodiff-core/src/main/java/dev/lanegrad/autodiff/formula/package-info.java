/**
 * Elementwise functions as data.
 *
 * <p>{@link dev.lanegrad.autodiff.formula.ScalarFunction} is the table: each row says how a
 * function is computed from exact operations, what its derivative is, where it is tested, and how
 * far it may be off. A {@link dev.lanegrad.autodiff.formula.Formula} is an expression over the
 * table; a user's own function is one:
 *
 * <pre>{@code
 * Elementwise swish = Elementwise.of(v -> v.mul(v.sigmoid()));
 * Tensor y = swish.applyTo(x);
 * }</pre>
 *
 * It runs as one loop over vectors in float32 and float64, broadcasts, and has derivatives of every
 * order.
 */
@NullMarked
package dev.lanegrad.autodiff.formula;

import org.jspecify.annotations.NullMarked;
