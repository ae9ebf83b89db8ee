package dev.lanegrad.autodiff.formula;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.formula.FunctionTable.Arguments;
import dev.lanegrad.autodiff.formula.FunctionTable.Row;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Accuracy of every elementary function, and the values it must hit exactly. Errors are in units in
 * the last place of the exact result; the bounds are those measured over far more samples.
 */
class ElementaryFunctionsTest {
  private static final double SLACK = 0.05;
  private static final int SLOW_SAMPLES = 3000;
  private static final int FAST_SAMPLES = 100_000;
  private static final List<DType> DTYPES = List.of(DType.FLOAT32, DType.FLOAT64);
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;
  private static final double PI = StrictMath.PI;

  @TestFactory
  Stream<DynamicTest> errorIsWithinItsBound() {
    return eachFunction(
        (row, dtype) -> {
          double bound = dtype == DType.FLOAT32 ? row.bound32() : row.bound64();
          Sample worst = worst(row, dtype);
          assertTrue(worst.error <= bound + SLACK, () -> worst + ", bound " + bound);
        });
  }

  private record Sample(double error, double[] arguments) {
    @Override
    public String toString() {
      return error + " ulp at " + Arrays.toString(arguments);
    }
  }

  /** The sample with the largest error; one that is not a number counts as infinite. */
  static Sample worst(Row row, DType dtype) {
    boolean float32 = dtype == DType.FLOAT32;
    ProgramInterpreter program = row.program(dtype);
    SplittableRandom random = new SplittableRandom(1);
    Sample worst = new Sample(0, new double[0]);
    boolean fast = float32 && row.inDouble() != null;
    for (int i = fast ? FAST_SAMPLES : SLOW_SAMPLES; i > 0; i--) {
      double[] x = float32 ? next32(row.arguments(), random) : row.arguments().next(random);
      double result = run(program, dtype, x);
      double error =
          fast
              ? Ulps.error32(result, row.inDouble().applyAsDouble(x))
              : Ulps.error(result, row.exact().apply(exactly(x)), dtype);
      if (!(error <= worst.error)) {
        worst = new Sample(Double.isNaN(error) ? INF : error, x);
      }
    }
    return worst;
  }

  /** Arguments rounded to float32, drawn again where one overflows or vanishes. */
  private static double[] next32(Arguments arguments, SplittableRandom random) {
    while (true) {
      double[] x = arguments.next(random);
      boolean fits = true;
      for (int i = 0; i < x.length; i++) {
        float narrow = (float) x[i];
        fits &= Float.isFinite(narrow) && (narrow == 0) == (x[i] == 0);
        x[i] = narrow;
      }
      if (fits) {
        return x;
      }
    }
  }

  private static BigDecimal[] exactly(double[] x) {
    return Arrays.stream(x).mapToObj(BigDecimal::new).toArray(BigDecimal[]::new);
  }

