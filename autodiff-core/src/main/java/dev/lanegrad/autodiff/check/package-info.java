/**
 * Checks gradients, of the library's operations and of users' own, against central differences.
 *
 * <pre>{@code
 * Elementwise swish = Elementwise.of(v -> v.mul(v.sigmoid()));
 * Tensor x = new RandomKey(1).normal(DType.FLOAT64, 3, 4);
 * GradientCheck.of(swish).order(2).verify(x);
 * GradientCheck.of((Tensor v) -> v.softmax(1).log().sum(0)).verify(x);
 * }</pre>
 */
@NullMarked
package dev.lanegrad.autodiff.check;

import org.jspecify.annotations.NullMarked;
