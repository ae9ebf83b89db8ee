package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.kernel.convolution.ConvolutionLoop;
import dev.lanegrad.autodiff.internal.types.Slide;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Op;
import dev.lanegrad.autodiff.op.Outputs;
import dev.lanegrad.autodiff.op.PrimitiveOp;
import dev.lanegrad.autodiff.op.Saved;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is called convolution in neural networks (a cross-correlation): y[n, o, p] = b[o] + sum over
 * c and k of w[o, c, k] x[n, c, p * stride + k * dilation - before], with zeros outside of x, along
 * one dimension or two. Each element is one chain of fused multiply-adds that starts with the bias,
 * channel after channel, in each the elements of the kernel in row-major order.
 *
 * <p>Shapes: x [n, in, length], w [out, in / groups, kernel] and perhaps a bias [out] give [n, out,
 * positions]; output channels of a group see its input channels only.
 *
 * @param slides for each dimension how the kernel goes along it
 * @param groups into how many the channels are divided
 * @param activation f, of input 0: what is stored is f(y)
 */
public record Convolution(List<Slide> slides, int groups, Formula activation)
    implements PrimitiveOp {
  public Convolution {
    slides = List.copyOf(Present.all("convolution", "slides", slides));
    Present.of("convolution", "activation", activation);
  }

  /** Without an activation. */
  public Convolution(List<Slide> slides, int groups) {
    this(slides, groups, Epilogue.NONE.formula());
  }

  /**
   * The convolution and its activation: in one pass where the reverse rule can do without what the
   * activation is of, as it can for ReLU, tanh or sigmoid, else in two.
   *
   * @param bias null for none
   */
  public Tensor of(Tensor x, Tensor weight, @Nullable Tensor bias) {
    Present.of("convolution", "x", x);
    Present.of("convolution", "weight", weight);
    List<Tensor> inputs = bias == null ? List.of(x, weight) : List.of(x, weight, bias);
    Op plain = new Convolution(slides, groups);
    return Epilogue.of(activation).inOnePassOrTwo(this, plain, inputs);
  }

  @Override
  public String name() {
    return "conv" + slides.size() + "d";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    ConvolutionChecks checks = new ConvolutionChecks(name(), slides, groups);
    DType dtype = checks.dtype(inputs);
    Shape x = inputs.get(0).shape();
    Shape weight = inputs.get(1).shape();
    checks.weight(weight);
    checks.input(x, weight);
    checks.bias(inputs, weight.dim(0));
    Shape shape = Slides.shape(x.dim(0), weight.dim(0), slides, Slide::positions);
    return List.of(new TensorType(dtype, shape));
  }

  @Override
  public void compute(Call call, Outputs outputs) {
    Tensor y = outputs.get(0);
    Shape weight = call.input(1).shape();
    ConvolutionLoop.forward(
        ConvolutionChecks.shape(y.shape().dim(0), weight, slides, groups),
        y.dtype(),
        Images.operand(call.input(0)),
        Views.operand(Views.contiguous(call.input(1))),
        call.inputs() == 3 ? Views.operand(Views.contiguous(call.input(2))) : null,
        Views.array(y),
        Epilogue.of(activation).overSamples(y));
  }

  @Override
  public Saved saved(Call call) {
    Saved saved = Saved.NOTHING.inputIf(call.needsGradient(0), 1).inputIf(call.needsGradient(1), 0);
    return Epilogue.of(activation).saved(call, call.inputs(), saved);
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = Epilogue.of(activation).gradient(call, gradients.getFirst());
    @Nullable Tensor[] results = new Tensor[call.inputs()];
    if (gradient != null && call.needsGradient(0)) {
      results[0] = new TransposedConvolution(slides, groups).applyTo(gradient, call.input(1));
    }
    if (gradient != null && call.needsGradient(1)) {
      results[1] = new ConvolutionWeight(slides, groups).applyTo(call.input(0), gradient);
    }
    if (gradient != null && results.length == 3 && call.needsGradient(2)) {
      results[2] = new ChannelSum().applyTo(gradient);
    }
    return Gradient.of(results);
  }
}
