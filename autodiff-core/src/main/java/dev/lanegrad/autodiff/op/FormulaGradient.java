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
import org.jspecify.annotations.Nullable;

/**
 * The reverse rule of formulas over a space of elements, for {@link Elementwise} and {@link Fold}:
 * the derivative is a formula of the inputs, the outputs' gradients and saved results. For an input
 * of the whole space it is one elementwise pass, together with the other such inputs; for one that
 * was broadcast it is a fold of the same formula along the repeated axes.
 */
final class FormulaGradient {
  /** Formulas, their seeds, and pairs of a formula and the input that holds its result. */
  private record Question(
      List<Formula> formulas, List<Formula> seeds, List<Formula> saved, int inputs) {
    List<Formula> answer() {
      Map<Formula, Formula> results = new HashMap<>();
      for (int i = 0; i < saved.size(); i += 2) {
        results.put(saved.get(i), saved.get(i + 1));
      }
      return Formula.pullback(formulas, seeds, inputs).stream()
          .map(f -> f.replace(results))
          .toList();
    }
  }

  /**
   * Formulas renumbered to the inputs that they really read.
   *
   * @param indices which inputs those are
   */
  private record Compact(List<Formula> formulas, int[] indices) {
    static Compact of(List<Formula> formulas) {
      int[] indices =
          Formula.parts(formulas).stream()
              .filter(part -> part instanceof Formula.Input)
              .mapToInt(part -> ((Formula.Input) part).index())
              .sorted()
              .toArray();
      Map<Formula, Formula> renumbered = new HashMap<>();
      for (int k = 0; k < indices.length; k++) {
        renumbered.put(Formula.input(indices[k]), Formula.input(k));
      }
      return new Compact(formulas.stream().map(f -> f.replace(renumbered)).toList(), indices);
    }
  }

  private static final BoundedCache<Question, List<Formula>> DERIVED = new BoundedCache<>(4_096);
  private static final BoundedCache<List<Formula>, Compact> COMPACT = new BoundedCache<>(4_096);

  private final Call call;
  private final List<Formula> formulas;
  private final Shape space;
  private final List<Tensor> others = new ArrayList<>();
  private final List<Formula> seeds = new ArrayList<>();
  private final List<Formula> saved = new ArrayList<>();

  FormulaGradient(Call call, List<Formula> formulas, Shape space) {
    this.call = call;
    this.formulas = formulas;
    this.space = space;
  }

  /** Whether any derivative of a formula, whose result is saved, reads one of its inputs. */
  static boolean reads(Formula formula, int input) {
    int inputs = Math.max(formula.inputs(), 1);
    Formula result = Formula.input(inputs + 1);
    List<Formula> seeds = List.of(Formula.input(inputs));
    List<Formula> saved = formula instanceof Formula.Apply ? List.of(formula, result) : List.of();
    List<Formula> answer = new Question(List.of(formula), seeds, saved, inputs).answer();
    return Formula.parts(answer).contains(Formula.input(input));
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
      saved.add(formula);
      saved.add(input(result));
    }
  }

  List<@Nullable Tensor> compute() {
    int inputs = call.inputs();
    List<Formula> derivatives =
        DERIVED.get(new Question(formulas, seeds, saved, inputs), Question::answer);
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
      List<Formula> wanted = new ArrayList<>(whole.size());
      for (int i : whole) {
        wanted.add(derivatives.get(i));
      }
      List<Tensor> results = evaluated(wanted);
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
    Compact compact = COMPACT.get(derivatives, Compact::of);
    return Elementwise.of(compact.formulas).apply(tensors(compact));
  }

  private Tensor folded(Formula derivative, Shape shape) {
    Compact compact = COMPACT.get(List.of(derivative), Compact::of);
    List<Tensor> operands = tensors(compact);
    if (!Shape.broadcast("gradient", Checks.shapes(operands)).equals(space)) {
      operands.set(0, operands.getFirst().expand(space));
    }
    int shift = space.rank() - shape.rank();
    int[] axes =
        java.util.stream.IntStream.range(0, space.rank())
            .filter(a -> a < shift || (shape.dim(a - shift) == 1 && space.dim(a) != 1))
            .toArray();
    Fold fold = new Fold(Reduction.SUM, compact.formulas.getFirst(), axes, true);
    return fold.apply(operands).getFirst().reshape(shape.toArray());
  }

  private List<Tensor> tensors(Compact compact) {
    List<Tensor> read = new ArrayList<>(compact.indices.length);
    for (int index : compact.indices) {
      read.add(tensor(index));
    }
    return read;
  }
}
