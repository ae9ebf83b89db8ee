package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
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
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The adjoint of {@link Unfold}: the columns are added to where their elements came from, in the
 * order of the kernel and then of the positions; for a kernel of more than 1,024 elements in
 * float64.
 *
 * <p>Shapes: [n, c * kernel, positions] gives [n, c, length].
 *
 * @param slides for each dimension how the window goes along it
 */
public record OverlapAdd(List<Slide> slides) implements PrimitiveOp {
  public OverlapAdd {
    slides = List.copyOf(Present.all("overlapAdd", "slides", slides));
  }

  @Override
  public String name() {
    return "fold";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Checks.inputs(name(), 1, inputs);
    DType dtype = Checks.floating(name(), inputs);
    Shape x = inputs.getFirst().shape();
    Slides.check(name(), slides);
    long kernel = Slides.product(slides, Slide::kernel);
    long positions = Slides.product(slides, Slide::positions);
    if (x.rank() != 3 || x.dim(1) % kernel != 0 || x.dim(2) != positions) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "fold: input %s is not [.., channels * %d, %d] for kernel %s at %s positions",
              x,
              kernel,
              positions,
              Slides.times(slides, Slide::kernel),
              Slides.times(slides, Slide::positions)));
    }
    return List.of(
        new TensorType(
            dtype, Slides.shape(x.dim(0), (int) (x.dim(1) / kernel), slides, Slide::length)));
  }

  @Override
  public void compute(Call call, Outputs outputs) {
    if (LongChains.areLong(call, Slides.product(slides, Slide::kernel))) {
      LongChains.inFloat64(this, call, outputs);
      return;
    }
    Tensor x = Views.contiguous(call.input(0));
    Tensor y = outputs.get(0);
    new UnfoldLoop(Slides.rows(slides), Slides.columns(slides))
        .fold(
            y.shape().dim(0) * y.shape().dim(1),
            Views.array(x),
            Views.layout(x).offset(),
            Views.array(y));
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING;
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    return Gradient.of(gradient == null ? null : new Unfold(slides).applyTo(gradient));
  }
}
