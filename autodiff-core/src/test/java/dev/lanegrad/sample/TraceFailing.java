package dev.lanegrad.sample;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.GradientException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Op;
import java.util.List;

/** A user's program whose reverse pass fails; prints the message. */
public final class TraceFailing {
  private TraceFailing() {}

  /** Gives a gradient of the wrong shape. */
  private record Wrong() implements Op {
    @Override
    public String name() {
      return "wrong";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
      return List.of(new TensorType(DType.FLOAT64, inputs.getFirst().shape()));
    }

    @Override
    public List<Tensor> forward(Call call) {
      return List.of(call.input(0).add(1));
    }

    @Override
    public List<Tensor> vjp(Call call, List<Tensor> gradients) {
      return List.of(gradients.getFirst().sum());
    }
  }

  public static void main(String... arguments) {
    Tensor y = new Wrong().applyTo(Tensor.of(1.0, 2.0).requiresGrad());
    try {
      System.out.println(y.sum().backward().norm());
    } catch (GradientException e) {
      System.out.println(e.getMessage());
    }
  }
}
