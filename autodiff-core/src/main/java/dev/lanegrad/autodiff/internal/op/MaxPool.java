package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.kernel.pooling.MaxPoolLoop;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.internal.types.Slide;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Outputs;
import dev.lanegrad.autodiff.op.PrimitiveOp;
import dev.lanegrad.autodiff.op.Saved;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The largest element of each window; a NaN counts as larger than everything. Padding is never
 * chosen. The gradient goes to the first of equal elements.
 *
 * <p>Shapes: [n, c, length] gives [n, c, positions], and on request int32 indices of the same shape
 * that say where in the plane each was found, counted in row-major order.
 *
 * @param slides for each dimension how the window goes along it
 * @param indices whether the second output is wanted
 */
public record MaxPool(List<Slide> slides, boolean indices) implements PrimitiveOp {
  public MaxPool {
    slides = List.copyOf(Present.all("maxPool", "slides", slides));
  }

  @Override
  public String name() {
    return "maxPool" + slides.size() + "d";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    TensorType values = Slides.pooled(name(), slides, inputs);
    return indices ? List.of(values, new TensorType(DType.INT32, values.shape())) : List.of(values);
  }

  /**
   * Checks inputs of an operation that goes by where the largest of x are: x and another tensor.
   *
   * @param what the other one is
   * @param length along a dimension of it
   */
  static DType beside(
      String name,
      List<Slide> slides,
      List<TensorType> inputs,
      String what,
      ToIntFunction<Slide> length) {
    Checks.inputs(name, 2, inputs);
    DType dtype = Checks.floating(name, inputs);
    Shape x = inputs.get(0).shape();
    Shape other = inputs.get(1).shape();
    Slides.checkPooling(name, slides);
    Slides.dimensions(name, "input", x, slides, Slide::length);
    Slides.dimensions(name, what, other, slides, length);
    if (x.dim(0) != other.dim(0) || x.dim(1) != other.dim(1)) {
      throw new ShapeException(
          "%s: input %s and %s %s differ in batch or channels".formatted(name, x, what, other));
    }
    return dtype;
  }

  static MaxPoolLoop loop(List<Slide> slides) {
    return new MaxPoolLoop(Slides.rows(slides), Slides.columns(slides));
  }

  @Override
  public void compute(Call call, Outputs outputs) {
    Tensor x = Views.contiguous(call.input(0));
    int planes = x.shape().dim(0) * x.shape().dim(1);
    int offset = Views.layout(x).offset();
    loop(slides).values(planes, Views.array(x), offset, Views.array(outputs.get(0)));
    if (indices) {
      int[] found = (int[]) Views.array(outputs.get(1));
      loop(slides).indices(planes, Views.array(x), offset, found);
    }
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING.input(0);
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    return Gradient.of(
        gradient == null ? null : new MaxPoolGradient(slides).applyTo(call.input(0), gradient));
  }
}
