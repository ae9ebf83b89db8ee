package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.CompositeOp;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Fold;
import dev.lanegrad.autodiff.op.Saved;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * y = x - log(sum of exp(x)) along an axis, computed as (x - m) - log(sum of exp(x - m)) with the
 * largest element m, so that nothing overflows.
 *
 * <p>Shapes: [.., n, ..] gives the same.
 *
 * @param axis from 0 to rank - 1
 */
public record LogSoftmax(int axis) implements CompositeOp {
  private static final Formula X = Formula.input(0);
  private static final Formula EXPONENTIAL = X.sub(Formula.input(1)).exp();
  private static final Elementwise NORMALIZE =
      Elementwise.of(X.sub(Formula.input(1)).sub(Formula.input(2).log()));
  private static final Elementwise PULL_BACK32 = pullBack(Float.MIN_NORMAL);
  private static final Elementwise PULL_BACK64 = pullBack(Double.MIN_NORMAL);

  /**
   * Subnormal gradients, which a network that has learned its examples gives in masses, become
   * zeros: processors take a hundred times as long for products with them, and no weight shows a
   * difference.
   */
  private static Elementwise pullBack(double smallest) {
    Formula result = X.sub(Formula.input(1).exp().mul(Formula.input(2)));
    return Elementwise.of(result.abs().less(smallest).where(Formula.constant(0), result));
  }

  @Override
  public String name() {
    return "logSoftmax";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Checks.inputs(name(), 1, inputs);
    TensorType x = inputs.getFirst();
    Checks.axis(name(), x.shape(), axis);
    return List.of(new TensorType(Checks.floating(name(), inputs), x.shape()));
  }

  @Override
  public List<Tensor> forward(Call call) {
    Tensor x = call.input(0);
    if (x.size() == 0) {
      return List.of(x);
    }
    int[] axes = {axis};
    Tensor largest = Fold.of(Reduction.MAX, axes, true).applyTo(x);
    Tensor sum = new Fold(Reduction.SUM, EXPONENTIAL, axes, true).applyTo(x, largest);
    return List.of(NORMALIZE.applyTo(x, largest, sum));
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING.output(0);
  }

  /** g - softmax(x) sum(g), or 0 where that is subnormal. */
  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    if (gradient == null) {
      return Gradient.of(gradient);
    }
    Tensor sum = Fold.of(Reduction.SUM, new int[] {axis}, true).applyTo(gradient);
    Elementwise pullBack = gradient.dtype() == DType.FLOAT32 ? PULL_BACK32 : PULL_BACK64;
    return Gradient.of(pullBack.applyTo(gradient, call.output(0), sum));
  }
}
