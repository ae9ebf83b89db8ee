/**
 * Tensors, gradients and transformations: what a user of the library needs.
 *
 * <p>{@link dev.lanegrad.autodiff.Tensor} is where to begin: immutable arrays of numbers and what
 * can be computed with them. What depends on a tensor that {@code requiresGrad()}, or on a {@link
 * dev.lanegrad.autodiff.Parameter}, is recorded; {@code backward()} then gives {@link
 * dev.lanegrad.autodiff.Gradients}, a value like any other. {@link dev.lanegrad.autodiff.Autodiff}
 * differentiates functions, to any order, and {@link dev.lanegrad.autodiff.LinearAlgebra} solves:
 *
 * <pre>{@code
 * Tensor start = Tensor.of(-1.2, 1.0);
 * Tensor slope = Autodiff.grad(FunctionSample::rosenbrock).apply(start);
 * Tensor curvature = Autodiff.hessian(FunctionSample::rosenbrock, start);
 * Tensor next = start.sub(LinearAlgebra.solve(curvature, slope));
 * }</pre>
 *
 * <p>Random numbers come from a {@code RandomGenerator} or from a {@link
 * dev.lanegrad.autodiff.RandomKey}, which gives the same ones at the same place. Errors are {@link
 * dev.lanegrad.autodiff.LanegradException}s or {@code IllegalArgumentException}s, thrown before
 * anything is computed. A program gives the same bits on vector and on scalar kernels, at every
 * vector width and on any number of threads.
 */
@NullMarked
package dev.lanegrad.autodiff;

import org.jspecify.annotations.NullMarked;
