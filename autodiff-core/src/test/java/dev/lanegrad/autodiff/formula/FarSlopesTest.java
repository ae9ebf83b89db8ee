package dev.lanegrad.autodiff.formula;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.SlopeReferences.Range;
import dev.lanegrad.autodiff.formula.SlopeReferences.Reference;
import dev.lanegrad.autodiff.formula.SlopeReferences.Slope;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.testing.Samples;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The derivative column of the function table over the whole range of both dtypes, against exact
 * derivatives: no slope vanishes, overflows or loses its digits before it has to.
 */
class FarSlopesTest {
  private static final int COUNT = Samples.times(120);
  private static final List<DType> DTYPES = List.of(DType.FLOAT32, DType.FLOAT64);

  @TestFactory
  Stream<DynamicTest> slopesAreRightFarOut() {
    return Arrays.stream(ScalarFunction.values())
        .flatMap(f -> DTYPES.stream().map(t -> dynamicTest(f + " " + t, () -> check(f, t))));
  }

  private static void check(ScalarFunction function, DType dtype) {
    Sampled sampled = Sampled.of(function, dtype, COUNT);
    for (int j = 0; j < function.arity(); j++) {
      Miss worst = sampled.worst(j, slope(function, j));
      double bound = SlopeReferences.of(function).ulps();
      assertTrue(worst.ulps <= bound, () -> worst + ", bound " + bound);
    }
  }

  @TestFactory
  Stream<DynamicTest> slopesAreRightAtInfinity() {
    return Arrays.stream(ScalarFunction.values())
        .filter(f -> SlopeReferences.of(f).atInfinities().length > 0)
        .map(f -> dynamicTest(f.toString(), () -> checkInfinities(f)));
  }

  private static void checkInfinities(ScalarFunction function) {
    double[] infinities = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    for (DType dtype : DTYPES) {
      double[] expected = SlopeReferences.of(function).atInfinities().clone();
      double[] actual = apply(slope(function, 0), dtype, infinities);
      for (int i = 0; i < expected.length; i++) {
        expected[i] = (dtype == DType.FLOAT32 ? (float) expected[i] : expected[i]) + 0.0;
        actual[i] += 0.0;
      }
      assertEquals(Arrays.toString(expected), Arrays.toString(actual), dtype.toString());
    }
  }

  private static Formula slope(ScalarFunction function, int j) {
    Formula[] inputs = new Formula[function.arity()];
    Arrays.setAll(inputs, Formula::input);
    return function.of(inputs).derivative(j);
  }

  private static double[] apply(Formula formula, DType dtype, double[]... columns) {
    Tensor[] arguments =
        Arrays.stream(columns, 0, Math.max(formula.inputs(), 1))
            .map(c -> Tensor.ofDoubles(dtype, Shape.of(c.length), c))
            .toArray(Tensor[]::new);
    return Elementwise.of(formula).applyTo(arguments).toDoubleArray();
  }

  /** How far a slope is off. */
  record Miss(double ulps, double[] arguments, double slope, double exact) {
    @Override
    public String toString() {
      return "%s ulp at %s: %s, not %s".formatted(ulps, Arrays.toString(arguments), slope, exact);
    }
  }

  /** Arguments of a function and its exact slopes there. */
  record Sampled(ScalarFunction function, DType dtype, double[][] columns, Slope[][] exact) {
    static Sampled of(ScalarFunction function, DType dtype, int count) {
      Reference reference = SlopeReferences.of(function);
      SplittableRandom random = new SplittableRandom(4);
      double[][] columns = new double[function.arity()][count];
      Slope[][] exact = new Slope[count][];
      for (int e = 0; e < count; e++) {
        BigDecimal[] x = new BigDecimal[columns.length];
        for (int j = 0; j < x.length; j++) {
          columns[j][e] = draw(reference.ranges().get(j), dtype, e % 2 == 0, random);
          x[j] = new BigDecimal(columns[j][e]);
        }
        exact[e] = reference.exact().of(x);
      }
      return new Sampled(function, dtype, columns, exact);
    }

    /** Every exponent is equally likely: of the whole range, or of its middle. */
    private static double draw(Range range, DType dtype, boolean wide, SplittableRandom random) {
      boolean float32 = dtype == DType.FLOAT32;
      int top = !wide ? 8 : float32 ? 127 : 1023;
      int bottom = !wide ? -8 : float32 ? -126 : -1022;
      boolean negative = random.nextBoolean();
      double x = random.nextDouble(1, 2);
      x = float32 ? (float) x : x;
      x =
          switch (range) {
            case ANY -> Math.scalb(negative ? -x : x, random.nextInt(bottom, top + 1));
            case POSITIVE -> Math.scalb(x, random.nextInt(bottom, top + 1));
            case ABOVE_1 -> wide ? Math.scalb(x, random.nextInt(0, top + 1)) : x;
            case ABOVE_MINUS_1 -> negative ? x - 2 : Math.scalb(x, random.nextInt(bottom, top + 1));
            case INSIDE_1 -> {
              double inside = wide ? Math.scalb(x, random.nextInt(bottom, 0)) : 2 - x;
              yield negative ? -inside : inside;
            }
            case ANGLE -> Math.scalb(negative ? -x : x, random.nextInt(bottom, Math.min(top, 15)));
            case SMALL -> negative ? -x : x;
          };
      return float32 ? (float) x : x;
    }

    /** The sample at which a formula for the slope of argument {@code j} is furthest off. */
    Miss worst(int j, Formula slope) {
      double[] slopes = apply(slope, dtype, columns);
      Miss worst = new Miss(0, new double[0], 0, 0);
      for (int e = 0; e < slopes.length; e++) {
        double ulps = error(slopes[e], exact[e][j]);
        if (!(ulps <= worst.ulps)) {
          int sample = e;
          double[] x = Arrays.stream(columns).mapToDouble(c -> c[sample]).toArray();
          double infinite = Double.isNaN(ulps) ? Double.POSITIVE_INFINITY : ulps;
          worst = new Miss(infinite, x, slopes[e], exact[e][j].value().doubleValue());
        }
      }
      return worst;
    }

    /** Relative to the slope or, where that is smaller, to the smallest normal number. */
    private double error(double slope, Slope exact) {
      boolean float32 = dtype == DType.FLOAT32;
      BigDecimal limit = BigDecimal.TWO.pow(float32 ? 128 : 1024);
      if (Double.isNaN(slope)) {
        return Double.NaN;
      }
      BigDecimal given =
          Double.isInfinite(slope)
              ? limit.multiply(BigDecimal.valueOf((long) Math.signum(slope)))
              : new BigDecimal(slope);
      BigDecimal right = exact.value().min(limit).max(limit.negate());
      BigDecimal smallest = new BigDecimal(float32 ? Float.MIN_NORMAL : Double.MIN_NORMAL);
      MathContext digits = MathContext.DECIMAL64;
      return given
          .subtract(right, MathContext.DECIMAL128)
          .abs()
          .divide(exact.size().min(limit).max(smallest), digits)
          .multiply(BigDecimal.TWO.pow(float32 ? 24 : 53), digits)
          .doubleValue();
    }
  }
}
