package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.kernel.pooling.MedianPoolLoop;
import dev.lanegrad.autodiff.internal.types.Slide;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Outputs;
import dev.lanegrad.autodiff.op.PrimitiveOp;
import dev.lanegrad.autodiff.op.Saved;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The median of each window, of an even number of elements the lower one; NaN where a window has
 * one. Padding is not looked at. The gradient goes to the first element that equals the median, or
 * to the first NaN.
 *
 * <p>Shapes: [n, c, length] gives [n, c, positions] twice: medians, and int32 indices that say
 * where in the plane each was found, counted in row-major order.
 *
 * @param slides for each dimension how the window goes along it
 */
public record MedianPool(List<Slide> slides) implements PrimitiveOp {
  public MedianPool {
    slides = List.copyOf(Present.all("medianPool", "slides", slides));
  }

  @Override
  public String name() {
    return "medianPool" + slides.size() + "d";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    TensorType values = Slides.pooled(name(), slides, inputs);
    return List.of(values, new TensorType(DType.INT32, values.shape()));
  }

  @Override
  public void compute(Call call, Outputs outputs) {
    Tensor x = Views.contiguous(call.input(0));
    new MedianPoolLoop(Slides.rows(slides), Slides.columns(slides))
        .run(
            x.shape().dim(0) * x.shape().dim(1),
            Views.array(x),
            Views.layout(x).offset(),
            Views.array(outputs.get(0)),
            (int[]) Views.array(outputs.get(1)));
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING.output(1);
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    if (gradient == null) {
      return Gradient.of(gradient);
    }
    Shape x = call.inputType(0).shape();
    int plane = (int) Slides.product(slides, Slide::length);
    Shape lines = Shape.of(x.dim(0), x.dim(1), (int) Slides.product(slides, Slide::positions));
    Tensor places = call.output(1).reshape(lines.toArray());
    Tensor spread = new ScatterAdd(2, plane).applyTo(gradient.reshape(lines.toArray()), places);
    return Gradient.of(spread.reshape(x.toArray()));
  }
}
