package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.internal.kernel.BoundedCache;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The reverse rule of formulas over a space of elements, for {@link Elementwise} and {@link Fold}:
 * the derivative is a formula of the inputs, the outputs' gradients and saved results. For an input
 * of the whole space it is one elementwise pass, together with the other such inputs; for one that
 * was broadcast it is a fold of the same formula along the repeated axes.
 */
final class FormulaGradient {
  private record Question(
      List<Formula> formulas, List<Formula> seeds, Map<Formula, Formula> saved, int inputs) {}

  private static final BoundedCache<Question, List<Formula>> DERIVED = new BoundedCache<>(4_096);

  private final Call call;
  private final List<Formula> formulas;
  private final Shape space;
  private final List<Tensor> others = new ArrayList<>();
  private final List<Formula> seeds = new ArrayList<>();
  private final Map<Formula, Formula> saved = new HashMap<>();

  FormulaGradient(Call call, List<Formula> formulas, Shape space) {
    this.call = call;
    this.formulas = formulas;
    this.space = space;
  }

  /** A tensor besides the inputs that the rule reads, as a formula. */
  Formula input(Tensor tensor) {
    others.add(tensor);
    return Formula.input(call.inputs() + others.size() - 1);
  }

  /** Inputs are asked for only if they are read, since they may have changed in place. */
  private Tensor tensor(int index) {
    return index < call.inputs() ? call.input(index) : others.get(index - call.inputs());
  }

  /** What the next formula's derivative is multiplied by. */
  void seed(Formula seed) {
    seeds.add(seed);
  }

  /** A result that need not be computed again. */
  void saved(Formula formula, Tensor result) {
    if (formula instanceof Formula.Apply) {
      saved.put(formula, input(result));
    }
  }

  List<@Nullable Tensor> compute() {
    int inputs = call.inputs();
    List<Formula> derivatives =
        DERIVED.get(
            new Question(formulas, seeds, saved, inputs),
            q ->
                Formula.pullback(q.formulas(), q.seeds(), q.inputs()).stream()
                    .map(f -> f.replace(q.saved()))
                    .toList());
    @Nullable Tensor[] gradients = new Tensor[inputs];
    List<Integer> whole = new ArrayList<>();
    for (int i = 0; i < inputs; i++) {
      Formula derivative = derivatives.get(i);
      if (!call.needsGradient(i) || derivative == Formula.ZERO) {
        continue;
      }
      Shape shape = call.inputType(i).shape();
      if (shape.equals(space)) {
        whole.add(i);
      } else {
        gradients[i] = folded(derivative, shape);
      }
    }
    if (!whole.isEmpty()) {
      List<Tensor> results = evaluated(whole.stream().map(derivatives::get).toList());
      for (int k = 0; k < whole.size(); k++) {
        gradients[whole.get(k)] = results.get(k).expand(space);
      }
    }
    return Arrays.asList(gradients);
  }

  private List<Tensor> evaluated(List<Formula> derivatives) {
    if (derivatives.size() == 1 && derivatives.getFirst() instanceof Formula.Input input) {
      return List.of(tensor(input.index()));
    }
    Used used = used(derivatives);
    return Elementwise.of(used.formulas).apply(used.tensors);
  }

  private Tensor folded(Formula derivative, Shape shape) {
    Used used = used(List.of(derivative));
    List<Tensor> operands = new ArrayList<>(used.tensors);
    if (!Shape.broadcast("gradient", Checks.shapes(operands)).equals(space)) {
      operands.set(0, operands.getFirst().expand(space));
    }
    int shift = space.rank() - shape.rank();
    int[] axes =
        java.util.stream.IntStream.range(0, space.rank())
            .filter(a -> a < shift || (shape.dim(a - shift) == 1 && space.dim(a) != 1))
            .toArray();
    Fold fold = new Fold(Reduction.SUM, used.formulas.getFirst(), axes, true);
    return fold.apply(operands).getFirst().reshape(shape.toArray());
  }

  private record Used(List<Formula> formulas, List<Tensor> tensors) {}

  /** The tensors that formulas really read, and the formulas renumbered to them. */
  private Used used(List<Formula> derivatives) {
    TreeSet<Integer> indices = new TreeSet<>();
    for (Formula part : Formula.parts(derivatives)) {
      if (part instanceof Formula.Input input) {
        indices.add(input.index());
      }
    }
    Map<Formula, Formula> renumbered = new HashMap<>();
    List<Tensor> read = new ArrayList<>();
    for (int index : indices) {
      renumbered.put(Formula.input(index), Formula.input(read.size()));
      read.add(tensor(index));
    }
    return new Used(derivatives.stream().map(f -> f.replace(renumbered)).toList(), read);
  }
}
