package dev.lanegrad.autodiff;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanegrad.autodiff.testing.Samples;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Determinants, their derivatives, solutions and inverses of random matrices of condition 1 to
 * 10^20 against elimination with 120 digits. The bounds are those of elimination with pivoting
 * (Higham, "Accuracy and Stability of Numerical Algorithms", 2002): errors are those of a matrix
 * that differs by rounding.
 */
class LinearAlgebraAccuracyTest {
  private static final MathContext DIGITS = new MathContext(120);
  private static final double ROUNDING = 0x1p-52;

  /** Sum of magnitudes that leave room for the growth of elements. */
  private static final double GROWTH = 32;

  private record Sample(int n, Tensor matrix, double[] values) {
    /** Orthonormal columns times values that fall to 1 / condition, times such rows. */
    static Sample random(int number, DType dtype) {
      SplittableRandom random = new SplittableRandom(number);
      int n = random.nextInt(1, 7);
      double[] values = new double[n];
      double condition = Math.pow(10, random.nextDouble(0, 20));
      double size = Math.pow(10, random.nextDouble(-3, 3));
      for (int i = 0; i < n; i++) {
        values[i] = size * Math.pow(condition, n == 1 ? 0 : -i / (n - 1.0));
      }
      Tensor matrix = orthogonal(random, n).mul(Tensor.of(values)).matmul(orthogonal(random, n));
      Tensor rounded = matrix.cast(dtype);
      Tensor own = LinearAlgebra.singularValues(rounded.cast(DType.FLOAT64));
      return new Sample(n, rounded, own.toDoubleArray());
    }

    private static Tensor orthogonal(SplittableRandom random, int n) {
      return LinearAlgebra.svd(Tensor.normal(random, DType.FLOAT64, n, n)).u();
    }

    BigDecimal[][] exact() {
      double[] values = matrix.toDoubleArray();
      BigDecimal[][] exact = new BigDecimal[n][n];
      for (int i = 0; i < n * n; i++) {
        exact[i / n][i % n] = new BigDecimal(values[i]);
      }
      return exact;
    }

    /** How far rounding of A moves a product of so many singular values. */
    double moved(int count) {
      double product = count <= 0 ? 1 : norm();
      for (int i = 0; i < count - 1; i++) {
        product *= values[i];
      }
      return GROWTH * ROUNDING * product;
    }

    double smallest() {
      return matrix.dtype() == DType.FLOAT32 ? Float.MIN_VALUE : 0;
    }

    double condition() {
      return values[0] / values[n - 1];
    }

    /** The Euclidean norm of all elements. */
    double norm() {
      return matrix.cast(DType.FLOAT64).norm().item();
    }
  }

  /** By elimination in place; 0 if a column has no pivot. */
  private static BigDecimal determinant(BigDecimal[][] a) {
    int n = a.length;
    BigDecimal product = BigDecimal.ONE;
    for (int k = 0; k < n; k++) {
      int pivot = k;
      for (int i = k + 1; i < n; i++) {
        pivot = a[i][k].abs().compareTo(a[pivot][k].abs()) > 0 ? i : pivot;
      }
      if (a[pivot][k].signum() == 0) {
        return BigDecimal.ZERO;
      }
      BigDecimal[] row = a[k];
      a[k] = a[pivot];
      a[pivot] = row;
      product = product.multiply(pivot == k ? a[k][k] : a[k][k].negate(), DIGITS);
      for (int i = k + 1; i < n; i++) {
        BigDecimal factor = a[i][k].divide(a[k][k], DIGITS);
        for (int j = k + 1; j < n; j++) {
          a[i][j] = a[i][j].subtract(factor.multiply(a[k][j], DIGITS), DIGITS);
        }
      }
    }
    return product;
  }

  private static BigDecimal cofactor(Sample sample, int row, int column) {
    int n = sample.n;
    BigDecimal[][] a = sample.exact();
    BigDecimal[][] minor = new BigDecimal[n - 1][n - 1];
    for (int i = 0; i < n - 1; i++) {
      for (int j = 0; j < n - 1; j++) {
        minor[i][j] = a[i < row ? i : i + 1][j < column ? j : j + 1];
      }
    }
    BigDecimal value = determinant(minor);
    return (row + column) % 2 == 0 ? value : value.negate();
  }

  private static Stream<DynamicTest> samples(java.util.function.BiConsumer<Sample, Double> test) {
    return Stream.of(DType.FLOAT32, DType.FLOAT64)
        .map(
            dtype ->
                dynamicTest(
                    dtype.toString(),
                    () -> {
                      double rounding = dtype == DType.FLOAT32 ? 0x1p-24 : ROUNDING;
                      for (int number = 0; number < Samples.times(60); number++) {
                        test.accept(Sample.random(number, dtype), rounding);
                      }
                    }));
  }

