package dev.lanegrad.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.internal.op.Solve;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Matrices that are singular, nearly so, or of numbers near the ends of a dtype's range. */
class LinearAlgebraTest {
  private static final Tensor NEARLY_SINGULAR =
      Tensor.of(new double[][] {{.1, .2, .3}, {.4, .5, .6}, {.5, .7, .9}});
  private static final Tensor SINGULAR_BUT_FOR_ROUNDING =
      Tensor.of(new double[][] {{.1, .2}, {.3, .6}});

  private static double[] gradient(UnaryOperator<Tensor> function, Tensor x) {
    return Autodiff.grad(function).apply(x).toDoubleArray();
  }

  private static Tensor diagonal(DType dtype, double... values) {
    Tensor row = Tensor.ofDoubles(dtype, Shape.of(values.length), values);
    return Tensor.eye(dtype, values.length).mul(row);
  }

  private static void assertRelative(double[] expected, double[] actual, double tolerance) {
    double size = 0;
    for (double value : expected) {
      size = Math.max(size, Math.abs(value));
    }
    assertArrayEquals(expected, actual, size * tolerance);
  }

  // ---- determinant

  @Test
  void cofactorsOfNearlySingularMatrices() {
    double[] expected = {.03, -.06, .03, .03, -.06, .03, -.03, .06, -.03};
    assertRelative(expected, gradient(LinearAlgebra::determinant, NEARLY_SINGULAR), 1e-15);
    Tensor single = NEARLY_SINGULAR.cast(DType.FLOAT32);
    double[] wide = gradient(LinearAlgebra::determinant, single.cast(DType.FLOAT64));
    assertRelative(wide, gradient(LinearAlgebra::determinant, single), 1e-7);
    assertRelative(
        new double[] {.6, -.3, -.2, .1},
        gradient(LinearAlgebra::determinant, SINGULAR_BUT_FOR_ROUNDING),
        1e-15);
    assertArrayEquals(
        new double[9], gradient(LinearAlgebra::determinant, Tensor.zeros(DType.FLOAT64, 3, 3)));
  }

