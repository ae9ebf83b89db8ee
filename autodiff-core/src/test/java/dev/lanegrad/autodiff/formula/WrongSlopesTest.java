package dev.lanegrad.autodiff.formula;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.check.GradientCheck;
import dev.lanegrad.autodiff.formula.SlopeConventions.Point;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Op;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The derivatives of the function table where there is a convention, and whether a derivative with
 * one thing wrong in it is caught: by differences, or at the points of the conventions.
 */
@Tag("thorough")
class WrongSlopesTest {
  private static final int SAMPLES = 25;
  private static final int FAR_SAMPLES = 120;
  private static final double CAUGHT = 0.95;

  private static final Map<ScalarFunction, ScalarFunction> MISTAKEN =
      new EnumMap<>(ScalarFunction.class);

  static {
    mistake(ScalarFunction.ADD, ScalarFunction.SUB);
    mistake(ScalarFunction.MUL, ScalarFunction.DIV);
    mistake(ScalarFunction.MIN, ScalarFunction.MAX);
    mistake(ScalarFunction.LESS, ScalarFunction.GREATER_EQUAL);
    mistake(ScalarFunction.GREATER, ScalarFunction.LESS_EQUAL);
    mistake(ScalarFunction.SIN, ScalarFunction.COS);
    mistake(ScalarFunction.SINH, ScalarFunction.COSH);
    mistake(ScalarFunction.EXP, ScalarFunction.EXPM1);
    mistake(ScalarFunction.LOG, ScalarFunction.LOG1P);
    mistake(ScalarFunction.SQRT, ScalarFunction.RSQRT);
    mistake(ScalarFunction.SQUARE, ScalarFunction.ABS);
    mistake(ScalarFunction.SIGMOID, ScalarFunction.TANH);
    mistake(ScalarFunction.LOGICAL_AND, ScalarFunction.LOGICAL_OR);
  }

  private static final Set<ScalarFunction> CONDITIONS =
      EnumSet.of(
          ScalarFunction.LESS,
          ScalarFunction.LESS_EQUAL,
          ScalarFunction.GREATER,
          ScalarFunction.GREATER_EQUAL,
          ScalarFunction.EQUAL,
          ScalarFunction.NOT_EQUAL,
          ScalarFunction.LOGICAL_AND,
          ScalarFunction.LOGICAL_OR,
          ScalarFunction.LOGICAL_XOR,
          ScalarFunction.LOGICAL_NOT);

  private static void mistake(ScalarFunction one, ScalarFunction other) {
    MISTAKEN.put(one, other);
    MISTAKEN.put(other, one);
  }

  /** A function of the table whose derivative with respect to one argument is another formula. */
  private record Mutant(ScalarFunction function, int argument, Formula slope) implements Op {
    @Override
    public String name() {
      return function + ", derivative " + argument + " = " + slope;
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
      return Elementwise.of(function).infer(inputs);
    }

    @Override
    public List<Tensor> forward(Call call) {
      return List.of(Elementwise.of(function).applyTo(inputs(call)));
    }

    @Override
    public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
      Tensor[] inputs = Arrays.copyOf(inputs(call), function.arity() + 1);
      inputs[function.arity()] = gradients.getFirst();
      Formula seed = Formula.input(function.arity());
      List<@Nullable Tensor> results = new ArrayList<>();
      for (int j = 0; j < function.arity(); j++) {
        Formula slope = j == argument ? this.slope : rightSlope(function, j);
        results.add(Elementwise.of(slope.mul(seed)).applyTo(inputs));
      }
      return results;
    }