  private static void assertWithin(double bound, double expected, double actual, Sample sample) {
    assertTrue(
        Math.abs(expected - actual) <= bound + sample.smallest(),
        () -> "%s, not %s within %s: %s".formatted(actual, expected, bound, sample.matrix));
  }

  @TestFactory
  Stream<DynamicTest> determinants() {
    return samples(
        (sample, rounding) -> {
          double expected = determinant(sample.exact()).doubleValue();
          double bound = rounding * Math.abs(expected) + sample.moved(sample.n);
          double actual = LinearAlgebra.determinant(sample.matrix).item();
          assertWithin(bound, expected, actual, sample);
        });
  }

  /** The first derivatives as precise as the norm allows, however near singular the matrix is. */
  @TestFactory
  Stream<DynamicTest> gradientsOfDeterminants() {
    return samples(
        (sample, rounding) -> {
          int n = sample.n;
          Tensor slopes = Autodiff.grad(LinearAlgebra::determinant).apply(sample.matrix);
          double[] actual = slopes.toDoubleArray();
          double largest = 0;
          double[] expected = new double[n * n];
          for (int i = 0; i < n * n; i++) {
            expected[i] = cofactor(sample, i / n, i % n).doubleValue();
            largest = Math.max(largest, Math.abs(expected[i]));
          }
          boolean wellConditioned = sample.condition() < 0x1p27;
          double ofInverse = wellConditioned ? GROWTH * ROUNDING * sample.condition() * largest : 0;
          double moved = Math.max(sample.moved(n - 1), ofInverse);
          for (int i = 0; i < n * n; i++) {
            double bound = 4 * rounding * Math.abs(expected[i]) + moved;
            assertWithin(bound, expected[i], actual[i], sample);
          }
        });
  }

  /** Elements are those of cofactors of minors: only products of n - 2 elements count. */
  @TestFactory
  Stream<DynamicTest> hessiansOfDeterminants() {
    return samples(
        (sample, rounding) -> {
          int n = sample.n;
          if (n < 2 || n > 4) {
            return;
          }
          Tensor hessian = Autodiff.hessian(LinearAlgebra::determinant, sample.matrix);
          Tensor wide = sample.matrix.cast(DType.FLOAT64);
          Tensor reference = Autodiff.hessian(LinearAlgebraAccuracyTest::byMinors, wide);
          double[] actual = hessian.toDoubleArray();
          double[] expected = reference.toDoubleArray();
          for (int i = 0; i < actual.length; i++) {
            double bound = 4 * rounding * Math.abs(expected[i]) + sample.moved(n - 2);
            assertWithin(bound, expected[i], actual[i], sample);
          }
        });
  }

  /** Laplace's expansion along the first row: sums of products, with no elimination. */
  private static Tensor byMinors(Tensor a) {
    int n = a.shape().dim(0);
    if (n == 1) {
      return a.reshape();
    }
    Tensor sum = Tensor.scalar(a.dtype(), 0);
    Tensor below = a.slice(0, 1, n);
    for (int j = 0; j < n; j++) {
      Tensor others = Tensor.concat(1, List.of(below.slice(1, 0, j), below.slice(1, j + 1, n)));
      Tensor term = a.select(0, 0).select(0, j).mul(byMinors(others));
      sum = j % 2 == 0 ? sum.add(term) : sum.sub(term);
    }
    return sum;
  }

  /** The residual is that of rounding; so is the distance to the exact inverse times condition. */
  @TestFactory
  Stream<DynamicTest> solutionsAndInverses() {
    return samples(
        (sample, rounding) -> {
          int n = sample.n;
          double[] inverse = LinearAlgebra.inverse(sample.matrix).toDoubleArray();
          BigDecimal determinant = determinant(sample.exact());
          double size = 0;
          double[] expected = new double[n * n];
          for (int i = 0; i < n * n; i++) {
            BigDecimal cofactor = cofactor(sample, i % n, i / n);
            expected[i] = cofactor.divide(determinant, DIGITS).doubleValue();
            size += expected[i] * expected[i];
          }
          double norm = Math.sqrt(size);
          double condition = norm * sample.norm();
          if (GROWTH * ROUNDING * condition > 0.1) {
            return;
          }
          for (int i = 0; i < n * n; i++) {
            double moved = GROWTH * ROUNDING * condition * norm;
            double bound = rounding * Math.abs(expected[i]) + moved;
            assertWithin(bound, expected[i], inverse[i], sample);
          }
          Tensor b = Tensor.normal(new SplittableRandom(n), sample.matrix.dtype(), n);
          Tensor x = LinearAlgebra.solve(sample.matrix, b).cast(DType.FLOAT64);
          Tensor product = sample.matrix.cast(DType.FLOAT64).matmul(x);
          double[] residual = product.sub(b.cast(DType.FLOAT64)).toDoubleArray();
          double bound = (GROWTH * ROUNDING + rounding) * n * sample.norm() * x.norm().item();
          for (double element : residual) {
            assertWithin(bound, 0, element, sample);
          }
        });
  }
}
