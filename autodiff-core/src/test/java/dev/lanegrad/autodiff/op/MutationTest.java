package dev.lanegrad.autodiff.op;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.LanegradException;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.check.GradientCheck;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.FunctionSamples;
import dev.lanegrad.autodiff.formula.ScalarFunction;
import dev.lanegrad.autodiff.op.MutatedOp.Mutation;
import dev.lanegrad.autodiff.op.OpRow.Sample;
import dev.lanegrad.autodiff.op.OpRow.Smooth;
import dev.lanegrad.autodiff.testing.Draw;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Would the gradient checks notice a wrong rule? Every reverse rule and every entry of the table's
 * derivative column is made wrong in several ways, and the checks must find nearly all of them.
 */
class MutationTest {
  private static final int TRIES = 12;
  private static final double WANTED = 0.95;

  @Test
  void wrongReverseRulesAreFound() {
    Score score = new Score("reverse rules");
    for (OpRow row : OpCases.ALL) {
      for (int input : differentiableInputs(row)) {
        for (Mutation mutation : Mutation.values()) {
          String name = row + ", input " + input + ", " + mutation;
          score.count(name, isFound(row, input, mutation));
        }
      }
    }
    score.assertHigh();
  }

  private static List<Integer> differentiableInputs(OpRow row) {
    List<Integer> inputs = new ArrayList<>();
    Sample sample = row.samplers().getFirst().apply(new Draw(0));
    for (int i = 0; i < sample.inputs().size(); i++) {
      boolean floating = sample.inputs().get(i).dtype().isFloating();
      if (floating && sample.smooth() != Smooth.NOT) {
        inputs.add(i);
      }
    }
    return inputs;
  }

  private static boolean isFound(OpRow row, int input, Mutation mutation) {
    for (int number = 0; number < TRIES; number++) {
      for (var sampler : row.samplers()) {
        Sample sample = sampler.apply(new Draw(number));
        boolean applies = sample.smooth() != Smooth.NOT && input < sample.inputs().size();
        if (applies && fails(new MutatedOp(sample.op(), input, mutation), sample)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Of a singular value decomposition only the values have a gradient. */
  private static boolean fails(MutatedOp mutant, Sample sample) {
    int output = sample.op() instanceof SingularValues ? 1 : 0;
    GradientCheck check =
        sample.differentiated() == null
            ? GradientCheck.of(mutant)
            : GradientCheck.ofMany(inputs -> mutant.apply(inputs).get(output));
    return !passes(check, sample.inputs().toArray(Tensor[]::new));
  }

  private static boolean passes(GradientCheck check, Tensor... inputs) {
    try {
      return check.check(inputs).passed();
    } catch (LanegradException e) {
      return false;
    }
  }

  @Test
  void wrongDerivativesOfTheTableAreFound() {
    Map<String, UnaryOperator<Formula>> mistakes = new TreeMap<>();
    mistakes.put("negated", Formula::neg);
    mistakes.put("left out", d -> Formula.ZERO);
    mistakes.put("one percent more", d -> d.mul(1.01));
    mistakes.put("doubled", d -> d.mul(2));
    mistakes.put("shifted", d -> d.add(0.01));
    mistakes.put("1 instead", d -> Formula.ONE);
    Score score = new Score("derivatives");
    for (ScalarFunction function : ScalarFunction.values()) {
      for (int j = 0; j < function.arity(); j++) {
        Formula right = new WrongSlope(function, j, d -> d).slope();
        for (var mistake : mistakes.entrySet()) {
          WrongSlope mutant = new WrongSlope(function, j, mistake.getValue());
          if (mutant.differsFrom(right)) {
            String name = function + ", argument " + j + ", " + mistake.getKey();
            score.count(name, isFound(mutant));
          }
        }
      }
    }
    score.assertHigh();
  }

  private static boolean isFound(WrongSlope mutant) {
    SplittableRandom random = new SplittableRandom(1);
    for (int number = 0; number < TRIES; number++) {
      double[] drawn = FunctionSamples.draw(mutant.function, random);
      Tensor[] arguments = new Tensor[drawn.length];
      for (int j = 0; j < drawn.length; j++) {
        arguments[j] = Tensor.of(Shape.of(1), drawn[j]);
      }
      if (!passes(GradientCheck.of(mutant), arguments)) {
        return true;
      }
    }
    return false;
  }

  /** A function of the table with a mistake in its derivative for argument j. */
  private record WrongSlope(ScalarFunction function, int j, UnaryOperator<Formula> mistake)
      implements Op {
    Formula slope() {
      Formula[] arguments = new Formula[function.arity()];
      java.util.Arrays.setAll(arguments, Formula::input);
      Formula result = function.of(arguments);
      return mistake.apply(function.derivative(j, List.of(arguments), result));
    }

    /** A derivative that is 0 everywhere stays right whatever it is multiplied by. */
    boolean differsFrom(Formula right) {
      Formula slope = slope();
      boolean zero = right == Formula.ZERO;
      return slope != right && (!zero || slope == Formula.ONE || slope == right.add(0.01));
    }

    @Override
    public String name() {
      return function.toString();
    }

    @Override
    public List<TensorType> infer(List<Tensor> inputs) {
      return Elementwise.of(function).infer(inputs);
    }

    @Override
    public List<Tensor> forward(Call call) {
      return Elementwise.of(function).forward(call);
    }

    @Override
    public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
      List<@Nullable Tensor> right = new ArrayList<>(Elementwise.of(function).vjp(call, gradients));
      Tensor[] inputs = new Tensor[call.inputs() + 1];
      for (int i = 0; i < call.inputs(); i++) {
        inputs[i] = call.input(i);
      }
      inputs[call.inputs()] = gradients.getFirst();
      Formula product = slope().mul(Formula.input(call.inputs()));
      right.set(j, Elementwise.of(product).applyTo(inputs));
      return right;
    }
  }

  /** How many mutants were found, and which were not. */
  private static final class Score {
    private final String what;
    private final List<String> survivors = new ArrayList<>();
    private int mutants;

    Score(String what) {
      this.what = what;
    }

    void count(String mutant, boolean found) {
      mutants++;
      if (!found) {
        survivors.add(mutant);
      }
    }

    void assertHigh() {
      double found = 1 - (double) survivors.size() / mutants;
      System.out.printf(
          "mutations of %s: %d of %d found (%.1f %%), survivors: %s%n",
          what, mutants - survivors.size(), mutants, 100 * found, survivors);
      assertTrue(mutants > 100, () -> "only " + mutants + " mutants");
      assertTrue(found >= WANTED, () -> "survivors: " + survivors);
    }
  }
}
