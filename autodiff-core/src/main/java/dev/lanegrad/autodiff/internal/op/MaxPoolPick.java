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
 * The elements of h where {@link MaxPool} finds the largest of x. Linear in the second input; with
 * the first only the places jump.
 *
 * <p>Shapes: x [n, c, length] and h [n, c, length] give [n, c, positions].
 *
 * @param slides for each dimension how the window goes along it
 */
record MaxPoolPick(List<Slide> slides) implements PrimitiveOp {
  public MaxPoolPick {
    slides = List.copyOf(Present.all("maxPoolPick", "slides", slides));
  }

  @Override
  public String name() {
    return "maxPool" + slides.size() + "dPick";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    DType dtype = MaxPool.beside(name(), slides, inputs, "picked input", Slide::length);
    Shape x = inputs.getFirst().shape();
    return List.of(
        new TensorType(dtype, Slides.shape(x.dim(0), x.dim(1), slides, Slide::positions)));
  }

  @Override
  public void compute(Call call, Outputs outputs) {
    Tensor x = Views.contiguous(call.input(0));
    Tensor h = Views.contiguous(call.input(1));
    MaxPool.loop(slides)
        .pick(
            x.shape().dim(0) * x.shape().dim(1),
            Views.array(x),
            Views.layout(x).offset(),
            Views.array(h),
            Views.layout(h).offset(),
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
        null,
        gradient == null ? null : new MaxPoolGradient(slides).applyTo(call.input(0), gradient));
  }
}
