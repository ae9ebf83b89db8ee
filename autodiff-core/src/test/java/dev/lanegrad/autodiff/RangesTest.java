package dev.lanegrad.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Finite results of numbers whose squares or sums are not, and of numbers that nearly cancel. */
class RangesTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  /** Value and gradient, relative to the largest of each. */
  private static void gives(
      UnaryOperator<Tensor> function, Tensor x, double value, double... gradient) {
    Tensor leaf = x.requiresGrad();
    Tensor y = function.apply(leaf);
    double precision = x.dtype() == DType.FLOAT32 ? 1e-6 : 2e-14;
    assertEquals(value, y.item(), precision * Math.abs(value));
    double[] actual = y.backward().of(leaf).toDoubleArray();
    double largest = 0;
    for (double slope : gradient) {
      largest = Math.max(largest, Math.abs(slope));
    }
    assertArrayEquals(gradient, actual, precision * largest);
  }

  private static List<Tensor> inBoth(double a, double b) {
    return List.of(Tensor.of(a, b), Tensor.of((float) a, (float) b));
  }

  @Test
  void normsOfLargeAndSmallNumbers() {
    for (double scale : new double[] {1, 1e20, 1e30, 1e-20, 1e-30, 1e-37}) {
      for (Tensor x : inBoth(3 * scale, -4 * scale)) {
        gives(Tensor::norm, x, 5 * scale, 0.6, -0.8);
        double root = Math.cbrt(91);
        gives(y -> y.pNorm(3), x, root * scale, 9 / (root * root), -16 / (root * root));
      }
    }
    gives(Tensor::norm, Tensor.of(3e200, -4e200), 5e200, 0.6, -0.8);
    gives(Tensor::norm, Tensor.of(3e-300, -4e-300), 5e-300, 0.6, -0.8);
    gives(y -> y.pNorm(0.5), Tensor.of(1e300, 1e300), 4e300, 2, 2);
    assertEquals(INF, Tensor.of(INF, 1).norm().item());
  }

  @Test
  void eachLineHasItsOwnScale() {
    Tensor x = Tensor.of(new double[][] {{3e-200, 4e-200}, {3, 4}, {0, 0}, {3e200, 4e200}});
    Tensor leaf = x.requiresGrad();
    Tensor norms = leaf.norm(1);
    assertArrayEquals(new double[] {5e-200, 5, 0}, norms.slice(0, 0, 3).toDoubleArray(), 1e-15);
    assertEquals(5e200, norms.select(0, 3).item(), 1e185);
    double[] gradient = norms.sum().backward().of(leaf).toDoubleArray();
    assertArrayEquals(new double[] {.6, .8, .6, .8, 0, 0, .6, .8}, gradient, 1e-15);
  }

  @Test
  void deviationsOfLargeAndSmallNumbers() {
    double root = Math.sqrt(2);
    for (double scale : new double[] {1, 1e19, 1e30, 1e38, 1e-20, 1e-30, 1e-37}) {
      for (Tensor x : inBoth(scale, -scale)) {
        gives(Tensor::std, x, root * scale, 1 / root, -1 / root);
      }
    }
    gives(Tensor::std, Tensor.of(new float[] {3e38f, 3e38f}), 0, 0, 0);
    gives(Tensor::var, Tensor.of(new float[] {1e30f, -1e30f}), INF, 2e30, -2e30);
    gives(Tensor::var, Tensor.of(new float[] {1e-30f, -1e-30f}), 0, 2e-30, -2e-30);
    gives(Tensor::var, Tensor.of(new float[] {3e38f, 3e38f}), 0, 0, 0);
  }

  @Test
  void deviationsOfNumbersFarFromZero() {
    float ulp = Math.ulp(1e4f);
    gives(Tensor::std, Tensor.of(new float[] {1e4f, 1e4f + ulp, 1e4f + 2 * ulp}), ulp, -.5, 0, .5);
    double spread = Math.ulp(1e12);
    gives(Tensor::std, Tensor.of(1e12, 1e12 + spread, 1e12 + 2 * spread), spread, -.5, 0, .5);

    Tensor noise = Tensor.normal(new SplittableRandom(1), DType.FLOAT32, 1_000).add(1e4);
    gives(Tensor::var, noise, noise.cast(DType.FLOAT64).var().item(), gradientOfVariance(noise));
  }

  private static double[] gradientOfVariance(Tensor x) {
    Tensor leaf = x.cast(DType.FLOAT64).requiresGrad();
    return leaf.var().backward().of(leaf).toDoubleArray();
  }

  @Test
  void meansOfLargeNumbers() {
    gives(Tensor::mean, Tensor.of(new float[] {3e38f, 2e38f, 1e38f}), 2e38, 1 / 3., 1 / 3., 1 / 3.);
    gives(Tensor::mean, Tensor.of(1.5e308, 1.5e308), 1.5e308, 0.5, 0.5);
    Tensor rows = Tensor.of(new float[][] {{3e38f, 3e38f}, {1, 2}, {-3e38f, -1e38f}});
    assertArrayEquals(new float[] {3e38f, 1.5f, -2e38f}, rows.mean(1).toFloatArray(), 1e32f);
    assertArrayEquals(
        rows.mean(1).toFloatArray(), rows.meanKeeping(1).reshape(3).toFloatArray(), 0);
    assertEquals(INF, Tensor.of(INF, 1).mean().item());
    assertTrue(Double.isNaN(Tensor.of(INF, -INF).mean().item()));
  }

  @Test
  void logSumExpOfLargeNumbers() {
    gives(x -> x.logSumExp(0), Tensor.of(new float[] {3e38f, 3e38f}), 3e38, 0.5, 0.5);
    gives(x -> x.logSumExp(0), Tensor.of(new float[] {1e6f, 1e6f}), 1e6 + 0.6931, 0.5, 0.5);
    gives(x -> x.logSumExp(0), Tensor.of(new float[] {-3e38f, 3e38f}), 3e38, 0, 1);
    gives(x -> x.logSumExp(0), Tensor.of(1e17, 1e17), 1e17, 0.5, 0.5);
    gives(x -> x.logSumExp(0), Tensor.of(INF, 0), INF, 1, 0);
    gives(x -> x.logSumExp(0), Tensor.of(INF, 0, INF), INF, 0.5, 0, 0.5);
    gives(x -> x.logSumExp(0), Tensor.of(-INF, -INF), -INF, 0, 0);
    gives(x -> x.logSumExp(0), Tensor.zeros(DType.FLOAT32, 0), -INF);
    double[] nothing = Tensor.zeros(DType.FLOAT64, 2, 0).logSumExp(1).toDoubleArray();
    assertArrayEquals(new double[] {-INF, -INF}, nothing);
  }

  @Test
  void normsOfGradients() {
    Tensor many = Tensor.zeros(DType.FLOAT32, 128).requiresGrad();
    double slope = (float) 1e19;
    double expected = Math.sqrt(128) * slope;
    assertEquals(expected, many.mul(slope).sum().backward().norm(), 1e-6 * expected);

    Tensor a = Tensor.of(1.0).requiresGrad();
    Tensor b = Tensor.of(1.0).requiresGrad();
    Tensor zero = Tensor.of(0.0).requiresGrad();
    for (double scale : new double[] {1, 1e200, 1e300, 1e-200, 1e-300}) {
      Tensor loss = a.mul(3 * scale).add(b.mul(4 * scale)).add(zero.mul(0)).sum();
      assertEquals(5 * scale, loss.backward().norm(), 1e-15 * scale);
    }
    assertEquals(1e200, a.mul(1e200).add(b.mul(1e-200)).sum().backward().norm(), 1e185);
    assertEquals(0, a.mul(0).sum().backward().norm());
  }
}
