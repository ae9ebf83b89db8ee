package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.kernel.convolution.WeightGradientLoop;
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
 * The gradient of a {@link Convolution}'s weight: w[o, c, k] = sum over n and p of g[n, o, p] x[n,
 * c, p * stride + k * dilation - before]. The batch is cut into at most 8 chunks, of which each
 * gives one chain of fused multiply-adds from sample to sample and in each over the positions in
 * row-major order; their results are added in order.
 *
 * <p>Shapes: x [n, in, length] and g [n, out, positions] give [out, in / groups, kernel].
 *
 * @param slides for each dimension how the kernel goes along x
 * @param groups into how many the channels are divided
 */
record ConvolutionWeight(List<Slide> slides, int groups) implements PrimitiveOp {
  public ConvolutionWeight {
    slides = List.copyOf(Present.all("convolutionWeight", "slides", slides));
  }

  @Override
  public String name() {
    return "conv" + slides.size() + "dWeight";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Checks.inputs(name(), 2, inputs);
    DType dtype = Checks.floating(name(), inputs);
    ConvolutionChecks checks = new ConvolutionChecks(name(), slides, groups);
    Shape x = inputs.get(0).shape();
    Shape g = inputs.get(1).shape();
    Slides.dimensions(name(), "input", x, slides, Slide::length);
    Slides.dimensions(name(), "gradient", g, slides, Slide::positions);
    if (x.dim(0) != g.dim(0)) {
      throw new ShapeException(
          "%s: input %s and gradient %s differ in the batch".formatted(name(), x, g));
    }
    if (x.dim(1) % groups != 0) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "%s: %d channels of input %s do not make %d equal groups",
              name(),
              x.dim(1),
              x,
              groups));
    }
    Shape weight = Slides.shape(g.dim(1), x.dim(1) / groups, slides, Slide::kernel);
    checks.weight(weight);
    return List.of(new TensorType(dtype, weight));
  }

  @Override
  public void compute(Call call, Outputs outputs) {
    Tensor weight = outputs.get(0);
    int batch = call.input(0).shape().dim(0);
    WeightGradientLoop.run(
        ConvolutionChecks.shape(batch, weight.shape(), slides, groups),
        weight.dtype(),
        Images.operand(call.input(0)),
        Images.operand(call.input(1)),
        Views.array(weight));
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING.inputIf(call.needsGradient(0), 1).inputIf(call.needsGradient(1), 0);
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    if (gradient == null) {
      return Gradient.of(null, null);
    }
    return Gradient.of(
        call.needsGradient(0)
            ? new TransposedConvolution(slides, groups).applyTo(call.input(1), gradient)
            : null,
        call.needsGradient(1)
            ? new Convolution(slides, groups).applyTo(call.input(0), gradient)
            : null);
  }
}
