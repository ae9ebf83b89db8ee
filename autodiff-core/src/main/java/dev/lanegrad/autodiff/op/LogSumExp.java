package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * log(sum of exp(x)) along an axis, computed as m + log(sum of exp(x - m)) with the largest element
 * m, or 0 if that is infinite, so that nothing overflows; -infinity of nothing. Where elements are
 * infinite, the gradient goes to them, in equal parts.
 *
 * <p>Shapes: [.., n, ..] gives [.., 1, ..].
 *
 * @param axis from 0 to rank - 1
 */
public record LogSumExp(int axis) implements Op {
  private static final Formula X = Formula.input(0);
  private static final Formula Y = Formula.input(1);
  private static final Formula G = Formula.input(2);
  private static final Elementwise FINITE =
      Elementwise.of(X.abs().equal(Double.POSITIVE_INFINITY).select(Formula.ZERO, X));
  private static final Elementwise LOG_PLUS = Elementwise.of(X.log().add(Y));

  private static final Formula IS_INFINITE = X.equal(Double.POSITIVE_INFINITY);
  private static final Formula COUNTED = IS_INFINITE.select(Formula.ONE, Formula.ZERO);

  /** exp(x - y), and 0 where both are -infinity. */
  private static final Formula SHARE =
      IS_INFINITE.select(
          Formula.input(3).reciprocal(),
          X.equal(Double.NEGATIVE_INFINITY).select(Formula.ZERO, X.sub(Y).exp()));

  private static final Elementwise PULL_BACK = Elementwise.of(SHARE.mul(G));

  @Override
  public String name() {
    return "logSumExp";
  }

  @Override
  public List<TensorType> infer(List<Tensor> inputs) {
    Checks.inputs(name(), 1, inputs);
    Tensor x = inputs.getFirst();
    Checks.axis(name(), x.shape(), axis);
    return List.of(new TensorType(Checks.floating(name(), inputs), Axis.with(x.shape(), axis, 1)));
  }

  @Override
  public List<Tensor> forward(Call call) {
    Tensor x = call.input(0);
    int[] axes = {axis};
    if (x.size() == 0) {
      double nothing = Double.NEGATIVE_INFINITY;
      return List.of(Tensor.full(x.dtype(), nothing, call.type(0).shape().toArray()));
    }
    Tensor shift = FINITE.applyTo(Fold.of(Reduction.MAX, axes, true).applyTo(x));
    Fold sum = new Fold(Reduction.SUM, X.sub(Y).exp(), axes, true);
    return List.of(LOG_PLUS.applyTo(sum.applyTo(x, shift), shift));
  }

  /** g softmax(x). */
  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    if (gradient == null) {
      return Gradient.of(gradient);
    }
    Tensor x = call.input(0);
    Tensor infinite = new Fold(Reduction.SUM, COUNTED, new int[] {axis}, true).applyTo(x).detach();
    return Gradient.of(PULL_BACK.applyTo(x, call.output(0), gradient, infinite));
  }
}
