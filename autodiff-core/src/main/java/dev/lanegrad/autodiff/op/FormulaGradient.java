package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.internal.BoundedCache;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The reverse rule of formulas over a space of elements, for {@link Elementwise} and {@link Fold}:
 * the derivative is a formula of the inputs, the outputs' gradients and saved results. The
 * gradients of inputs as large as the space come from one elementwise pass, that of an input which
 * was broadcast from a fold of its derivative along the repeated axes. This is worked out once for
 * each {@link Question} and then looked up.
 */
record FormulaGradient(List<Part> parts) {
  private static final BoundedCache<Question, FormulaGradient> KNOWN = new BoundedCache<>(2_048);

  /**
   * What the rule depends on.
   *
   * @param op whose rule it is
   * @param given which outputs have a gradient
   * @param inputs how many inputs there are
   * @param needed the gradients of which inputs are wanted
   * @param shapes of the inputs, of the other tensors that may be read, and of the space
   */
  record Question(Op op, Flags given, int inputs, Flags needed, Shape[] shapes) {
    Question(Op op, Flags given, Call call, List<Tensor> read, Shape space) {
      this(
          op,
          given,
          call.inputs(),
          Flags.of(call.inputs(), call::needsGradient),
          shapes(call, read, space));
    }

    private static Shape[] shapes(Call call, List<Tensor> read, Shape space) {
      int inputs = call.inputs();
      Shape[] shapes = new Shape[inputs + read.size() + 1];
      for (int i = 0; i < inputs; i++) {
        shapes[i] = call.inputType(i).shape();
      }
      for (int i = 0; i < read.size(); i++) {
        shapes[inputs + i] = read.get(i).shape();
      }
      shapes[shapes.length - 1] = space;
      return shapes;
    }

    private Shape space() {
      return shapes[shapes.length - 1];
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Question that
          && inputs == that.inputs
          && op.equals(that.op)
          && given.equals(that.given)
          && needed.equals(that.needed)
          && Arrays.equals(shapes, that.shapes);
    }

    @Override
    public int hashCode() {
      int flags = 31 * given.hashCode() + needed.hashCode();
      return 31 * (31 * op.hashCode() + flags) + Arrays.hashCode(shapes);
    }
  }

  /** The gradients of one or several inputs. */
  private interface Part {
    /**
     * Computes them.
     *
     * @param gradients where the results go
     */
    void compute(Reader reader, @Nullable Tensor[] gradients);
  }

  /** Inputs are asked for only if they are read, since they may have changed in place. */
  private record Reader(Call call, List<Tensor> others) {
    Tensor read(int index) {
      return index < call.inputs() ? call.input(index) : others.get(index - call.inputs());
    }

    List<Tensor> read(int... indices) {
      Tensor[] tensors = new Tensor[indices.length];
      for (int k = 0; k < tensors.length; k++) {
        tensors[k] = read(indices[k]);
      }
      return Arrays.asList(tensors);
    }
  }

  /**
   * The gradients of a call's inputs.
   *
   * @param others what may be read besides the inputs; in formulas they are counted after these
   * @param derivatives the formula for each input's gradient, asked for where it is not known
   */
  static List<@Nullable Tensor> compute(
      Question question, Call call, List<Tensor> others, Supplier<List<Formula>> derivatives) {
    FormulaGradient rule = KNOWN.find(question);
    if (rule == null) {
      rule = KNOWN.put(question, of(question, derivatives.get()));
    }
    @Nullable Tensor[] gradients = new Tensor[call.inputs()];
    Reader reader = new Reader(call, others);
    for (Part part : rule.parts) {
      part.compute(reader, gradients);
    }
    return Arrays.asList(gradients);
  }

  /**
   * The sums of seeds times derivatives, for each input.
   *
   * @param saved the inputs that hold what formulas gave, which need not be computed again
   */
  static List<Formula> pullback(
      List<Formula> formulas, List<Formula> seeds, Map<Formula, Formula> saved, int inputs) {
    return Formula.replace(Formula.pullback(formulas, seeds, inputs), saved);
  }

  /** Which inputs derivatives read, of those that are needed. */
  static int[] indicesRead(List<Formula> derivatives, Flags needed) {
    List<Formula> wanted = new ArrayList<>();
    for (int i = 0; i < derivatives.size(); i++) {
      if (needed.get(i)) {
        wanted.add(derivatives.get(i));
      }
    }
    return inputs(wanted);
  }

  private static int[] inputs(List<Formula> formulas) {
    BitSet read = new BitSet();
    for (Formula part : Formula.parts(formulas)) {
      if (part instanceof Formula.Input input) {
        read.set(input.index());
      }
    }
    int[] indices = new int[read.cardinality()];
    int next = -1;
    for (int k = 0; k < indices.length; k++) {
      next = read.nextSetBit(next + 1);
      indices[k] = next;
    }
    return indices;
  }

  private static FormulaGradient of(Question question, List<Formula> derivatives) {
    List<Part> parts = new ArrayList<>();
    List<Integer> whole = new ArrayList<>();
    for (int i = 0; i < question.inputs; i++) {
      Formula derivative = derivatives.get(i);
      if (!question.needed.get(i) || derivative == Formula.ZERO) {
        continue;
      }
      if (!question.shapes[i].equals(question.space())) {
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
    return new FormulaGradient(parts);
  }

  /**
   * Formulas renumbered to the inputs that they really read.
   *
   * @param indices which inputs those are
   */
  private record Compact(List<Formula> formulas, int[] indices) {
    static Compact of(List<Formula> formulas) {
      int[] indices = inputs(formulas);
      Map<Formula, Formula> renumbered = new HashMap<>();
      for (int k = 0; k < indices.length; k++) {
        renumbered.put(Formula.input(indices[k]), Formula.input(k));
      }
      return new Compact(Formula.replace(formulas, renumbered), indices);
    }
  }

  /** A tensor is itself the gradient. */
  private record Passed(int input, int index, Shape space) implements Part {
    @Override
    public void compute(Reader reader, @Nullable Tensor[] gradients) {
      gradients[input] = reader.read(index).expand(space);
    }
  }

  private record Evaluated(List<Integer> inputs, Elementwise pass, int[] indices, Shape space)
      implements Part {
    @Override
    public void compute(Reader reader, @Nullable Tensor[] gradients) {
      List<Tensor> results = pass.apply(reader.read(indices));
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
      Shape shape = question.shapes[input];
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
        read.add(question.shapes[index]);
      }
      boolean keepAxes = count != shift;
      Formula summed = compact.formulas.getFirst();
      Fold fold = new Fold(Reduction.SUM, summed, Arrays.copyOf(axes, count), keepAxes);
      boolean spans = Shape.broadcast("gradient", read).equals(space);
      return new Folded(input, fold, compact.indices, spans, space, shape.toArray());
    }

    @Override
    public void compute(Reader reader, @Nullable Tensor[] gradients) {
      List<Tensor> operands = reader.read(indices);
      if (!spans) {
        operands.set(0, operands.getFirst().expand(space));
      }
      gradients[input] = fold.apply(operands).getFirst().reshape(shape);
    }
  }
}
