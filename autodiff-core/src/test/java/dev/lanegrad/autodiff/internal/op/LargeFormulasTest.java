package dev.lanegrad.autodiff.internal.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.internal.kernel.loops.LoopKernels;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Fold;
import dev.lanegrad.autodiff.op.Update;
import dev.lanegrad.autodiff.testing.Bits;
import dev.lanegrad.autodiff.testing.ChildJvm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Formulas of more inputs, results and functions than one loop takes. */
class LargeFormulasTest {
  private static final int MANY = 150;
  private static final Formula X = Formula.input(0);

  private static Formula product(int inputs) {
    Formula product = X;
    for (int i = 1; i < inputs; i++) {
      product = product.mul(Formula.input(i));
    }
    return product;
  }

  private static Tensor[] tensors(int count, int... shape) {
    SplittableRandom random = new SplittableRandom(5);
    Tensor[] tensors = new Tensor[count];
    Arrays.setAll(tensors, i -> Tensor.uniform(random, DType.FLOAT64, 0.9, 1.1, shape));
    return tensors;
  }

  @Test
  void aProductOfAnyNumberOfInputsHasItsGradients() {
    for (int count : new int[] {60, 65, MANY}) {
      Tensor[] tensors = tensors(count, 2, 3);
      tensors[1] = Tensor.of(1.01, 0.99, 1.02);
      Tensor[] tracked = Arrays.stream(tensors).map(Tensor::requiresGrad).toArray(Tensor[]::new);
      Tensor result = Elementwise.of(product(count)).applyTo(tracked);
      Tensor expected = tensors[0];
      for (int i = 1; i < count; i++) {
        expected = expected.mul(tensors[i]);
      }
      Bits.assertSame(expected.toDoubleArray(), result.toDoubleArray(), count + " inputs");
      Gradients gradients = result.sum().backward();
      for (int i : new int[] {0, 1, 2, 59, count - 1}) {
        Tensor quotient = expected.div(tensors[i]);
        double[] exact = (i == 1 ? quotient.sum(0) : quotient).toDoubleArray();
        assertArrayEquals(exact, gradients.of(tracked[i]).toDoubleArray(), 1e-12);
      }
    }
  }

  @Test
  void secondDerivativesOfAProductOfManyInputs() {
    Tensor[] tensors = tensors(61, 4);
    List<Tensor> hvp =
        Autodiff.grad(
            x -> {
              Tensor y = Elementwise.of(product(61)).apply(x).getFirst();
              return Autodiff.grad(
                      z -> Elementwise.of(product(61)).apply(withFirst(x, z)).getFirst().sum())
                  .apply(x.getFirst())
                  .mul(y)
                  .sum();
            },
            List.of(tensors));
    Tensor rest = tensors[1];
    for (int i = 2; i < 61; i++) {
      rest = rest.mul(tensors[i]);
    }
    // d/dx0 of rest * (x0 rest)
    assertArrayEquals(rest.square().toDoubleArray(), hvp.getFirst().toDoubleArray(), 1e-12);
    double[] second = rest.square().mul(tensors[0]).mul(2).div(tensors[60]).toDoubleArray();
    assertArrayEquals(second, hvp.getLast().toDoubleArray(), 1e-12);
  }

  private static List<Tensor> withFirst(List<Tensor> tensors, Tensor first) {
    List<Tensor> changed = new ArrayList<>(tensors);
    changed.set(0, first);
    return changed;
  }

  @Test
  void everyOneOfManyResultsPassesItsGradientOn() {
    Formula[] formulas = new Formula[MANY];
    Arrays.setAll(formulas, k -> X.mul(k + 3).add(Formula.input(1 + k % 70)));
    Tensor[] tensors = tensors(71, 5);
    tensors[0] = tensors[0].requiresGrad();
    List<Tensor> results = Elementwise.of(formulas).apply(List.of(tensors));
    for (int k = 0; k < MANY; k++) {
      double[] expected = tensors[0].mul(k + 3).add(tensors[1 + k % 70]).toDoubleArray();
      Bits.assertSame(expected, results.get(k).toDoubleArray(), "result " + k);
      double[] slopes = results.get(k).sum().backward().of(tensors[0]).toDoubleArray();
      assertEquals(k + 3, slopes[4]);
    }
  }

  @Test
  void manyTargetsAreUpdatedFromTheirOldValues() {
    List<Parameter> parameters = new ArrayList<>();
    Formula[] rotation = new Formula[MANY];
    for (int k = 0; k < MANY; k++) {
      parameters.add(Parameter.of("p" + k, Tensor.of(k, -1.0 * k)));
      rotation[k] = Formula.input((k + 1) % MANY);
    }
    new Update(Elementwise.of(rotation), parameters).apply();
    for (int k = 0; k < MANY; k++) {
      double next = (k + 1) % MANY;
      assertArrayEquals(
          new double[] {next, -next}, parameters.get(k).tensor().toDoubleArray(), "p" + k);
    }
  }

