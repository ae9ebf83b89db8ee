package dev.lanegrad.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Decompositions of matrices of several strips, whole and not, by what they are to satisfy. */
class LargeMatricesTest {
  private static final int[] SIZES = {31, 32, 33, 70};

  private static final double ROUNDING = 1e-11;

  private static Tensor normal(int seed, int... dims) {
    return Tensor.normal(new SplittableRandom(seed), DType.FLOAT64, dims);
  }

  private static void assertSame(Tensor expected, Tensor actual) {
    double largest = actual.sub(expected).abs().max().item();
    assertTrue(largest <= ROUNDING, () -> "differs by " + largest);
  }

  @Test
  void solutionsSolve() {
    for (int n : SIZES) {
      Tensor a = normal(n, n, n).add(Tensor.eye(DType.FLOAT64, n).mul(5));
      for (int m : new int[] {1, 2, 40}) {
        Tensor b = normal(m, n, m);
        assertSame(b, a.matmul(LinearAlgebra.solve(a, b)));
        assertSame(b, a.transpose().matmul(LinearAlgebra.solve(a.transpose(), b)));
      }
      assertSame(Tensor.eye(DType.FLOAT64, n), LinearAlgebra.inverse(a).matmul(a));
    }
  }

  /** A permutation of the rows of a triangle: no other product of pivots is right. */
  @Test
  void determinantsHaveTheirSign() {
    for (int n : SIZES) {
      double[] rows = new double[n * n];
      for (int i = 0; i < n; i++) {
        int to = (i * 7 + 3) % n;
        for (int j = i; j < n; j++) {
          rows[to * n + j] = i == j ? 1.5 : 0.01 * (i - j);
        }
      }
      long inversions =
          IntStream.range(0, n)
              .mapToLong(
                  i -> IntStream.range(0, i).filter(j -> (j * 7 + 3) % n > (i * 7 + 3) % n).count())
              .sum();
      boolean isPermutation = n % 7 != 0;
      double expected = isPermutation ? Math.pow(1.5, n) * (inversions % 2 == 0 ? 1 : -1) : 0;
      double actual = LinearAlgebra.determinant(Tensor.of(Shape.of(n, n), rows)).item();
      assertEquals(expected, actual, Math.abs(expected) * 1e-12);
    }
  }

  @Test
  void choleskysFactorIsATriangleWhoseSquareIsTheMatrix() {
    for (int n : SIZES) {
      Tensor x = normal(n, n, n);
      Tensor a = x.matmul(x.transpose()).add(Tensor.eye(DType.FLOAT64, n));
      Tensor l = LinearAlgebra.cholesky(a);
      assertSame(a, l.matmul(l.transpose()));
      assertSame(l, l.mul(Tensor.tril(DType.FLOAT64, n, 0)));
      int last = n - 1;
      double[] spoilt = a.toDoubleArray();
      spoilt[n * n - 1] = -1;
      LinearAlgebraException thrown =
          assertThrows(
              LinearAlgebraException.class,
              () -> LinearAlgebra.cholesky(Tensor.of(Shape.of(n, n), spoilt)));
      assertTrue(
          thrown.getMessage().endsWith(String.format(Locale.ROOT, "(row %d)", last)),
          thrown.getMessage());
    }
  }

  @Test
  void singularVectorsAreOrthonormalAndGiveTheMatrixBack() {
    for (int[] dims : new int[][] {{33, 33}, {70, 20}, {50, 49}}) {
      Tensor a = normal(3, dims);
      LinearAlgebra.Svd svd = LinearAlgebra.svd(a);
      Tensor eye = Tensor.eye(DType.FLOAT64, dims[1]);
      assertSame(a, svd.u().mul(svd.values()).matmul(svd.v().transpose()));
      assertSame(eye, svd.u().transpose().matmul(svd.u()));
      assertSame(eye, svd.v().transpose().matmul(svd.v()));
      Tensor falling = svd.values().sort(0, true).values();
      assertEquals(0, falling.sub(svd.values()).abs().max().item());
    }
  }

  /** A derivative of the solution of several strips, by the rule for a change of A. */
  @Test
  void gradientsGoThroughBothTriangles() {
    int n = 40;
    Tensor a = normal(1, n, n).add(Tensor.eye(DType.FLOAT64, n).mul(9)).requiresGrad();
    Tensor direction = normal(2, n, n);
    Tensor b = normal(4, n, 3);
    double slope = LinearAlgebra.solve(a, b).sum().backward().of(a).mul(direction).sum().item();
    Tensor x = LinearAlgebra.solve(a.detach(), b);
    double expected = LinearAlgebra.solve(a.detach(), direction.matmul(x)).sum().neg().item();
    assertEquals(expected, slope, 1e-10 * Math.abs(expected));
  }
}
