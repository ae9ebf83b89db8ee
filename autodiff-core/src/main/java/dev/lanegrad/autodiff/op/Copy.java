package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The same elements in memory of their own, in row-major order. */
public record Copy() implements PrimitiveOp {
  @Override
  public String name() {
    return "copy";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Checks.inputs(name(), 1, inputs);
    return inputs;
  }

  @Override
  public void compute(Call call, Outputs outputs) {
    Tensor copy = outputs.get(0);
    Views.copyInto(call.input(0), Views.array(copy), 0);
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING;
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    return gradients;
  }
}
