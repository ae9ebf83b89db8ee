package dev.lanegrad.autodiff.formula;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.FunctionReferences.Reference;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.testing.Samples;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every function of the table, as tensors compute it, against what it means. */
class FunctionValuesTest {
  private static final int COUNT = Samples.times(800);
  private static final List<DType> DTYPES = List.of(DType.FLOAT32, DType.FLOAT64);

  @AfterAll
  static void report() {
    System.out.printf(
        "values: %d functions, %,d samples in each dtype%n",
        ScalarFunction.values().length, ScalarFunction.values().length * COUNT);
  }

  @TestFactory
  Stream<DynamicTest> valuesAreWithinTheBoundOfTheRow() {
    return Arrays.stream(ScalarFunction.values())
        .flatMap(f -> DTYPES.stream().map(t -> dynamicTest(f + " " + t, () -> checkValues(f, t))));
  }

  private static void checkValues(ScalarFunction function, DType dtype) {
    Reference reference = FunctionReferences.of(function);
    double[][] columns = samples(function, dtype);
    double[] results = apply(function, dtype, columns);
    for (int e = 0; e < results.length; e++) {
      double[] x = new double[columns.length];
      for (int j = 0; j < x.length; j++) {
        x[j] = columns[j][e];
      }
      BigDecimal[] exact = Arrays.stream(x).mapToObj(BigDecimal::new).toArray(BigDecimal[]::new);
      double error = Ulps.error(results[e], reference.exact().of(exact), dtype);
      assertTrue(
          error <= function.ulps(),
          () -> error + " ulp at " + Arrays.toString(x) + ", bound " + function.ulps());
    }
  }

  /** Half of the domain, half of it scaled down towards 0 where 0 belongs to it. */
  private static double[][] samples(ScalarFunction function, DType dtype) {
    SplittableRandom random = new SplittableRandom(3);
    double[][] columns = new double[function.arity()][COUNT];
    for (int e = 0; e < COUNT; e++) {
      double[] x = FunctionSamples.draw(function, random);
      for (int j = 0; j < x.length; j++) {
        Domain domain = function.domains().get(j);
        boolean holdsZero = domain.low() <= 0 && domain.high() >= 0;
        if (holdsZero && e % 2 == 1) {
          x[j] = Math.scalb(x[j], -random.nextInt(dtype == DType.FLOAT32 ? 120 : 1000));
        }
        columns[j][e] = dtype == DType.FLOAT32 ? (float) x[j] : x[j];
      }
    }
    return columns;
  }

  @TestFactory
  Stream<DynamicTest> specialValuesAreRight() {
    return Arrays.stream(ScalarFunction.values())
        .filter(f -> f.arity() == 1)
        .map(f -> dynamicTest(f.toString(), () -> checkSpecials(f)));
  }

  private static void checkSpecials(ScalarFunction function) {
    double inf = Double.POSITIVE_INFINITY;
    double[] specials = FunctionReferences.of(function).specials();
    for (DType dtype : DTYPES) {
      double[] expected = Arrays.copyOf(specials, 5);
      expected[4] = function == ScalarFunction.LOGICAL_NOT ? 0 : Double.NaN;
      if (dtype == DType.FLOAT32) {
        Arrays.setAll(expected, i -> (float) expected[i]);
      }
      double[] actual = apply(function, dtype, new double[] {0, -0.0, inf, -inf, Double.NaN});
      assertEquals(Arrays.toString(expected), Arrays.toString(actual), dtype.toString());
    }
  }

  @Test
  void minAndMaxPassNaNOn() {
    double[] some = {1, Double.NaN, Double.NaN};
    double[] others = {Double.NaN, 1, Double.NaN};
    for (ScalarFunction function : List.of(ScalarFunction.MIN, ScalarFunction.MAX)) {
      double[] results = apply(function, DType.FLOAT64, some, others);
      assertTrue(Arrays.stream(results).allMatch(Double::isNaN), () -> function.toString());
    }
  }

  @Test
  void comparisonsWithNaNDoNotHold() {
    List<ScalarFunction> comparisons =
        List.of(
            ScalarFunction.LESS,
            ScalarFunction.LESS_EQUAL,
            ScalarFunction.GREATER,
            ScalarFunction.GREATER_EQUAL,
            ScalarFunction.EQUAL);
    for (ScalarFunction function : comparisons) {
      double[] nan = {Double.NaN, 0, Double.NaN};
      double[] results = apply(function, DType.FLOAT64, nan, new double[] {0, Double.NaN, nan[0]});
      assertEquals("[0.0, 0.0, 0.0]", Arrays.toString(results), function.toString());
    }
  }

  @Test
  void selectLooksOnlyAtWhatIsChosen() {
    double[] condition = {1, 0, -2, Double.NaN};
    double[] chosen = {5, Double.NaN, 6, 7};
    double[] other = {Double.NaN, 8, Double.POSITIVE_INFINITY, Double.NaN};
    double[] results = apply(ScalarFunction.SELECT, DType.FLOAT64, condition, chosen, other);
    assertEquals("[5.0, 8.0, 6.0, 7.0]", Arrays.toString(results));
  }

  private static double[] apply(ScalarFunction function, DType dtype, double[]... columns) {
    List<Tensor> arguments = new ArrayList<>();
    for (double[] column : columns) {
      arguments.add(Tensor.ofDoubles(dtype, Shape.of(column.length), column));
    }
    return Elementwise.of(function).apply(arguments).getFirst().toDoubleArray();
  }
}