  @TestFactory
  Stream<DynamicTest> everyNaNGivesTheCanonicalOne() {
    return eachFunction(
        (row, dtype) -> {
          ProgramInterpreter program = row.program(dtype);
          for (int position = 0; position < row.arity(); position++) {
            for (int pattern : new int[] {0x7fc00000, 0xffc00000, 0x7f800001, 0xffabcdef}) {
              double[] x = {0.5, 0.5};
              x[position] =
                  dtype == DType.FLOAT32
                      ? Float.intBitsToFloat(pattern)
                      : Double.longBitsToDouble(
                          (pattern & 0x80000000L) << 32
                              | 0x7ffL << 52
                              | (pattern & 0x7fffffL) << 29);
              assertSame(dtype, NAN, program, Arrays.copyOf(x, row.arity()));
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> oddFunctionsAreOddToTheBit() {
    Set<String> odd =
        Set.of("tanh", "sinh", "asinh", "atanh", "sin", "tan", "asin", "atan", "erf", "cbrt");
    return eachFunction(
        (row, dtype) -> {
          ProgramInterpreter program = row.program(dtype);
          SplittableRandom random = new SplittableRandom(2);
          for (int i = 0; odd.contains(row.name()) && i < 1000; i++) {
            double x = row.arguments().next(random)[0];
            assertSame(dtype, -run(program, dtype, x), program, -x);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> specialValues() {
    return Stream.of(
        special("exp", INF, INF, -INF, 0, 0, 1, -0.0, 1, 1e4, INF, -1e4, 0),
        special("expm1", INF, INF, -INF, -1, 0, 0, -0.0, -0.0, 1e4, INF, -1e4, -1),
        special("sigmoid", INF, 1, -INF, 0, 0, 0.5, -0.0, 0.5, 1e4, 1, -1e4, 0),
        special("softplus", INF, INF, -INF, 0, 1e4, 1e4, -1e4, 0, 0, StrictMath.log(2)),
        special("log", INF, INF, 0, -INF, -0.0, -INF, 1, 0, -1, NAN, -INF, NAN),
        special("log1p", INF, INF, 0, 0, -0.0, -0.0, -1, -INF, -2, NAN, -INF, NAN),
        special("log2", INF, INF, 0, -INF, -0.0, -INF, 1, 0, -1, NAN, -INF, NAN),
        special("log10", INF, INF, 0, -INF, -0.0, -INF, 1, 0, -1, NAN, -INF, NAN),
        special("tanh", INF, 1, -INF, -1, 0, 0, -0.0, -0.0, 1e4, 1),
        special("sinh", INF, INF, -INF, -INF, 0, 0, -0.0, -0.0, 1e4, INF, -1e4, -INF),
        special("cosh", INF, INF, -INF, INF, 0, 1, -0.0, 1, 1e4, INF, -1e4, INF),
        special("asinh", INF, INF, -INF, -INF, 0, 0, -0.0, -0.0),
        special("acosh", INF, INF, 1, 0, 0.5, NAN, -INF, NAN, -2, NAN),
        special("atanh", 1, INF, -1, -INF, 0, 0, -0.0, -0.0, 2, NAN, -2, NAN, INF, NAN),
        special("sin", INF, NAN, -INF, NAN, 0, 0, -0.0, -0.0),
        special("cos", INF, NAN, -INF, NAN, 0, 1, -0.0, 1),
        special("tan", INF, NAN, -INF, NAN, 0, 0, -0.0, -0.0),
        special("asin", 1, PI / 2, -1, -PI / 2, 0, 0, -0.0, -0.0, 1.5, NAN, -INF, NAN),
        special("acos", 1, 0, -1, PI, 0, PI / 2, -0.0, PI / 2, 1.5, NAN, -INF, NAN),
        special("atan", INF, PI / 2, -INF, -PI / 2, 0, 0, -0.0, -0.0),
        special("erf", INF, 1, -INF, -1, 0, 0, -0.0, -0.0),
        special("erfc", INF, 0, -INF, 2, 0, 1, -0.0, 1),
        special("gelu", INF, INF, -INF, -0.0, 0, 0, -0.0, -0.0),
        special("cbrt", INF, INF, -INF, -INF, 0, 0, -0.0, -0.0, -27, -3));
  }

  /** Pairs of an argument and its result. */
  private static DynamicTest special(String name, double... pairs) {
    return dynamicTest(
        name,
        () -> {
          for (DType dtype : DTYPES) {
            ProgramInterpreter program = FunctionTable.program(name, dtype);
            for (int i = 0; i < pairs.length; i += 2) {
              assertSame(dtype, pairs[i + 1], program, pairs[i]);
            }
          }
        });
  }

  @Test
  void twoArgumentsAtSpecialValues() {
    double[] values = {0, -0.0, 1, -1, 0.5, -0.5, 2, -2, 3, -3, 2.5, 1e9, -1e9, INF, -INF, NAN};
    for (DType dtype : DTYPES) {
      ProgramInterpreter pow = FunctionTable.program("pow", dtype);
      ProgramInterpreter atan2 = FunctionTable.program("atan2", dtype);
      for (double x : values) {
        for (double y : values) {
          boolean alwaysOne = x == 1 || (x == -1 && Double.isInfinite(y)); // as in C99
          double power = alwaysOne ? 1 : StrictMath.pow(x, y);
          assertNear(dtype, power, run(pow, dtype, x, y), "pow", x, y);
          assertNear(dtype, StrictMath.atan2(x, y), run(atan2, dtype, x, y), "atan2", x, y);
        }
      }
    }
  }

  /** To one unit in the last place; infinities, zeros with their sign and NaN exactly. */
  private static void assertNear(
      DType dtype, double expected, double actual, String name, double x, double y) {
    double rounded = dtype == DType.FLOAT32 ? (float) expected : expected;
    double ulp = dtype == DType.FLOAT32 ? Math.ulp((float) expected) : Math.ulp(expected);
    boolean exact = rounded == 0 || !Double.isFinite(rounded);
    boolean same = Double.doubleToLongBits(rounded) == Double.doubleToRawLongBits(actual);
    assertTrue(
        exact ? same : Math.abs(rounded - actual) <= ulp,
        () -> "%s %s(%s, %s): %s, not %s".formatted(dtype, name, x, y, actual, rounded));
  }

  @Test
  void exactResults() {
    for (DType dtype : DTYPES) {
      boolean float32 = dtype == DType.FLOAT32;
      ProgramInterpreter log2 = FunctionTable.program("log2", dtype);
      ProgramInterpreter log10 = FunctionTable.program("log10", dtype);
      ProgramInterpreter cbrt = FunctionTable.program("cbrt", dtype);
      ProgramInterpreter pow = FunctionTable.program("pow", dtype);
      for (int k = float32 ? -149 : -1074; k <= (float32 ? 127 : 1023); k++) {
        assertSame(dtype, k, log2, Math.scalb(1.0, k));
        if (k >= (float32 ? -126 : -1022)) {
          assertSame(dtype, Math.scalb(1.0, k), pow, 2, k);
        }
      }
      for (int k = 0; k <= (float32 ? 10 : 22); k++) {
        assertSame(dtype, k, log10, Double.parseDouble("1e" + k));
      }
      for (int k = -999; k < 1000; k++) {
        assertSame(dtype, k, cbrt, (double) k * k * k);
        assertSame(dtype, k * k, pow, k, 2);
      }
    }
  }

  @Test
  void expOfFloat32IsMonotone() {
    ProgramInterpreter exp = FunctionTable.program("exp", DType.FLOAT32);
    for (float start : new float[] {0.5f, 0.6931f, 1.0397f, 7.9f, 40, 87.9f}) {
      float previous = 0;
      float x = start;
      for (int i = 0; i < 10_000; i++, x = Math.nextUp(x)) {
        float y = exp.run(x);
        assertTrue(y >= previous, "at " + x);
        previous = y;
      }
    }
  }

  private record Case(Row row, DType dtype) {
    @Override
    public String toString() {
      return row.name() + " " + dtype;
    }
  }

  private interface Check {
    void of(Row row, DType dtype);
  }

  private static Stream<DynamicTest> eachFunction(Check check) {
    return FunctionTable.ROWS.stream()
        .flatMap(row -> DTYPES.stream().map(dtype -> new Case(row, dtype)))
        .filter(each -> each.dtype == DType.FLOAT64 || each.row.bound32() < INF)
        .map(each -> dynamicTest(each.toString(), () -> check.of(each.row, each.dtype)));
  }

  private static double run(ProgramInterpreter program, DType dtype, double... x) {
    return dtype == DType.FLOAT32 ? program.run(narrow(x)) : program.run(x);
  }

  /** The result's bits are those of the expected number, rounded to the dtype. */
  private static void assertSame(
      DType dtype, double expected, ProgramInterpreter program, double... x) {
    String arguments = dtype + " " + Arrays.toString(x);
    if (dtype == DType.FLOAT32) {
      int actual = Float.floatToRawIntBits(program.run(narrow(x)));
      assertEquals(hex(Float.floatToRawIntBits((float) expected)), hex(actual), arguments);
    } else {
      long actual = Double.doubleToRawLongBits(program.run(x));
      assertEquals(hex(Double.doubleToRawLongBits(expected)), hex(actual), arguments);
    }
  }

  private static String hex(long bits) {
    return Long.toHexString(bits);
  }

  private static float[] narrow(double[] x) {
    float[] narrow = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      narrow[i] = (float) x[i];
    }
    return narrow;
  }
}
