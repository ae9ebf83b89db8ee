package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.types.Slide;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Outputs;
import dev.lanegrad.autodiff.op.PrimitiveOp;
import dev.lanegrad.autodiff.op.Saved;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The adjoint of {@link MaxPool} at x: what is given for each window is added to the place of its
 * largest element, in the order of the windows, for a kernel of more than 1,024 elements in
 * float64. Linear in the second input; with the first only the places jump.
 *
 * <p>Shapes: x [n, c, length] and g [n, c, positions] give [n, c, length].
 *
 * @param slides for each dimension how the window goes along it
 */
record MaxPoolGradient(List<Slide> slides) implements PrimitiveOp {
  public MaxPoolGradient {
    slides = List.copyOf(Present.all("maxPoolGradient", "slides", slides));
  }

  @Override
  public String name() {
    return "maxPool" + slides.size() + "dGradient";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    DType dtype = MaxPool.beside(name(), slides, inputs, "gradient", Slide::positions);
    Shape x = inputs.getFirst().shape();
    return List.of(new TensorType(dtype, Slides.shape(x.dim(0), x.dim(1), slides, Slide::length)));
  }

  @Override
  public void compute(Call call, Outputs outputs) {
    if (LongChains.areLong(call, Slides.product(slides, Slide::kernel))) {
      LongChains.inFloat64(this, call, outputs);
      return;
    }
    Tensor x = Views.contiguous(call.input(0));
    Tensor g = Views.contiguous(call.input(1));
    MaxPool.loop(slides)
        .spread(
            x.shape().dim(0) * x.shape().dim(1),
            Views.array(x),
            Views.layout(x).offset(),
            Views.array(g),
            Views.layout(g).offset(),
            Views.array(outputs.get(0)));
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING.input(0);
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    return Gradient.of(
        null, gradient == null ? null : new MaxPoolPick(slides).applyTo(call.input(0), gradient));
  }
}