  /** Of a 3 x 3 matrix, d^2 det / da[i, j] da[k, l] is an element of it, or its opposite. */
  @Test
  void secondDerivativesOfSingularMatrices() {
    Tensor ones = Tensor.ones(DType.FLOAT64, 3, 3);
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      for (Tensor a : List.of(NEARLY_SINGULAR, ones, ones.mul(0), Tensor.eye(DType.FLOAT64, 3))) {
        Tensor typed = a.cast(dtype);
        double[] values = typed.toDoubleArray();
        double[] expected = new double[81];
        for (int i = 0; i < 3; i++) {
          for (int j = 0; j < 3; j++) {
            for (int k = 0; k < 3; k++) {
              for (int l = 0; l < 3; l++) {
                if (i != k && j != l) {
                  int sign = (k - i + 3) % 3 == (l - j + 3) % 3 ? 1 : -1;
                  expected[((i * 3 + j) * 3 + k) * 3 + l] =
                      sign * values[(3 - i - k) * 3 + 3 - j - l];
                }
              }
            }
          }
        }
        assertRelative(
            expected,
            Autodiff.hessian(LinearAlgebra::determinant, typed).toDoubleArray(),
            dtype == DType.FLOAT32 ? 3e-7 : 2e-15);
      }
    }
  }

  @Test
  void thirdDerivativesOfSingularMatrices() {
    Tensor a = Tensor.zeros(DType.FLOAT64, 3, 3);
    Tensor direction = Tensor.eye(DType.FLOAT64, 3);
    UnaryOperator<Tensor> second =
        x -> Autodiff.hvp(LinearAlgebra::determinant, x, direction).mul(direction).sum();
    double[] third = gradient(second, a);
    assertArrayEquals(new double[] {2, 0, 0, 0, 2, 0, 0, 0, 2}, third, 1e-15);
  }

  @Test
  void determinantsOfWhichAFactorIsOutOfRange() {
    Tensor wide = diagonal(DType.FLOAT64, 1e200, 1e200, 1e-200, 1e-200);
    assertEquals(1, LinearAlgebra.determinant(wide).item(), 1e-15);
    assertEquals(
        1,
        LinearAlgebra.determinant(diagonal(DType.FLOAT64, 1e-200, 1e-200, 1e200, 1e200)).item(),
        1e-15);
    assertRelative(
        diagonal(DType.FLOAT64, 1e-200, 1e-200, 1e200, 1e200).toDoubleArray(),
        gradient(LinearAlgebra::determinant, wide),
        1e-15);
    Tensor large = diagonal(DType.FLOAT32, 1e25, 1e25);
    assertRelative(large.toDoubleArray(), gradient(LinearAlgebra::determinant, large), 1e-7);
    Tensor small = diagonal(DType.FLOAT32, 1e-25, 1e-25);
    assertRelative(small.toDoubleArray(), gradient(LinearAlgebra::determinant, small), 1e-7);
    assertEquals(
        1e25, LinearAlgebra.determinant(diagonal(DType.FLOAT32, 1e25, 1e25, 1e-25)).item(), 1e19);
    double[] mixed = new double[26];
    java.util.Arrays.fill(mixed, 0, 13, 1e25);
    java.util.Arrays.fill(mixed, 13, 26, 1e-25);
    Tensor many = diagonal(DType.FLOAT32, mixed);
    assertEquals(1, LinearAlgebra.determinant(many).item(), 1e-5);
    double[] slopes = gradient(LinearAlgebra::determinant, many);
    assertEquals(1e-25, slopes[0], 1e-30);
    assertEquals(1e25, slopes[slopes.length - 1], 1e20);
  }

  // ---- solve and inverse

  @Test
  void whatCanBeSolvedHasAGradient() {
    Tensor a = SINGULAR_BUT_FOR_ROUNDING;
    double[] x = LinearAlgebra.inverse(a).toDoubleArray();
    double[] slopes = gradient(y -> LinearAlgebra.inverse(y).sum(), a);
    double rows = x[0] + x[2];
    double[] expected = new double[4];
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 2; j++) {
        expected[i * 2 + j] = -(x[i] + x[2 + i]) * (x[j * 2] + x[j * 2 + 1]);
      }
    }
    assertTrue(Math.abs(rows) > 1e15);
    assertRelative(expected, slopes, 1e-12);
    double[] hessian = Autodiff.hessian(y -> LinearAlgebra.inverse(y).sum(), a).toDoubleArray();
    for (double value : hessian) {
      assertTrue(Double.isFinite(value));
    }
    assertThrows(
        LinearAlgebraException.class,
        () -> LinearAlgebra.inverse(Tensor.of(new double[][] {{1, 2}, {2, 4}})));
  }

  @Test
  void solutionsOfWhichAStepIsOutOfRange() {
    Tensor large = Tensor.of(new double[][] {{1e308, -1e308}, {1e308, 1e308}});
    Tensor small = Tensor.of(new double[][] {{3e-310, 1e-310}, {1e-310, 2e-310}});
    Tensor half = LinearAlgebra.solve(large, Tensor.of(.5e308, .5e308));
    assertRelative(new double[] {.5, 0}, half.toDoubleArray(), 1e-15);
    Tensor ones = LinearAlgebra.solve(small, Tensor.of(4e-310, 3e-310));
    assertRelative(new double[] {1, 1}, ones.toDoubleArray(), 1e-13);
    Tensor transposed = new Solve(true).applyTo(large, Tensor.of(new double[][] {{0}, {1e308}}));
    assertRelative(new double[] {-.5, .5}, transposed.toDoubleArray(), 1e-15);
    Tensor steep = Tensor.of(new double[][] {{1, -1}, {1, 1e-3}});
    assertRelative(
        new double[] {0, -1.5e308},
        LinearAlgebra.solve(steep, Tensor.of(1.5e308, -1.5e305)).toDoubleArray(),
        1e-12);
  }

  @Test
  void choleskyNearTheEndsOfTheRange() {
    double[][] rows = {{4, 2, -2}, {2, 5, 3}, {-2, 3, 6}};
    double[] expected = LinearAlgebra.cholesky(Tensor.of(rows)).toDoubleArray();
    for (int exponent : new int[] {-1070, -1000, 1020}) {
      Tensor scaled = Tensor.of(rows).mul(Math.scalb(1.0, exponent / 2 / 2 * 2));
      scaled = scaled.mul(Math.scalb(1.0, exponent - exponent / 2 / 2 * 2));
      double[] actual = LinearAlgebra.cholesky(scaled).toDoubleArray();
      double unit = Math.scalb(1.0, exponent / 2);
      for (int i = 0; i < actual.length; i++) {
        assertEquals(expected[i], actual[i] / unit, 1e-14);
      }
    }
  }

  @Test
  void gradientsOfCholeskyNearTheEndsOfTheRange() {
    Tensor plain = Tensor.of(new double[][] {{4, 2}, {2, 5}});
    Tensor slope = Tensor.of(new double[][] {{1, 0}, {3, -2}});
    UnaryOperator<Tensor> function =
        x -> LinearAlgebra.cholesky(x).mul(slope.cast(x.dtype())).sum();
    double[] expected = gradient(function, plain);
    for (double exponent : new double[] {-120, -60, 60, 120}) {
      Tensor scaled = plain.mul(Math.pow(2, exponent)).cast(DType.FLOAT32);
      float unit = (float) Math.pow(2, exponent / 2);
      UnaryOperator<Tensor> large =
          x -> LinearAlgebra.cholesky(x).mul(slope.cast(x.dtype()).mul(1e25)).sum();
      double[] actual =
          Autodiff.grad(exponent > 0 ? large : function)
              .apply(scaled)
              .mul(exponent > 0 ? unit / 1e25 : unit)
              .toDoubleArray();
      assertRelative(expected, actual, 1e-6);
    }
  }

  // ---- singular values

  private static final Tensor PLAIN = Tensor.of(new double[][] {{3, 1}, {-1, 2}, {.5, 1}});

  @Test
  void singularValuesAtEveryScale() {
    double[] values = LinearAlgebra.singularValues(PLAIN).toDoubleArray();
    UnaryOperator<Tensor> ofValues = x -> LinearAlgebra.singularValues(x).sum();
    UnaryOperator<Tensor> ofVectors = x -> LinearAlgebra.svd(x).v().select(1, 0).sum();
    UnaryOperator<Tensor> ofLeft = x -> LinearAlgebra.svd(x).u().slice(0, 0, 2).sum();
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      double[] scales =
          dtype == DType.FLOAT32
              ? new double[] {1e-36, 1e-20, 1e20, 1e36}
              : new double[] {1e-300, 1e-170, 1e170, 1e300};
      double tolerance = dtype == DType.FLOAT32 ? 1e-6 : 1e-14;
      for (double scale : scales) {
        Tensor scaled = PLAIN.mul(scale).cast(dtype);
        double[] actual = LinearAlgebra.singularValues(scaled).div(scale).toDoubleArray();
        assertRelative(values, actual, tolerance);
        assertRelative(gradient(ofValues, PLAIN), gradient(ofValues, scaled), tolerance);
        for (UnaryOperator<Tensor> function : List.of(ofVectors, ofLeft)) {
          Tensor slope = Autodiff.grad(function).apply(scaled).cast(DType.FLOAT64).mul(scale);
          assertRelative(gradient(function, PLAIN), slope.toDoubleArray(), 10 * tolerance);
        }
      }
    }
  }

  @Test
  void singularValuesOfVeryDifferentSizes() {
    Tensor turn = Tensor.of(new double[][] {{.6, -.8, 0}, {.8, .6, 0}, {0, 0, 1}});
    Tensor graded = turn.mul(Tensor.of(1e150, 1e-100, 1e-250));
    double[] values = LinearAlgebra.singularValues(graded).toDoubleArray();
    assertEquals(1e150, values[0], 1e136);
    assertEquals(1e-100, values[1], 1e-114);
    assertEquals(1e-250, values[2], 1e-264);
    double tiny = 1e-200;
    Tensor leaning = Tensor.of(new double[][] {{1, tiny, 0}, {0, tiny, tiny}, {0, 0, tiny}});
    double[] lengths = LinearAlgebra.singularValues(leaning).div(1e-200).toDoubleArray();
    assertEquals((Math.sqrt(5) + 1) / 2, lengths[1], 1e-14);
    assertEquals((Math.sqrt(5) - 1) / 2, lengths[2], 1e-14);
  }

  private static Tensor squares(Tensor x) {
    return LinearAlgebra.singularValues(x).square().sum();
  }

  @Test
  void functionsOfEqualSingularValues() {
    Tensor turn = Tensor.of(new double[][] {{.6, -.8}, {.8, .6}});
    Tensor tall = Tensor.concat(0, List.of(turn, Tensor.zeros(DType.FLOAT64, 1, 2)));
    Tensor rank1 = Tensor.of(new double[][] {{1, 2}, {2, 4}, {0, 0}});
    Tensor none = Tensor.zeros(DType.FLOAT64, 3, 2);
    for (Tensor a : List.of(Tensor.eye(DType.FLOAT64, 3), turn.mul(3), tall, rank1, none)) {
      assertRelative(a.mul(2).toDoubleArray(), gradient(LinearAlgebraTest::squares, a), 1e-14);
      int n = a.size();
      assertArrayEquals(
          Tensor.eye(DType.FLOAT64, n).mul(2).toDoubleArray(),
          Autodiff.hessian(LinearAlgebraTest::squares, a).toDoubleArray(),
          1e-13);
    }
  }

  /** The sum of fourth powers is that of the squares of A^T A. */
  @Test
  void otherFunctionsOfEqualSingularValues() {
    UnaryOperator<Tensor> powers = x -> LinearAlgebra.singularValues(x).pow(4).sum();
    UnaryOperator<Tensor> known = x -> x.transpose().matmul(x).square().sum();
    UnaryOperator<Tensor> volume = x -> LinearAlgebra.singularValues(x).prod();
    UnaryOperator<Tensor> centred = x -> LinearAlgebra.singularValues(x).sub(1).square().sum();
    SplittableRandom random = new SplittableRandom(3);
    Tensor q = LinearAlgebra.svd(Tensor.normal(random, DType.FLOAT64, 4, 3)).u();
    for (Tensor a : List.of(q, q.mul(Tensor.of(2.0, 2, 1)), q.mul(Tensor.of(0.0, 0, 1)))) {
      assertRelative(gradient(known, a), gradient(powers, a), 1e-14);
      assertRelative(
          Autodiff.hessian(known, a).toDoubleArray(),
          Autodiff.hessian(powers, a).toDoubleArray(),
          1e-13);
    }
    Tensor square = Tensor.eye(DType.FLOAT64, 3).mul(2);
    assertArrayEquals(
        Autodiff.hessian(LinearAlgebra::determinant, square).toDoubleArray(),
        Autodiff.hessian(volume, square).toDoubleArray(),
        1e-13);
    double[] ofCentred = Autodiff.hessian(centred, Tensor.eye(DType.FLOAT64, 2)).toDoubleArray();
    assertArrayEquals(
        new double[] {2, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 2}, ofCentred, 1e-14);
  }

  private static boolean hasNaN(Tensor tensor) {
    return tensor.isNaN().cast(DType.FLOAT64).sum().item() > 0;
  }

  @Test
  void whatHasNoDerivativeAtEqualSingularValuesIsNaN() {
    Tensor identity = Tensor.eye(DType.FLOAT64, 2);
    UnaryOperator<Tensor> largest = x -> LinearAlgebra.singularValues(x).select(0, 0).square();
    assertTrue(hasNaN(Autodiff.hessian(largest, identity)));
    UnaryOperator<Tensor> twice =
        x -> LinearAlgebra.singularValues(x).mul(LinearAlgebra.singularValues(x)).sum();
    assertTrue(hasNaN(Autodiff.hessian(twice, identity)));
    UnaryOperator<Tensor> ofU = x -> LinearAlgebra.svd(x).u().select(1, 0).sum();
    assertTrue(hasNaN(Autodiff.grad(ofU).apply(identity)));
    UnaryOperator<Tensor> rebuilt =
        x -> {
          LinearAlgebra.Svd svd = LinearAlgebra.svd(x);
          return svd.u().mul(svd.values()).matmul(svd.v().transpose()).sum();
        };
    assertTrue(hasNaN(Autodiff.grad(rebuilt).apply(identity)));
    UnaryOperator<Tensor> parts =
        x -> {
          LinearAlgebra.Svd svd = LinearAlgebra.svd(x);
          Tensor vectors = svd.u().square().sum().add(svd.v().square().sum());
          return svd.values().square().sum().add(vectors);
        };
    for (Tensor a : List.of(identity, Tensor.of(new double[][] {{.6, -.8}, {.8, .6}}))) {
      assertRelative(a.mul(2).toDoubleArray(), gradient(parts, a), 1e-14);
      assertTrue(hasNaN(Autodiff.hessian(parts, a)));
    }
    UnaryOperator<Tensor> nuclear = x -> LinearAlgebra.singularValues(x).sum();
    assertTrue(hasNaN(Autodiff.hessian(nuclear, Tensor.of(new double[][] {{1, 2}, {2, 4}}))));
  }

  @Test
  void thirdDerivativesOfSingularValues() {
    UnaryOperator<Tensor> powers = x -> LinearAlgebra.singularValues(x).pow(4).sum();
    UnaryOperator<Tensor> known = x -> x.transpose().matmul(x).square().sum();
    Tensor v = Tensor.of(new double[][] {{1, -1}, {.5, 2}, {0, 1}});
    UnaryOperator<Tensor> second = x -> Autodiff.hvp(powers, x, v).mul(v).sum();
    UnaryOperator<Tensor> secondKnown = x -> Autodiff.hvp(known, x, v).mul(v).sum();
    assertRelative(gradient(secondKnown, PLAIN), gradient(second, PLAIN), 1e-12);
    Tensor equal = Tensor.of(new double[][] {{1, 0}, {0, 1}, {0, 0}});
    assertTrue(hasNaN(Autodiff.grad(second).apply(equal)));
  }
}
