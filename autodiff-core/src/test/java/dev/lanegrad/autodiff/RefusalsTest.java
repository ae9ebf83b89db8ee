package dev.lanegrad.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanegrad.autodiff.check.GradientCheck;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Fold;
import dev.lanegrad.autodiff.op.Op;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** What would give a number that means nothing is refused, and the message says what would do. */
class RefusalsTest {
  private static final Map<String, Executable> REFUSED = new LinkedHashMap<>();
  private static final Tensor X = Tensor.of(1.0, 2);
  private static final double NAN = Double.NaN;
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /** An operation that goes wrong as a user's may. */
  private record Wrong(
      @Nullable List<TensorType> types,
      @Nullable List<Tensor> outputs,
      @Nullable List<@Nullable Tensor> gradients)
      implements Op {
    static final List<TensorType> TYPES = List.of(new TensorType(DType.FLOAT64, X.shape()));

    static Wrong output(@Nullable Tensor output) {
      return new Wrong(TYPES, Collections.singletonList(output), List.of());
    }

    static void gradient(@Nullable List<@Nullable Tensor> gradients) {
      new Wrong(TYPES, List.of(X), gradients).applyTo(X.requiresGrad()).sum().backward();
    }

    @Override
    public String name() {
      return "wrong";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
      return types;
    }

    @Override
    public List<Tensor> forward(Call call) {
      return outputs;
    }

    @Override
    public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> given) {
      return gradients;
    }
  }

  private record Holder(@Nullable List<Tensor> tensors) implements TensorStructure<Holder> {
    @Override
    public Holder with(List<Tensor> others) {
      return null;
    }
  }

  static {
    numbers();
    dtypes();
    inputs();
    functions();
    operations();
  }

  private static void numbers() {
    RandomGenerator random = new SplittableRandom(1);
    uniform(random, "[2.0, 1.0]", 2, 1);
    uniform(random, "[NaN, 1.0]", NAN, 1);
    uniform(random, "[0.0, NaN]", 0, NAN);
    uniform(random, "[-Infinity, 0.0]", -INFINITY, 0);
    uniform(random, "[0.0, Infinity]", 0, INFINITY);
    uniform(random, "[-1.0E308, 1.0E308]", -1e308, 1e308);
    REFUSED.put(
        "uniform: needs finite low <= high of float32, not [0.0, 1.0E300]",
        () -> Tensor.uniform(random, DType.FLOAT32, 0, 1e300, 2));
    REFUSED.put("uniform: makes", () -> Tensor.uniform(random, DType.INT32, 0, 1, 2));
    REFUSED.put("normal: makes", () -> Tensor.normal(random, DType.BOOL, 2));
    for (double rate : new double[] {-0.1, 1, NAN}) {
      REFUSED.put(
          "dropoutMask: rate %s is not in [0, 1)".formatted(rate),
          () -> new RandomKey(1).dropoutMask(DType.FLOAT32, rate, 2));
    }
  }

  private static void uniform(RandomGenerator random, String range, double low, double high) {
    REFUSED.put(
        "uniform: needs finite low <= high of float64, not " + range,
        () -> Tensor.uniform(random, DType.FLOAT64, low, high, 2));
  }

  private static void dtypes() {
    for (double value :
        new double[] {2.7, NAN, INFINITY, 1e20, 2_147_483_648.0, -2_147_483_649.0}) {
      REFUSED.put(
          "full: int32 has no " + value + ": take float32", () -> Tensor.full(DType.INT32, value));
    }
    REFUSED.put("full: bool has no 2.0", () -> Tensor.full(DType.BOOL, 2, 3));
    REFUSED.put("full: bool has no NaN", () -> Tensor.full(DType.BOOL, NAN, 3));
    REFUSED.put("scalar: int32 has no 0.5", () -> Tensor.scalar(DType.INT32, 0.5));
    REFUSED.put("arange: int32 has no 0.5", () -> Tensor.arange(DType.INT32, 0, 2, 0.5));
    REFUSED.put("arange: bool has no 2.0", () -> Tensor.arange(DType.BOOL, 0, 3, 1));
    REFUSED.put("linspace: int32 has no 2.5", () -> Tensor.linspace(DType.INT32, 0, 10, 5));
    for (double value : new double[] {NAN, 1e20, -INFINITY, 2_147_483_648.0, -2_147_483_649.0}) {
      REFUSED.put(
          "cast: int32 has no " + value + ", as at element 1 of float64[2]",
          () -> Tensor.of(1, value).cast(DType.INT32));
    }
    REFUSED.put(
        "cast: int32 has no 3.0E9, as at element 0 of float32[1]",
        () -> Tensor.of(3e9F).cast(DType.INT32));
    REFUSED.put("toIntArray: takes int32, not float64[2]: cast(DType.INT32)", X::toIntArray);
    REFUSED.put("toBooleanArray: takes bool, not float64[2]: notEqual(0)", X::toBooleanArray);
    REFUSED.put(
        "gather: indices must be int32, not float64[2]: cast(DType.INT32)", () -> X.gather(0, X));
    REFUSED.put("indexSelect: indices must be int32, not float64", () -> X.indexSelect(0, X));
    REFUSED.put("scatterAdd: indices must be int32", () -> X.scatterAdd(0, 3, X));
    REFUSED.put(
        "oneHot: indices must be int32, not float64[2]: cast(DType.INT32)",
        () -> X.oneHot(DType.FLOAT32, 3));
  }

  private static void inputs() {
    Elementwise swish = Elementwise.of(v -> v.mul(v.sigmoid()));
    REFUSED.put(
        "elementwise: takes 1 inputs, 2 were given: float64[2] x float64[2]",
        () -> swish.applyTo(X, X));
    REFUSED.put("elementwise: takes 1 inputs, 3", () -> swish.applyTo(X, X, X));
    REFUSED.put(
        "elementwise: takes 2 inputs, 1", () -> Elementwise.of((a, b) -> a.mul(b)).applyTo(X));
    REFUSED.put(
        "elementwise: takes 2 inputs, 3", () -> Elementwise.of((a, b) -> a).applyTo(X, X, X));
    REFUSED.put("elementwise: takes 1 inputs, 0", () -> Elementwise.of(v -> Formula.ONE).applyTo());
    REFUSED.put(
        "sum: takes 1 inputs, 2", () -> Fold.of(Reduction.SUM, new int[] {0}, false).applyTo(X, X));
    REFUSED.put("mul: takes 2 inputs, 3", () -> functionOfTable().applyTo(X, X, X));
  }

  private static Elementwise functionOfTable() {
    return Elementwise.of(dev.lanegrad.autodiff.formula.ScalarFunction.MUL);
  }

  private static void functions() {
    UnaryOperator<Tensor> nothing = x -> null;
    Function<Tensor, Tensor> none = x -> null;
    UnaryOperator<Formula> noFormula = v -> null;
    REFUSED.put("elementwise: the function returned null", () -> Elementwise.of(noFormula));
    REFUSED.put("grad: the function returned null", () -> Autodiff.grad(nothing).apply(X));
    REFUSED.put(
        "valueAndGrad: the function returned null", () -> Autodiff.valueAndGrad(nothing).apply(X));
    REFUSED.put("vjp: the function returned null", () -> Autodiff.vjp(none, X, X));
    REFUSED.put("hessian: the function returned null", () -> Autodiff.hessian(nothing, X));
    REFUSED.put("hvp: the function returned null", () -> Autodiff.hvp(nothing, X, X));
    REFUSED.put(
        "gradient check: the function returned null", () -> GradientCheck.of(nothing).verify(X));
    REFUSED.put(
        "map: the function returned null", () -> X.requiresGrad().sum().backward().map(nothing));
    Function<Holder, Tensor> first = holder -> X;
    REFUSED.put(
        Holder.class.getName() + ": with(..) returned null",
        () -> Autodiff.grad(first, new Holder(List.of(X))));
    REFUSED.put(
        Holder.class.getName() + ": tensors() returned null",
        () -> Autodiff.grad(first, new Holder(null)));
    Parameter weight = Parameter.of("weight", X);
    Map<Parameter, Tensor> standIns = new HashMap<>();
    standIns.put(weight, null);
    REFUSED.put(
        "substitute: parameter \"weight\" is float64[2], the tensor is null",
        () -> Parameter.substitute(standIns, () -> X));
  }

  private static void operations() {
    REFUSED.put("wrong: infer returned null", () -> new Wrong(null, List.of(X), null).applyTo(X));
    REFUSED.put(
        "wrong: forward returned null", () -> new Wrong(Wrong.TYPES, null, null).applyTo(X));
    REFUSED.put(
        "wrong: forward gave [null] where infer said [float64[2]]",
        () -> Wrong.output(null).applyTo(X));
    REFUSED.put(
        "wrong: forward gave [float64[]] where infer said [float64[2]]",
        () -> Wrong.output(X.sum()).applyTo(X));
    REFUSED.put(
        "wrong: forward gave [float32[2]] where infer said [float64[2]]",
        () -> Wrong.output(X.cast(DType.FLOAT32)).applyTo(X));
    REFUSED.put("wrong: the reverse rule returned null", () -> Wrong.gradient(null));
    REFUSED.put(
        "wrong: the reverse rule gave 0 gradients for 1 inputs", () -> Wrong.gradient(List.of()));
    REFUSED.put(
        "wrong: the reverse rule gave input 0 of float64[2] a gradient of float64[]",
        () -> Wrong.gradient(List.of(X.sum())));
    REFUSED.put(
        "wrong: the reverse rule gave input 0 of float64[2] a gradient of float32[2]",
        () -> Wrong.gradient(List.of(X.cast(DType.FLOAT32))));
    REFUSED.put("wrong: inputs[1] is null", () -> Wrong.output(X).apply(Arrays.asList(X, null)));
  }

  @TestFactory
  Stream<DynamicTest> refusals() {
    return REFUSED.entrySet().stream()
        .map(
            entry ->
                dynamicTest(
                    entry.getKey(),
                    () -> {
                      RuntimeException error =
                          assertThrows(RuntimeException.class, entry.getValue());
                      assertTrue(
                          error instanceof LanegradException
                              || error instanceof IllegalArgumentException
                              || error instanceof NullPointerException,
                          error::toString);
                      assertTrue(error.getMessage().startsWith(entry.getKey()), error::getMessage);
                    }));
  }

  @Test
  void whatADtypeHasIsTaken() {
    assertArrayEquals(
        new int[] {Integer.MIN_VALUE, Integer.MAX_VALUE, -2},
        Tensor.of(-2_147_483_648.9, 2_147_483_647.9, -2.7).cast(DType.INT32).toIntArray());
    assertArrayEquals(
        new int[] {Integer.MAX_VALUE}, Tensor.full(DType.INT32, Integer.MAX_VALUE, 1).toIntArray());
    assertArrayEquals(
        new boolean[] {true, false, true, true},
        Tensor.of(NAN, 0, -3, INFINITY).cast(DType.BOOL).toBooleanArray());
    assertArrayEquals(new int[] {0, 5, 10}, Tensor.linspace(DType.INT32, 0, 10, 3).toIntArray());
    assertArrayEquals(
        new double[] {3, 3},
        Tensor.uniform(new SplittableRandom(1), DType.FLOAT64, 3, 3, 2).toDoubleArray());
  }

  /** A function of two inputs that reads the first has a gradient of zeros for the other. */
  @Test
  void aLambdaNeedNotReadWhatItTakes() {
    Tensor y = Tensor.of(3.0, 4).requiresGrad();
    Tensor x = X.requiresGrad();
    Elementwise first = Elementwise.of((a, b) -> a.square());
    Gradients gradients = first.applyTo(x, y).sum().backward();
    assertArrayEquals(new double[] {2, 4}, gradients.of(x).toDoubleArray());
    assertArrayEquals(new double[] {0, 0}, gradients.of(y).toDoubleArray());
    assertEquals(X.shape(), Elementwise.of(v -> Formula.ONE).applyTo(X).shape());
  }

  @Test
  void scopesMayReturnNull() {
    assertNull(Autodiff.tidy(() -> null));
    assertNull(Autodiff.withoutGradient(() -> null));
    assertNull(Autodiff.detectAnomaly(() -> null));
  }
}
