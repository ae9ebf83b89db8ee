package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.kernel.convolution.UnfoldLoop;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.internal.types.Slide;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Outputs;
import dev.lanegrad.autodiff.op.PrimitiveOp;
import dev.lanegrad.autodiff.op.Saved;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Windows written out: column p holds the elements of the window at position p, channel after
 * channel, in each in row-major order, zeros for padding.
 *
 * <p>Shapes: [n, c, length] gives [n, c * kernel, positions], with the positions in row-major
 * order.
 *
 * @param slides for each dimension how the window goes along it
 */
public record Unfold(List<Slide> slides) implements PrimitiveOp {
  public Unfold {
    slides = List.copyOf(Present.all("unfold", "slides", slides));
  }

  @Override
  public String name() {
    return "unfold";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Checks.inputs(name(), 1, inputs);
    DType dtype = Checks.floating(name(), inputs);
    Shape x = inputs.getFirst().shape();
    Slides.check(name(), slides);
    Slides.dimensions(name(), "input", x, slides, Slide::length);
    long elements = Slides.product(slides, Slide::kernel);
    long positions = Slides.product(slides, Slide::positions);
    return List.of(
        new TensorType(dtype, Checks.shape(name(), x.dim(0), x.dim(1) * elements, positions)));
  }

  @Override
  public void compute(Call call, Outputs outputs) {
    Tensor x = Views.contiguous(call.input(0));
    new UnfoldLoop(Slides.rows(slides), Slides.columns(slides))
        .unfold(
            x.shape().dim(0) * x.shape().dim(1),
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
    return Gradient.of(gradient == null ? null : new OverlapAdd(slides).applyTo(gradient));
  }
}
