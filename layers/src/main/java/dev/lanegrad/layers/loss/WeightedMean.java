package dev.lanegrad.layers.loss;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Fold;
import dev.lanegrad.autodiff.op.Op;
import dev.lanegrad.autodiff.op.Saved;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sum divided by a weight; where the sum overflows, what is summed is divided first. Which of
 * them it is, is seen when the operation runs.
 *
 * <p>Shapes: the inputs of the sum and a weight {@code []}, to which no gradient flows, give {@code
 * []}.
 *
 * @param loss its name in messages
 * @param counted what there is a mean of, in messages
 * @param sum of everything
 */
record WeightedMean(String loss, TensorType counted, Fold sum) implements Op {
  private static final Elementwise DIVIDED_GRADIENT =
      Elementwise.of(Formula.input(0).mul(Formula.input(1).reciprocal()));

  @Override
  public String name() {
    return "mean";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    if (inputs.getFirst().shape().size() == 0) {
      throw ofNothing();
    }
    return sum.infer(inputs.subList(0, inputs.size() - 1));
  }

  private IllegalArgumentException ofNothing() {
    return new IllegalArgumentException(
        "%s: the mean of nothing: no element of %s counts; leave the batch out, or take"
                .formatted(loss, counted)
            + " LossReduction.SUM, which is 0");
  }

  @Override
  public List<Tensor> forward(Call call) {
    int last = call.inputs() - 1;
    double weight = call.input(last).item();
    if (weight == 0) {
      throw ofNothing();
    }
    List<Tensor> inputs = new ArrayList<>(last + 1);
    for (int i = 0; i < last; i++) {
      inputs.add(call.input(i));
    }
    double total = sum.apply(inputs).getFirst().item();
    if (Double.isFinite(total)) {
      return List.of(quotient(call.type(0).dtype(), total, weight));
    }
    inputs.add(call.input(last));
    Formula divided = sum.formula().div(Formula.input(last));
    return new Fold(Reduction.SUM, divided, sum.axes(), false).apply(inputs);
  }

  private static Tensor quotient(DType dtype, double total, double weight) {
    boolean narrow = dtype == DType.FLOAT32;
    return Tensor.scalar(dtype, narrow ? (float) total / (float) weight : total / weight);
  }

  @Override
  public Saved saved(Call call) {
    return sum.saved(call).input(call.inputs() - 1);
  }

  /** That of the sum, which does not read the weight. */
  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    if (gradient == null) {
      return sum.vjp(call, gradients);
    }
    Tensor weight = call.input(call.inputs() - 1);
    return sum.vjp(call, List.of(DIVIDED_GRADIENT.applyTo(gradient, weight)));
  }

  @Override
  public String toString() {
    return "mean: " + sum;
  }
}
