package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.internal.graph.Dispatch;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.CompositeOp;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Fold;
import dev.lanegrad.autodiff.op.Saved;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * log(sum of exp(x)) along an axis, computed as m + log(sum of exp(x - m)) with the largest element
 * m, or 0 if that is infinite, so that nothing overflows; -infinity of nothing. Where elements are
 * infinite, the gradient goes to them, in equal parts.
 *
 * <p>Shapes: [.., n, ..] gives [.., 1, ..], four times: the result, two numbers of which it is the
 * sum, and how many elements are infinite. The reverse rule subtracts the two one after the other:
 * where m is large (from 2^8 on in float32, 2^24 in float64), their sum has lost digits.
 *
 * @param axis from 0 to rank - 1
 */
public record LogSumExp(int axis) implements CompositeOp {
  private static final Formula X = Formula.input(0);
  private static final Formula Y = Formula.input(1);
  private static final Elementwise FINITE =
      Elementwise.of(X.abs().equal(Double.POSITIVE_INFINITY).where(Formula.ZERO, X));

  private static final Elementwise PARTS32 = parts(0x1p8);
  private static final Elementwise PARTS64 = parts(0x1p24);

  private static final Formula IS_INFINITE = X.equal(Double.POSITIVE_INFINITY);
  private static final Formula COUNTED = IS_INFINITE.where(Formula.ONE, Formula.ZERO);

  /** exp(x - y), and 0 where both are -infinity. */
  private static final Formula SHARE =
      IS_INFINITE.where(
          Formula.input(3).reciprocal(),
          X.equal(Double.NEGATIVE_INFINITY)
              .where(Formula.ZERO, X.sub(Y).sub(Formula.input(2)).exp()));

  private static final Elementwise PULL_BACK = Elementwise.of(SHARE.mul(Formula.input(4)));

  private static Elementwise parts(double large) {
    Formula log = X.log();
    Formula sum = log.add(Y);
    Formula isLarge = Y.abs().greaterEqual(large);
    return Elementwise.of(sum, isLarge.where(Y, Formula.ZERO), isLarge.where(log, sum));
  }

  @Override
  public String name() {
    return "logSumExp";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Checks.inputs(name(), 1, inputs);
    TensorType x = inputs.getFirst();
    Checks.axis(name(), x.shape(), axis);
    DType dtype = Checks.floating(name(), inputs);
    return Collections.nCopies(4, new TensorType(dtype, Axis.with(x.shape(), axis, 1)));
  }

  @Override
  public List<Tensor> forward(Call call) {
    Tensor x = call.input(0);
    int[] axes = {axis};
    if (x.size() == 0) {
      int[] dims = call.type(0).shape().toArray();
      Tensor nothing = Tensor.full(x.dtype(), Double.NEGATIVE_INFINITY, dims);
      Tensor zeros = Tensor.zeros(x.dtype(), dims);
      return List.of(nothing, zeros, nothing, zeros);
    }
    Tensor shift = FINITE.applyTo(Fold.of(Reduction.MAX, axes, true).applyTo(x));
    Fold sum = new Fold(Reduction.SUM, X.sub(Y).exp(), axes, true);
    Elementwise parts = x.dtype() == DType.FLOAT32 ? PARTS32 : PARTS64;
    List<Tensor> outputs = new ArrayList<>(parts.apply(List.of(sum.applyTo(x, shift), shift)));
    Fold count = new Fold(Reduction.SUM, COUNTED, axes, true);
    boolean finite = Dispatch.look(outputs.getFirst(), Scales::areFinite);
    outputs.add(finite ? Scales.constant(call.type(3), 0) : count.applyTo(x));
    return outputs;
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING.input(0).output(1).output(2).output(3);
  }

  /** g softmax(x). */
  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    // A second derivative comes through the third output.
    Tensor gradient = Gradient.sum(gradients.get(0), gradients.get(2));
    if (gradient == null) {
      return Gradient.of(gradient);
    }
    Tensor x = call.input(0);
    Tensor shift = call.output(1).detach();
    Tensor infinite = call.output(3).detach();
    return Gradient.of(PULL_BACK.applyTo(x, shift, call.output(2), infinite, gradient));
  }
}