  @Test
  void foldsOfManyInputs() {
    Tensor[] tensors = tensors(70, 3, 4);
    Tensor[] tracked = tensors.clone();
    tracked[69] = tensors[69].requiresGrad();
    Fold sum = new Fold(Reduction.SUM, product(70), new int[] {0}, false);
    Tensor product = Elementwise.of(product(70)).applyTo(tensors);
    Tensor result = sum.applyTo(tracked);
    Bits.assertSame(product.sum(0).toDoubleArray(), result.toDoubleArray(), "sum");
    double[] slopes = result.sum().backward().of(tracked[69]).toDoubleArray();
    assertArrayEquals(product.div(tensors[69]).toDoubleArray(), slopes, 1e-12);
  }

  @Test
  void deepFormulasHaveGradients() {
    Formula deep = X;
    for (int i = 0; i < 3_000; i++) {
      deep = deep.mul(Formula.input(1)).add(1);
    }
    Tensor x = Tensor.of(3.0).requiresGrad();
    Tensor half = Tensor.of(0.5).requiresGrad();
    Gradients gradients = Elementwise.of(deep).applyTo(x, half).backward();
    assertEquals(0, gradients.of(x).item());
    assertEquals(4, gradients.of(half).item());
  }

  /** Each function reads one of the 50 before it, so that no two parts of the formula are alike. */
  private static <T> T tangle(
      T x, int functions, UnaryOperator<T> unary, BinaryOperator<T> mul, BinaryOperator<T> add) {
    SplittableRandom random = new SplittableRandom(9);
    List<T> made = new ArrayList<>(List.of(x));
    for (int i = 0; i < functions; i++) {
      T a = made.get(Math.max(0, made.size() - 1 - random.nextInt(50)));
      T b = made.get(Math.max(0, made.size() - 1 - random.nextInt(50)));
      made.add(i % 2 == 0 ? unary.apply(a) : mul.apply(a, b));
    }
    return made.stream().skip(functions - 50).reduce(add).orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64"})
  void formulasOfManyFunctionsWithoutAPatternShareTheirLoops(DType dtype) {
    int functions = 600;
    Elementwise formula =
        Elementwise.of(tangle(X, functions, Formula::cos, Formula::mul, Formula::add));
    UnaryOperator<Tensor> fused = formula::applyTo;
    UnaryOperator<Tensor> oneByOne =
        x -> tangle(x, functions, Tensor::cos, Tensor::mul, Tensor::add);
    Tensor x = Tensor.uniform(new SplittableRandom(5), dtype, 0.1, 0.2, 7);
    int before = LoopKernels.size();
    Bits.assertSame(
        oneByOne.apply(x).toDoubleArray(), fused.apply(x).toDoubleArray(), "values in " + dtype);
    double tolerance = dtype == DType.FLOAT32 ? 1e-4 : 1e-12;
    UnaryOperator<UnaryOperator<Tensor>> slope = f -> Autodiff.grad(y -> f.apply(y).sum());
    assertClose(slope.apply(oneByOne).apply(x), slope.apply(fused).apply(x), tolerance);
    assertClose(
        slope.apply(slope.apply(oneByOne)).apply(x),
        slope.apply(slope.apply(fused)).apply(x),
        tolerance);
    int loops = LoopKernels.size() - before;
    assertTrue(loops < 100, () -> loops + " loops");
  }

  private static void assertClose(Tensor expected, Tensor got, double tolerance) {
    double largest = expected.abs().max().item();
    assertTrue(largest > 0 && Double.isFinite(largest), () -> "slopes of " + largest);
    assertArrayEquals(expected.toDoubleArray(), got.toDoubleArray(), tolerance * largest);
  }

  /** Some 25 loops come one after another, each of which needs what the one before gave. */
  @Test
  void aLongFormulaNeedsFewTemporaries() throws Exception {
    String output = ChildJvm.run(List.of(), LongFormula.class);
    Matcher held = Pattern.compile("holds ([0-9]+) arrays").matcher(output);
    assertTrue(held.find(), output);
    assertTrue(Integer.parseInt(held.group(1)) <= 6, output);
  }

  /** Prints how many tensors' memory a formula of 300 functions takes. */
  static final class LongFormula {
    private static final int ELEMENTS = 1_000;

    private LongFormula() {}

    public static void main(String... arguments) {
      Formula deep = X;
      for (int i = 0; i < 300; i++) {
        deep = deep.tanh();
      }
      Elementwise formula = Elementwise.of(deep);
      Tensor x = Tensor.ones(DType.FLOAT64, ELEMENTS);
      double sum = Autodiff.tidy(() -> formula.applyTo(x).sum().item());
      long arrays = Autodiff.recycledBytes() / (Double.BYTES * ELEMENTS);
      System.out.println("of sum " + sum + " holds " + arrays + " arrays");
    }
  }
}
