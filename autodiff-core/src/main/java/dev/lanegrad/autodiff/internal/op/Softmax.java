package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Fold;
import dev.lanegrad.autodiff.op.Outputs;
import dev.lanegrad.autodiff.op.PrimitiveOp;
import dev.lanegrad.autodiff.op.Saved;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * exp(x) / sum of exp(x) along an axis, computed from x - m with the largest element m.
 *
 * <p>Shapes: [.., n, ..] gives the same.
 *
 * @param axis from 0 to rank - 1
 */
public record Softmax(int axis) implements PrimitiveOp {
  private static final Formula X = Formula.input(0);
  private static final Formula Y = Formula.input(1);
  private static final Formula Z = Formula.input(2);
  private static final Elementwise SHIFTED = Elementwise.of(X.sub(Y).exp());
  private static final Elementwise DIVIDE = Elementwise.of(X.div(Y));
  private static final Elementwise PULL_BACK = Elementwise.of(X.mul(Y.sub(Z)));

  @Override
  public String name() {
    return "softmax";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Checks.inputs(name(), 1, inputs);
    TensorType x = inputs.getFirst();
    Checks.axis(name(), x.shape(), axis);
    return List.of(new TensorType(Checks.floating(name(), inputs), x.shape()));
  }

  /** The exponentials are computed once, where the result will be, and divided in place. */
  @Override
  public void compute(Call call, Outputs outputs) {
    Tensor x = call.input(0);
    if (x.size() > 0) {
      Tensor y = outputs.get(0);
      TensorType line = new TensorType(x.dtype(), Axis.with(x.shape(), axis, 1));
      Tensor largest = Views.allocate(line);
      Tensor sum = Views.allocate(line);
      int[] axes = {axis};
      Parts.compute(Fold.of(Reduction.MAX, axes, true), largest, x);
      Parts.compute(SHIFTED, y, x, largest);
      Parts.compute(Fold.of(Reduction.SUM, axes, true), sum, y);
      Parts.compute(DIVIDE, y, y, sum);
    }
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING.output(0);
  }

  /** y (g - sum(g y)). */
  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    if (gradient == null) {
      return Gradient.of(gradient);
    }
    Tensor y = call.output(0);
    Fold sum = new Fold(Reduction.SUM, X.mul(Y), new int[] {axis}, true);
    return Gradient.of(PULL_BACK.applyTo(y, gradient, sum.applyTo(gradient, y)));
  }
}
