package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.Axes;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.internal.kernel.FoldLoop;
import dev.lanegrad.autodiff.internal.kernel.Operand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Combines a formula's values along axes without storing them: sums of products, largest elements.
 *
 * <p>Shapes: inputs that broadcast to s give one output of s without the axes, or with 1 in their
 * place.
 *
 * @param reduction how values are combined
 * @param formula of the inputs
 * @param axes each from 0 to rank - 1, see {@link Axes#normalizeAll}
 * @param keepAxes whether folded axes stay, with length 1
 */
public record Fold(Reduction reduction, Formula formula, int[] axes, boolean keepAxes)
    implements Op {
  public Fold {
    axes = Arrays.stream(axes).sorted().distinct().toArray();
  }

  /** A fold of a tensor itself. */
  public static Fold of(Reduction reduction, int[] axes, boolean keepAxes) {
    return new Fold(reduction, Formula.input(0), axes, keepAxes);
  }

  @Override
  public String name() {
    return reduction.name().toLowerCase(java.util.Locale.ROOT);
  }

  @Override
  public List<TensorType> infer(List<Tensor> inputs) {
    Checks.inputs(name(), Math.max(formula.inputs(), Math.max(inputs.size(), 1)), inputs);
    DType dtype = Checks.floating(name(), inputs);
    Shape space = space(inputs);
    for (int axis : axes) {
      Checks.axis(name(), space, axis);
    }
    int[] kept = space.toArray();
    int left = 0;
    for (int i = 0; i < kept.length; i++) {
      boolean folded = Arrays.binarySearch(axes, i) >= 0;
      if (folded && reduction != Reduction.SUM) {
        Checks.nonEmpty(name(), space, i);
      }
      if (!folded || keepAxes) {
        kept[left++] = folded ? 1 : kept[i];
      }
    }
    return List.of(new TensorType(dtype, Shape.of(Arrays.copyOf(kept, left))));
  }

  private Shape space(List<Tensor> inputs) {
    return Shape.broadcast(name(), Checks.shapes(inputs));
  }

  @Override
  public List<Tensor> forward(Call call) {
    List<Tensor> inputs = new ArrayList<>();
    for (int i = 0; i < call.inputs(); i++) {
      inputs.add(call.input(i));
    }
    Shape space = space(inputs);
    List<Operand> operands = inputs.stream().map(t -> Views.operand(t, space)).toList();
    boolean[] reduced = new boolean[space.rank()];
    for (int axis : axes) {
      reduced[axis] = true;
    }
    Tensor output = Views.allocate(call.type(0));
    DType dtype = call.type(0).dtype();
    FoldLoop.run(
        reduction, formula, dtype, space.toArray(), reduced, operands, Views.array(output));
    return List.of(output);
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
    FormulaGradient gradient = new FormulaGradient(call, List.of(formula), space);
    Formula seed = gradient.input(given.reshape(kept));
    if (reduction != Reduction.SUM) {
      Tensor extreme = call.output(0).reshape(kept);
      Formula isExtreme = isExtreme(Formula.input(shapes.size()));
      List<Tensor> compared = new ArrayList<>();
      for (int i = 0; i < shapes.size(); i++) {
        compared.add(call.input(i));
      }
      compared.add(extreme);
      Tensor ties =
          new Fold(Reduction.SUM, isExtreme, axes, true).apply(compared).getFirst().detach();
      Formula chosen = isExtreme(gradient.input(extreme));
      seed = chosen.select(seed.div(gradient.input(ties)), Formula.ZERO);
    }
    gradient.seed(seed);
    return gradient.compute();
  }

  /** Where the formula has the extreme value, which may be NaN. */
  private Formula isExtreme(Formula extreme) {
    Formula bothNaN = formula.notEqual(formula).and(extreme.notEqual(extreme));
    return formula.equal(extreme).or(bothNaN);
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
}
