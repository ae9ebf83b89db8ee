package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.FunctionSamples;
import dev.lanegrad.autodiff.formula.ScalarFunction;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.testing.Bits;
import dev.lanegrad.autodiff.testing.TensorBits;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Prints the bits of every function of the table and of its first derivatives: in its domain, where
 * what a training computes mostly lies, and at special values.
 */
final class FunctionBits {
  private static final int SAMPLES = 301;

  private FunctionBits() {}

  static void print() {
    for (ScalarFunction function : ScalarFunction.values()) {
      for (DType dtype : TensorBits.DTYPES) {
        print("function/" + function, function, dtype, samples(function));
        print("function/" + function + "/special", function, dtype, special(function, dtype));
      }
    }
  }

  private static void print(
      String row, ScalarFunction function, DType dtype, List<double[]> columns) {
    Formula[] arguments = new Formula[function.arity()];
    Arrays.setAll(arguments, Formula::input);
    Elementwise op = Elementwise.of(function.of(arguments));
    TensorBits bits = new TensorBits(row, dtype);
    bits.add(op::apply, columns.stream().map(Tensor::of).toList());
    bits.print();
  }

  private static List<double[]> samples(ScalarFunction function) {
    List<double[]> columns = columns(function, SAMPLES);
    SplittableRandom random = new SplittableRandom(4);
    for (int e = 0; e < SAMPLES; e++) {
      double[] drawn = FunctionSamples.draw(function, random);
      for (int j = 0; j < drawn.length; j++) {
        columns.get(j)[e] = drawn[j];
      }
    }
    return columns;
  }

  /** Every special value, with others where there are several arguments, and any bit patterns. */
  private static List<double[]> special(ScalarFunction function, DType dtype) {
    double[] values = Bits.special(dtype);
    int count = values.length * function.arity() * function.arity();
    List<double[]> columns = columns(function, count + 12);
    SplittableRandom random = new SplittableRandom(5);
    for (int j = 0; j < columns.size(); j++) {
      double[] column = columns.get(j);
      for (int e = 0; e < column.length; e++) {
        column[e] =
            e >= count
                ? Bits.anyNumber(dtype, random)
                : values[j == 0 ? e % values.length : random.nextInt(values.length)];
      }
    }
    return columns;
  }

  private static List<double[]> columns(ScalarFunction function, int rows) {
    double[][] columns = new double[function.arity()][rows];
    return List.of(columns);
  }
}
