package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.internal.op.Cholesky;
import dev.lanegrad.autodiff.internal.op.Determinant;
import dev.lanegrad.autodiff.internal.op.SingularValues;
import dev.lanegrad.autodiff.internal.op.Solve;
import java.util.List;

/**
 * Dense linear algebra for small matrices: Newton steps, teaching, whitening. Each method throws a
 * {@link ShapeException} if an argument is no matrix of the shape it says, and a {@link
 * DTypeException} if it is neither float32 nor float64. All is computed in double precision, of
 * float32 too; where numbers leave its range on the way, and the result does not, they are scaled
 * by powers of two.
 *
 * <p>Most of the arithmetic of larger matrices is in products of blocks, by the kernels of {@link
 * Tensor#matmul}. What is left, 32 columns at a time, are loops that PyTorch's LAPACK has in
 * assembly, and the reverse rules eliminate again rather than keep triangles that a second
 * derivative would need tracked; so float64 takes one to three times PyTorch's time, float32, which
 * PyTorch computes in float32, up to six times.
 */
public final class LinearAlgebra {
  private LinearAlgebra() {}

  /**
   * The solution x of A x = b. What is singular but for rounding is solved, and differentiated, by
   * the same elimination.
   *
   * @param a [n, n]
   * @param b [n] or [n, m]
   * @throws LinearAlgebraException if A is singular: if a pivot is exactly 0
   */
  public static Tensor solve(Tensor a, Tensor b) {
    Present.of("solve", "a", a);
    if (b.rank() == 1 && a.rank() == 2 && a.shape().dim(0) != b.shape().dim(0)) {
      throw new ShapeException(
          "solve: the right side must have as many rows: "
              + Shape.join(List.of(a.shape(), b.shape())));
    }
    return b.rank() == 1
        ? new Solve().applyTo(a, b.unsqueeze(1)).squeeze(1)
        : new Solve().applyTo(a, b);
  }

  /**
   * The inverse of a matrix [n, n].
   *
   * @throws LinearAlgebraException if it is singular
   */
  public static Tensor inverse(Tensor a) {
    if (a.rank() != 2) {
      throw new ShapeException("inverse: takes a square matrix, not " + a.shape());
    }
    return new Solve().applyTo(a, Tensor.eye(a.dtype(), a.shape().dim(0)));
  }

  /**
   * The determinant of a matrix [n, n]. Its gradient is the matrix of cofactors; derivatives of
   * every order are right for singular matrices, too.
   */
  public static Tensor determinant(Tensor a) {
    return new Determinant().applyTo(Present.of("determinant", "a", a));
  }

  /**
   * The lower triangular L with L L^T = A.
   *
   * @param a [n, n], symmetric and positive definite; the lower triangle is read
   * @throws LinearAlgebraException if A is not positive definite
   */
  public static Tensor cholesky(Tensor a) {
    return new Cholesky().applyTo(Present.of("cholesky", "a", a));
  }

  /**
   * The singular values of a matrix [n, m], largest first: [min(n, m)].
   *
   * <p>Functions that treat them all alike and are even in each, such as the sum of their squares,
   * have right first and second derivatives where values are equal or 0. A second derivative that
   * does not exist there, or a third one, is NaN.
   *
   * <p>Computed by {@link #svd}, vectors and all.
   */
  public static Tensor singularValues(Tensor a) {
    boolean wide = a.rank() == 2 && a.shape().dim(0) < a.shape().dim(1);
    return new SingularValues().apply(List.of(wide ? a.transpose() : a)).get(1);
  }

  /**
   * A = U diag(s) V^T.
   *
   * @param u [n, m], orthonormal columns; zeros where the singular value is 0
   * @param values [m], falling
   * @param v [m, m], orthonormal columns
   */
  public record Svd(Tensor u, Tensor values, Tensor v) {}

  /**
   * The singular value decomposition of a matrix [n, m] with n >= m. Where values are equal, or one
   * is 0, U and V have no derivative: gradients that depend on it are NaN.
   *
   * <p>By one-sided Jacobi rotations, which keep digits of the smallest values that the faster ways
   * over a bidiagonal matrix, as LAPACK's and PyTorch's, lose: those are precise relative to the
   * largest value alone. The price is some ten times PyTorch's time for 300 x 300, and more in
   * float32, which is computed in double precision.
   */
  public static Svd svd(Tensor a) {
    List<Tensor> parts = new SingularValues().apply(List.of(Present.of("svd", "a", a)));
    return new Svd(parts.get(0), parts.get(1), parts.get(2));
  }
}
