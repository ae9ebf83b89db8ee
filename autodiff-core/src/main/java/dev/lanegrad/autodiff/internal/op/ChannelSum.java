package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.kernel.convolution.ChannelSumLoop;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Outputs;
import dev.lanegrad.autodiff.op.PrimitiveOp;
import dev.lanegrad.autodiff.op.Saved;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sum of each channel: what a bias gets from the gradient of the output.
 *
 * <p>Shapes: [n, c, ..] gives [c].
 */
record ChannelSum() implements PrimitiveOp {
  @Override
  public String name() {
    return "channelSum";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Checks.inputs(name(), 1, inputs);
    Shape x = inputs.getFirst().shape();
    if (x.rank() < 2) {
      throw new ShapeException("channelSum: input %s has no channels".formatted(x));
    }
    return List.of(new TensorType(Checks.floating(name(), inputs), Shape.of(x.dim(1))));
  }

  @Override
  public void compute(Call call, Outputs outputs) {
    Tensor x = Views.contiguous(call.input(0));
    int batch = x.shape().dim(0);
    int channels = x.shape().dim(1);
    int plane = x.size() / Math.max(1, batch * channels);
    ChannelSumLoop.run(
        batch,
        channels,
        plane,
        Views.array(x),
        Views.layout(x).offset(),
        Views.array(outputs.get(0)));
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING;
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    if (gradient == null) {
      return Gradient.of(gradient);
    }
    Shape shape = call.inputType(0).shape();
    int[] aligned = new int[shape.rank()];
    Arrays.fill(aligned, 1);
    aligned[1] = shape.dim(1);
    return Gradient.of(gradient.reshape(aligned).expand(shape));
  }
}