    private static Tensor[] inputs(Call call) {
      Tensor[] inputs = new Tensor[call.inputs()];
      Arrays.setAll(inputs, call::input);
      return inputs;
    }
  }

  private static Formula rightSlope(ScalarFunction function, int argument) {
    Formula[] inputs = new Formula[function.arity()];
    Arrays.setAll(inputs, Formula::input);
    return function.of(inputs).derivative(argument);
  }

  @Test
  void conventionsHold() {
    for (Point point : SlopeConventions.POINTS) {
      for (int j = 0; j < point.slopes().size(); j++) {
        double slope = at(point, rightSlope(point.function(), j));
        assertEquals(point.slopes().get(j) + 0.0, slope + 0.0, 1e-13, point + ", argument " + j);
      }
    }
  }

  private static double at(Point point, Formula slope) {
    Tensor[] arguments =
        point.arguments().stream()
            .limit(Math.max(slope.inputs(), 1))
            .map(x -> Tensor.scalar(DType.FLOAT64, x))
            .toArray(Tensor[]::new);
    return Elementwise.of(slope).applyTo(arguments).item();
  }

  @Test
  void wrongDerivativesAreCaught() {
    List<String> survivors = new ArrayList<>();
    int mutants = 0;
    for (ScalarFunction function : ScalarFunction.values()) {
      for (int j = 0; j < function.arity(); j++) {
        Formula right = rightSlope(function, j);
        for (Formula part : right.parts()) {
          for (Formula wrong : mutations(part)) {
            Mutant mutant = new Mutant(function, j, right.replace(Map.of(part, wrong)));
            mutants++;
            if (!isCaught(mutant)) {
              survivors.add(mutant.name());
            }
          }
        }
      }
    }
    int caught = mutants - survivors.size();
    System.out.printf("wrong derivatives: %,d of %,d caught%n", caught, mutants);
    survivors.forEach(survivor -> System.out.println("  not caught: " + survivor));
    assertTrue(caught >= CAUGHT * mutants, () -> String.join("\n", survivors));
  }

  private static final Map<ScalarFunction, List<FarSlopesTest.Sampled>> FAR =
      new EnumMap<>(ScalarFunction.class);

  private static boolean isCaughtFarOut(Mutant mutant) {
    double bound = SlopeReferences.of(mutant.function).ulps();
    return FAR
        .computeIfAbsent(
            mutant.function,
            f ->
                List.of(
                    FarSlopesTest.Sampled.of(f, DType.FLOAT32, FAR_SAMPLES),
                    FarSlopesTest.Sampled.of(f, DType.FLOAT64, FAR_SAMPLES)))
        .stream()
        .anyMatch(sampled -> sampled.worst(mutant.argument, mutant.slope).ulps() > bound);
  }

  private static boolean isCaught(Mutant mutant) {
    for (Point point : SlopeConventions.POINTS) {
      if (point.function() == mutant.function) {
        double expected = point.slopes().get(mutant.argument);
        double slope = at(point, mutant.slope);
        if (Double.compare(expected + 0.0, slope + 0.0) != 0) {
          return true;
        }
      }
    }
    for (int sample = 0; sample < SAMPLES; sample++) {
      Tensor[] arguments =
          FunctionGradientTest.arguments(mutant.function, new SplittableRandom(sample));
      if (!GradientCheck.of(mutant).directions(2).check(arguments).passed()) {
        return true;
      }
    }
    return isCaughtFarOut(mutant);
  }

  private static List<Formula> mutations(Formula part) {
    return switch (part) {
      case Formula.Input input -> List.of(input.mul(1.25));
      case Formula.Constant constant -> List.of(Formula.constant(constant.number() + 0.25));
      case Formula.Slot _ -> List.of();
      case Formula.Apply apply -> {
        List<Formula> arguments = apply.arguments();
        boolean condition = CONDITIONS.contains(apply.function());
        List<Formula> wrong = new ArrayList<>();
        wrong.add(condition ? part.logicalNot() : part.mul(1.25));
        ScalarFunction mistaken = MISTAKEN.get(apply.function());
        if (mistaken != null) {
          wrong.add(Formula.apply(mistaken, arguments));
        }
        if (arguments.size() == 1) {
          wrong.add(arguments.getFirst());
        }
        if (apply.function() == ScalarFunction.SELECT) {
          wrong.add(arguments.get(0).where(arguments.get(2), arguments.get(1)));
        }
        yield wrong;
      }
    };
  }
}
