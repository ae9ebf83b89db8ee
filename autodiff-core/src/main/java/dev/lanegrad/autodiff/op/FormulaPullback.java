package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * How the gradients of formulas' inputs are computed: those of inputs as large as the space in one
 * elementwise pass, that of one which was broadcast as a fold of the derivative along the repeated
 * axes.
 */
record FormulaPullback(List<Part> parts) {
  /**
   * What the answer depends on.
   *
   * @param formulas which are pulled back
   * @param seeds what the derivative of each is multiplied by
   * @param saved pairs of a formula and the input that holds its result
   * @param shapes of the inputs, of the other tensors that may be read, and of the space
   * @param inputs how many inputs there are
   * @param needed bit i is set where the gradient of input i is wanted
   */
  record Question(
      List<Formula> formulas,
      List<Formula> seeds,
      List<Formula> saved,
      List<Shape> shapes,
      int inputs,
      long needed) {
    private List<Formula> derivatives() {
      Map<Formula, Formula> results = new HashMap<>();
      for (int i = 0; i < saved.size(); i += 2) {
        results.put(saved.get(i), saved.get(i + 1));
      }
      return Formula.pullback(formulas, seeds, inputs).stream()
          .map(f -> f.replace(results))
          .toList();
    }

    private Shape space() {
      return shapes.getLast();
    }

    private boolean isNeeded(int input) {
      return (needed >> input & 1) != 0;
    }
  }

  /** One step, which gives the gradients of one or several inputs. */
  interface Part {
    /**
     * Takes it.
     *
     * @param tensors what is read, by index
     * @param gradients where the results go
     */
    void compute(IntFunction<Tensor> tensors, @Nullable Tensor[] gradients);
  }

  static FormulaPullback of(Question question) {
    List<Formula> derivatives = question.derivatives();
    List<Part> parts = new ArrayList<>();
    List<Integer> whole = new ArrayList<>();
    for (int i = 0; i < question.inputs; i++) {
      Formula derivative = derivatives.get(i);
      if (!question.isNeeded(i) || derivative == Formula.ZERO) {
        continue;
      }
      if (!question.shapes.get(i).equals(question.space())) {
        parts.add(Folded.of(i, derivative, question));
      } else if (derivative instanceof Formula.Input read) {
        parts.add(new Passed(i, read.index(), question.space()));
      } else {
        whole.add(i);
      }
    }
    if (!whole.isEmpty()) {
      Compact compact = Compact.of(whole.stream().map(derivatives::get).toList());
      Elementwise pass = Elementwise.of(compact.formulas);
      parts.add(new Evaluated(whole, pass, compact.indices, question.space()));
    }
    return new FormulaPullback(parts);
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

  /** Whether any derivative of a formula, whose result is saved, reads one of its inputs. */
  static boolean reads(Formula formula, int input) {
    int inputs = Math.max(formula.inputs(), 1);
    List<Formula> saved =
        formula instanceof Formula.Apply ? List.of(formula, Formula.input(inputs + 1)) : List.of();
    List<Formula> seeds = List.of(Formula.input(inputs));
    Question question = new Question(List.of(formula), seeds, saved, List.of(), inputs, 0);
    return Formula.parts(question.derivatives()).contains(Formula.input(input));
  }

  private static List<Tensor> read(int[] indices, IntFunction<Tensor> tensors) {
    List<Tensor> read = new ArrayList<>(indices.length);
    for (int index : indices) {
      read.add(tensors.apply(index));
    }
    return read;
  }

  /** A tensor is itself the gradient. */
  private record Passed(int input, int index, Shape space) implements Part {
    @Override
    public void compute(IntFunction<Tensor> tensors, @Nullable Tensor[] gradients) {
      gradients[input] = tensors.apply(index).expand(space);
    }
  }

  private record Evaluated(List<Integer> inputs, Elementwise pass, int[] indices, Shape space)
      implements Part {
    @Override
    public void compute(IntFunction<Tensor> tensors, @Nullable Tensor[] gradients) {
      List<Tensor> results = pass.apply(read(indices, tensors));
      for (int k = 0; k < results.size(); k++) {
        gradients[inputs.get(k)] = results.get(k).expand(space);
      }
    }
  }

  /**
   * A sum along the axes that an input was repeated along.
   *
   * @param spans whether what is read spans the space; if not, the first of it is expanded
   */
  private record Folded(
      int input, Fold fold, int[] indices, boolean spans, Shape space, int[] shape)
      implements Part {
    static Folded of(int input, Formula derivative, Question question) {
      Compact compact = Compact.of(List.of(derivative));
      Shape space = question.space();
      Shape shape = question.shapes.get(input);
      int shift = space.rank() - shape.rank();
      int[] axes = new int[space.rank()];
      int count = 0;
      for (int a = 0; a < space.rank(); a++) {
        if (a < shift || (shape.dim(a - shift) == 1 && space.dim(a) != 1)) {
          axes[count++] = a;
        }
      }
      List<Shape> read = new ArrayList<>();
      for (int index : compact.indices) {
        read.add(question.shapes.get(index));
      }
      boolean keepAxes = count != shift;
      Fold fold =
          new Fold(
              Reduction.SUM,
              compact.formulas.getFirst(),
              java.util.Arrays.copyOf(axes, count),
              keepAxes);
      boolean spans = Shape.broadcast("gradient", read).equals(space);
      return new Folded(input, fold, compact.indices, spans, space, shape.toArray());
    }

    @Override
    public void compute(IntFunction<Tensor> tensors, @Nullable Tensor[] gradients) {
      List<Tensor> operands = read(indices, tensors);
      if (!spans) {
        operands.set(0, operands.getFirst().expand(space));
      }
      gradients[input] = fold.apply(operands).getFirst().reshape(shape);
    }
  }
}
