package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.internal.kernel.BoundedCache;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reverse rule of formulas over a space of elements, for {@link Elementwise} and {@link Fold}:
 * the derivative is a formula of the inputs, the outputs' gradients and saved results. What to do
 * is derived once for each question that comes up, and then looked up.
 */
final class FormulaGradient {
  private static final BoundedCache<FormulaPullback.Question, FormulaPullback> KNOWN =
      new BoundedCache<>(4_096);

  private final Call call;
  private final List<Formula> formulas;
  private final Shape space;
  private final List<Tensor> others = new ArrayList<>(4);
  private final List<Formula> seeds = new ArrayList<>(2);
  private final List<Formula> saved = new ArrayList<>(4);

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
    List<Shape> shapes = new ArrayList<>(inputs + others.size() + 1);
    long needed = 0;
    for (int i = 0; i < inputs; i++) {
      shapes.add(call.inputType(i).shape());
      needed |= call.needsGradient(i) ? 1L << i : 0;
    }
    for (Tensor other : others) {
      shapes.add(other.shape());
    }
    shapes.add(space);
    FormulaPullback.Question question =
        new FormulaPullback.Question(formulas, seeds, saved, shapes, inputs, needed);
    @Nullable Tensor[] gradients = new Tensor[inputs];
    for (FormulaPullback.Part part : KNOWN.get(question, FormulaPullback::of).parts()) {
      part.compute(this::tensor, gradients);
    }
    return Arrays.asList(gradients);
  }

  /** Inputs are asked for only if they are read, since they may have changed in place. */
  private Tensor tensor(int index) {
    return index < call.inputs() ? call.input(index) : others.get(index - call.inputs());
  }
}
