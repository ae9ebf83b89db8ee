package dev.lanegrad.autodiff.internal.kernel.loops;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.FunctionSamples;
import dev.lanegrad.autodiff.formula.ScalarFunction;
import dev.lanegrad.autodiff.internal.kernel.compilation.Widths;
import dev.lanegrad.autodiff.internal.program.Program;
import dev.lanegrad.autodiff.internal.program.Template;
import dev.lanegrad.autodiff.testing.Bits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Every function of the table and its first derivatives: vector kernels of every width give the
 * bits of the scalar kernel, before and after the JIT has compiled either.
 */
class FunctionBitsTest {
  private static final int ELEMENTS = 2_048;
  private static final int COLD_ELEMENTS = 256;

  private static int kernels;
  private static int hot;

  @AfterContainer
  static void report() {
    System.out.printf(
        "bits: %d functions, %,d kernels hot, of which %,d became fast%n",
        ScalarFunction.values().length, kernels, hot);
  }

  @Provide
  Arbitrary<ScalarFunction> functions() {
    return Arbitraries.of(ScalarFunction.values());
  }

  @Provide
  Arbitrary<DType> dtypes() {
    return Arbitraries.of(DType.FLOAT32, DType.FLOAT64);
  }

  @Property(tries = Integer.MAX_VALUE, generation = GenerationMode.EXHAUSTIVE)
  void vectorsGiveTheBitsOfScalars(
      @ForAll("functions") ScalarFunction function, @ForAll("dtypes") DType dtype) {
    Program program = Template.of(valueAndDerivatives(function)).program(dtype);
    LoopShape shape = new LoopShape(function.arity(), 0, 0);
    Object[] inputs = inputs(function, dtype);
    Kernel scalar = LoopWriter.scalar(program, shape);
    Object[] expected = run(scalar, program, inputs, ELEMENTS);
    heat(scalar, program, shape, 1);
    String what = function + " " + dtype;
    compare(expected, run(scalar, program, inputs, ELEMENTS), ELEMENTS, what + " scalar, hot");
    for (int bits : Widths.ALL) {
      Kernel vector = LoopWriter.vector(program, shape, bits);
      String kernel = what + " at " + bits + " bits";
      Object[] cold = run(vector, program, inputs, COLD_ELEMENTS);
      compare(expected, cold, COLD_ELEMENTS, kernel);
      if (!Widths.isEmulated(bits)) {
        heat(vector, program, shape, bits / (8 * dtype.bytes()));
        compare(expected, run(vector, program, inputs, ELEMENTS), ELEMENTS, kernel + ", hot");
      }
    }
  }

  private static void heat(Kernel kernel, Program program, LoopShape shape, int lanes) {
    kernels++;
    if (HotKernel.heat(kernel, program, shape, lanes)) {
      hot++;
    }
  }

  private static List<Formula> valueAndDerivatives(ScalarFunction function) {
    Formula[] arguments = new Formula[function.arity()];
    Arrays.setAll(arguments, Formula::input);
    Formula value = function.of(arguments);
    List<Formula> all = new ArrayList<>(List.of(value));
    for (int j = 0; j < function.arity(); j++) {
      all.add(value.derivative(j));
    }
    return all;
  }

  /** Special values in all pairs, any bit patterns, and samples of the domain, mixed. */
  private static Object[] inputs(ScalarFunction function, DType dtype) {
    SplittableRandom random = new SplittableRandom(4);
    double[] special = Bits.special(dtype);
    double[][] columns = new double[function.arity()][ELEMENTS];
    for (int e = 0; e < ELEMENTS; e++) {
      double[] drawn = FunctionSamples.draw(function, random);
      for (int j = 0; j < drawn.length; j++) {
        columns[j][e] =
            switch (e % 4) {
              case 0 -> special[j == 0 ? e / 4 % special.length : random.nextInt(special.length)];
              case 1 -> special[random.nextInt(special.length)];
              case 2 -> Bits.anyNumber(dtype, random);
              default -> drawn[j];
            };
      }
    }
    return Arrays.stream(columns).map(c -> Bits.array(dtype, c)).toArray();
  }

  private static Object[] run(Kernel kernel, Program program, Object[] inputs, int count) {
    int outputs = program.outputs().size();
    Object[] arrays = Arrays.copyOf(inputs, inputs.length + outputs);
    for (int k = inputs.length; k < arrays.length; k++) {
      arrays[k] = Bits.filled(program.dtype(), ELEMENTS, -77);
    }
    kernel.run(arrays, new int[arrays.length], new int[arrays.length], new double[60], 1, count);
    return Arrays.copyOfRange(arrays, inputs.length, arrays.length);
  }

  private static void compare(Object[] expected, Object[] actual, int count, String what) {
    for (int k = 0; k < expected.length; k++) {
      String output = k == 0 ? what : what + ", derivative " + (k - 1);
      Bits.assertSame(expected[k], actual[k], count, output);
    }
  }
}
