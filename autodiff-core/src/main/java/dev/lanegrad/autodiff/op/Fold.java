package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.Axes;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.internal.BoundedCache;
import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.internal.graph.Dispatch;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.kernel.loops.FoldLoop;
import dev.lanegrad.autodiff.internal.kernel.loops.Plan;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.internal.types.Flags;
import dev.lanegrad.autodiff.internal.types.RisingAxes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Combines a formula's values along axes without storing them: sums of products, largest elements.
 *
 * <p>Shapes: inputs that broadcast to s give one output of s without the axes, or with 1 in their
 * place; a {@link dev.lanegrad.autodiff.ShapeException} is thrown if they do not broadcast or there
 * is no such axis, a {@link dev.lanegrad.autodiff.DTypeException} unless all are float32 or all
 * float64.
 *
 * @param reduction how values are combined
 * @param formula of the inputs
 * @param axes each from 0 to rank - 1, see {@link Axes#normalizeAll}
 * @param keepAxes whether folded axes stay, with length 1
 */
public record Fold(Reduction reduction, Formula formula, int[] axes, boolean keepAxes)
    implements PrimitiveOp {
  private static final BoundedCache<OfSum, Saved> OF_SUMS = new BoundedCache<>(1_024);

  /** What the saved numbers of a sum depend on. */
  private record OfSum(Formula formula, int inputs, Flags needed) {
    @Override
    public boolean equals(Object other) {
      return other instanceof OfSum that
          && formula.equals(that.formula)
          && inputs == that.inputs
          && needed.equals(that.needed);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * formula.hashCode() + inputs) + needed.hashCode();
    }
  }

  public Fold {
    Present.of("fold", "reduction", reduction);
    Present.of("fold", "formula", formula);
    axes = RisingAxes.of(axes);
  }

  /** A fold of a tensor itself. */
  public static Fold of(Reduction reduction, int[] axes, boolean keepAxes) {
    return new Fold(reduction, Formula.input(0), axes, keepAxes);
  }

  @Override
  public String name() {
    return switch (reduction) {
      case SUM -> "sum";
      case MAX -> "max";
      case MIN -> "min";
    };
  }

  @Override
  public List<Tensor> apply(List<Tensor> inputs) {
    return Dispatch.run(this, inputs, this::planOfAll);
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Checks.inputs(name(), Math.max(formula.inputs(), 1), inputs);
    Shape space = space(inputs);
    return List.of(new TensorType(inputs.getFirst().dtype(), result(space, reduced(space))));
  }

  @Override
  public void compute(Call call, Outputs outputs) {
    List<Tensor> inputs = Views.inputs(call);
    plan(inputs).run(inputs, Views.all(outputs, 1));
  }

  /** Stores the fold of tensors, as a part of a primitive operation. */
  void compute(Tensor result, Tensor... tensors) {
    List<Tensor> inputs = List.of(tensors);
    plan(inputs).run(inputs, List.of(result));
  }

  /** The fold of tensors, as a part of a composition. */
  Tensor part(Tensor... tensors) {
    List<Tensor> inputs = List.of(tensors);
    return Dispatch.part(this, inputs, plan(inputs)).getFirst();
  }

  private LoopPlan plan(List<Tensor> inputs) {
    Signature signature = new Signature(this, inputs);
    LoopPlan known = LoopPlan.find(signature);
    return known != null ? known : newPlan(inputs).knownFor(signature);
  }

  /** The plan where no input is given that the formula does not take. */
  private LoopPlan planOfAll(List<Tensor> inputs) {
    if (inputs.size() != Math.max(formula.inputs(), 1)) {
      Checks.inputs(name(), Math.max(formula.inputs(), 1), Views.types(inputs));
    }
    return plan(inputs);
  }

  private LoopPlan newPlan(List<Tensor> inputs) {
    Shape space = space(Views.types(inputs));
    boolean[] reduced = reduced(space);
    List<int[]> strides = new ArrayList<>(inputs.size());
    for (Tensor input : inputs) {
      strides.add(Views.layout(input).broadcastStrides(space));
    }
    DType dtype = inputs.getFirst().dtype();
    Plan plan = FoldLoop.plan(reduction, formula, dtype, space.toArray(), reduced, strides);
    return new LoopPlan(new TensorType(dtype, result(space, reduced)), 1, plan, inputs.size());
  }

  /** The shape that the inputs broadcast to. */
  private Shape space(List<TensorType> inputs) {
    Checks.atLeast(name(), Math.max(formula.inputs(), 1), inputs);
    Checks.floating(name(), inputs);
    return Shape.broadcast(name(), Checks.shapes(inputs));
  }

  /** Which of its axes are folded. */
  private boolean[] reduced(Shape space) {
    boolean[] reduced = new boolean[space.rank()];
    for (int axis : axes) {
      Checks.axis(name(), space, axis);
      if (reduction != Reduction.SUM) {
        Checks.nonEmpty(name(), space, axis);
      }
      reduced[axis] = true;
    }
    return reduced;
  }

  private Shape result(Shape space, boolean[] reduced) {
    int[] kept = new int[space.rank()];
    int count = 0;
    for (int i = 0; i < kept.length; i++) {
      if (!reduced[i] || keepAxes) {
        kept[count++] = reduced[i] ? 1 : space.dim(i);
      }
    }
    return Shape.of(Arrays.copyOf(kept, count));
  }

  @Override
  public Saved saved(Call call) {
    if (reduction != Reduction.SUM) {
      Saved saved = Saved.NOTHING.output(0);
      for (int i = 0; i < call.inputs(); i++) {
        saved = saved.input(i);
      }
      return saved;
    }
    if (formula instanceof Formula.Input) {
      return Saved.NOTHING;
    }
    Flags needed = Flags.of(call.inputs(), call::needsGradient);
    return OF_SUMS.get(new OfSum(formula, call.inputs(), needed), this::savedFor);
  }

  private Saved savedFor(OfSum sum) {
    Saved saved = Saved.NOTHING;
    for (int read : FormulaGradient.indicesRead(derivatives(sum.inputs), sum.needed)) {
      saved = saved.inputIf(read < sum.inputs, read);
    }
    return saved;
  }

  /** Max and min share the gradient equally between equal elements. */
  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    List<Shape> shapes = new ArrayList<>();
    for (int i = 0; i < call.inputs(); i++) {
      shapes.add(call.inputType(i).shape());
    }
    Shape space = Shape.broadcast(name(), shapes);
    int[] kept = space.toArray();
    for (int axis : axes) {
      kept[axis] = 1;
    }
    Tensor given = gradients.getFirst();
    if (given == null) {
      return java.util.Collections.nCopies(shapes.size(), null);
    }
    List<Tensor> read = new ArrayList<>(3);
    read.add(given.rank() == 0 ? given : given.reshape(kept));
    if (reduction != Reduction.SUM) {
      Tensor extreme = call.output(0).reshape(kept);
      List<Tensor> compared = new ArrayList<>(Views.inputs(call));
      compared.add(extreme);
      Formula isExtreme = isExtreme(Formula.input(shapes.size()));
      Fold ties = new Fold(Reduction.SUM, isExtreme, axes, true);
      read.add(extreme);
      read.add(ties.apply(compared).getFirst().detach());
    }
    return FormulaGradient.compute(
        new FormulaGradient.Question(this, Flags.ONE, call, read, space),
        call,
        read,
        () -> derivatives(call.inputs()));
  }

  /** What is read besides the inputs are the gradient, the extreme value and the count of ties. */
  private List<Formula> derivatives(int count) {
    Formula seed = Formula.input(count);
    if (reduction != Reduction.SUM) {
      Formula chosen = isExtreme(Formula.input(count + 1));
      seed = chosen.where(seed.div(Formula.input(count + 2)), Formula.ZERO);
    }
    return FormulaGradient.pullback(List.of(formula), List.of(seed), Map.of(), count);
  }

  /** Where the formula has the extreme value, which may be NaN. */
  private Formula isExtreme(Formula extreme) {
    Formula bothNaN = formula.notEqual(formula).logicalAnd(extreme.notEqual(extreme));
    return formula.equal(extreme).logicalOr(bothNaN);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fold fold
        && reduction == fold.reduction
        && formula == fold.formula
        && Arrays.equals(axes, fold.axes)
        && keepAxes == fold.keepAxes;
  }

  @Override
  public int hashCode() {
    return 31 * formula.hashCode() + Arrays.hashCode(axes);
  }

  @Override
  public String toString() {
    return "%s(%s) along %s".formatted(reduction, formula, Arrays.toString(axes));
  }
}
