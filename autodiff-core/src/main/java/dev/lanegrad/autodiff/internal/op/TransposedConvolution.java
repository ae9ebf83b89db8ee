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
 * The adjoint of {@link Convolution}: every element of g is spread over the window that it came
 * from, x[n, c, p * stride + k * dilation - before] += w[o, c, k] g[n, o, p], starting from the
 * bias. Each element is one chain of fused multiply-adds, channel after channel of g, in each the
 * elements of the kernel in row-major order.
 *
 * <p>Shapes: g [n, out, positions], w [out, in / groups, kernel] and perhaps a bias [in] give [n,
 * in, length].
 *
 * @param slides for each dimension how the kernel goes along the result
 * @param groups into how many the channels are divided
 * @param activation f, of input 0: what is stored is f(x)
 */
public record TransposedConvolution(List<Slide> slides, int groups, Formula activation)
    implements PrimitiveOp {
  public TransposedConvolution {
    slides = List.copyOf(Present.all("transposedConvolution", "slides", slides));
    Present.of("transposedConvolution", "activation", activation);
  }

  /** Without an activation. */
  public TransposedConvolution(List<Slide> slides, int groups) {
    this(slides, groups, Epilogue.NONE.formula());
  }

  /**
   * The convolution and its activation: in one pass where the reverse rule can do without what the
   * activation is of, as it can for ReLU, tanh or sigmoid, else in two.
   *
   * @param bias null for none
   */
  public Tensor of(Tensor g, Tensor weight, @Nullable Tensor bias) {
    Present.of("convolution", "g", g);
    Present.of("convolution", "weight", weight);
    List<Tensor> inputs = bias == null ? List.of(g, weight) : List.of(g, weight, bias);
    Op plain = new TransposedConvolution(slides, groups);
    return Epilogue.of(activation).inOnePassOrTwo(this, plain, inputs);
  }

  @Override
  public String name() {
    return "convTranspose" + slides.size() + "d";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    ConvolutionChecks checks = new ConvolutionChecks(name(), slides, groups);
    DType dtype = checks.dtype(inputs);
    Shape g = inputs.get(0).shape();
    Shape weight = inputs.get(1).shape();
    checks.weight(weight);
    checks.output(g, weight);
    int channels = weight.dim(1) * groups;
    checks.bias(inputs, channels);
    return List.of(new TensorType(dtype, Slides.shape(g.dim(0), channels, slides, Slide::length)));
  }

  @Override
  public void compute(Call call, Outputs outputs) {
    Tensor x = outputs.get(0);
    Shape weight = call.input(1).shape();
    ConvolutionLoop.transposed(
        ConvolutionChecks.shape(x.shape().dim(0), weight, slides, groups),
        x.dtype(),
        Images.operand(call.input(0)),
        Views.operand(Views.contiguous(call.input(1))),
        call.inputs() == 3 ? Views.operand(Views.contiguous(call.input(2))) : null,
        Views.array(x),
        Epilogue.of(activation).overSamples(x));
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
      results[0] = new Convolution(slides, groups).applyTo(gradient, call.input(1));
    }
    if (gradient != null && call.needsGradient(1)) {
      results[1] = new ConvolutionWeight(slides, groups).applyTo(gradient, call.input(0));
    }
    if (gradient != null && results.length == 3 && call.needsGradient(2)) {
      results[2] = new ChannelSum().applyTo(gradient);
    }
    return Gradient.of(results);
  }
}
