package dev.lanegrad.autodiff.internal.op;

import static dev.lanegrad.autodiff.internal.op.OpCases.counting;
import static dev.lanegrad.autodiff.internal.op.OpCases.vector;
import static dev.lanegrad.autodiff.internal.op.OpCases.zeros;
import static dev.lanegrad.autodiff.internal.op.OpCases.zeros32;

import dev.lanegrad.autodiff.Convolutions;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.Window;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.internal.op.OpRow.Sample;
import dev.lanegrad.autodiff.internal.types.Slide;
import dev.lanegrad.autodiff.op.Op;
import dev.lanegrad.autodiff.testing.Draw;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Convolutions, their transposes and the gradients of their weights. */
final class ConvolutionOpCases {
  private static final Slide PLAIN = new Slide(4, 3, 1, 0, 0, 1);
  private static final Slide PADDED = new Slide(3, 2, 2, 1, 1, 1);
  private static final Window UNIT = Window.UNIT;

  /** Whose reverse rules do without what they are of. */
  private static final List<Formula> ACTIVATIONS =
      List.of(
          Formula.input(0),
          Formula.input(0),
          Formula.input(0).mul(0.25).exp(),
          Formula.input(0).mul(-0.125).exp());

  static final List<OpRow> ROWS =
      List.of(
          new OpRow(Convolution.class)
              .example(plain(Convolution::new), signal(8, 13), signal(1, 2, 3, 4), signal(3, 1, 1))
              .example(
                  plain(Convolution::new),
                  signal(9, 14),
                  signal(1, 2, 3, 4),
                  signal(3, 1, 1),
                  vector(1))
              .example(
                  padded(Convolution::new),
                  image(2, 0, 11, 30, 67),
                  counting(1, 1, 3, 3),
                  image(2, 1, 2, 3, 4))
              .example(plain(Convolution::new), zeros(0, 2, 2), zeros(0, 1, 4), zeros(2, 1, 3))
              .sample(draw -> convolution(draw, draw.chance(0.5)))
              .rejects(
                  "conv2d: kernel 7x7 exceeds padded input 5x5 (input 3x3, padding 1)",
                  () -> conv2d(zeros(2, 1, 3, 3), zeros(4, 1, 7, 7), UNIT.padding(1)))
              .rejects(
                  "conv2d: kernel 3x2, which dilation 4 spreads to 9x5, exceeds padded input 7x9"
                      + " (input 5x5, padding 1x2)",
                  () ->
                      conv2d(zeros(2, 1, 5, 5), zeros(4, 1, 3, 2), UNIT.padding(1, 2).dilation(4)))
              .rejects(
                  "conv2d: input [2, 3, 5, 5] has 3 channels, weight [4, 2, 3, 3] in 2 groups takes"
                      + " 2 x 2 = 4",
                  () -> Convolutions.conv2d(zeros(2, 3, 5, 5), zeros(4, 2, 3, 3), null, UNIT, 2))
              .rejects(
                  "conv1d: 3 channels of weight [3, 1, 2] do not make 2 equal groups",
                  () -> Convolutions.conv1d(zeros(2, 2, 5), zeros(3, 1, 2), null, UNIT, 2))
              .rejects(
                  "conv1d: bias [1] is not [3], one number for each channel of the output",
                  () -> Convolutions.conv1d(zeros(2, 2, 5), zeros(3, 2, 2), zeros(1), UNIT))
              .rejects(
                  "conv1d: input [2, 2, 5, 1] has 4 dimensions, not 3",
                  () -> Convolutions.conv1d(zeros(2, 2, 5, 1), zeros(3, 2, 2), null, UNIT))
              .rejects(
                  "conv2d: weight [3, 2, 2] has 3 dimensions, not 4",
                  () -> conv2d(zeros(2, 2, 5, 1), zeros(3, 2, 2), UNIT))
              .rejects(
                  "conv2d: dtypes must be all float32 or all float64: float64[1, 1, 1, 1] x"
                      + " float32",
                  () -> conv2d(zeros(1, 1, 1, 1), zeros32(1, 1, 1, 1), UNIT))
              .rejects(
                  "conv2d: padding \"same\" needs stride 1, not 2",
                  () ->
                      conv2d(zeros(1, 1, 3, 3), zeros(1, 1, 3, 3), UNIT.samePadding().stride(1, 2)))
              .rejects(
                  "conv2d: stride [0]: must be at least 1",
                  () -> conv2d(zeros(1, 1, 3, 3), zeros(1, 1, 3, 3), UNIT.stride(0)))
              .rejects(
                  "conv2d: dilation [1, 1, 1]: one number is wanted, or 2",
                  () -> conv2d(zeros(1, 1, 3, 3), zeros(1, 1, 3, 3), UNIT.dilation(1, 1, 1)))
              .rejects("conv1d: 0 groups", new Convolution(List.of(PLAIN), 0), zeros(0), zeros(0))
              .rejects(
                  "conv1d: input [1, 1, 5] is not [.., .., 4]",
                  plain(Convolution::new),
                  zeros(1, 1, 5),
                  zeros(1, 1, 3))
              .rejects(
                  "conv1d: weight [1, 1, 2] is not [.., .., 3]",
                  plain(Convolution::new),
                  zeros(1, 1, 4),
                  zeros(1, 1, 2))
              .rejects(
                  "conv1d: takes an input, a weight and perhaps a bias, 1 were given",
                  plain(Convolution::new),
                  zeros(1, 1, 4)),
          new OpRow(TransposedConvolution.class)
              .example(
                  plain(TransposedConvolution::new),
                  signal(3, 7, 3, 2),
                  signal(1, 2),
                  signal(3, 1, 1))
              .example(
                  plain(TransposedConvolution::new),
                  signal(4, 8, 4, 3),
                  signal(1, 2),
                  signal(3, 1, 1),
                  vector(1))
              .example(
                  padded(TransposedConvolution::new),
                  image(3, 4, 6, 8, 6, 4, 8, 12, 12, 16),
                  image(2, 1, 2, 3, 4),
                  image(2, 1, 2, 3, 4))
              .sample(draw -> transposed(draw, draw.chance(0.5)))
              .rejects(
                  "convTranspose2d: output padding 2 must be less than stride 2 or dilation 1",
                  () ->
                      Convolutions.convTranspose2d(
                          zeros(1, 1, 3, 3),
                          zeros(1, 1, 2, 2),
                          null,
                          UNIT.stride(2).outputPadding(2)))
              .rejects(
                  "convTranspose: weight [1, 1] has 2 dimensions: 3 are wanted for signals, 4 for"
                      + " images",
                  () ->
                      Convolutions.convTranspose(
                          zeros(1, 1, 3), zeros(1, 1), null, UNIT, 1, Formula.input(0)))
              .rejects(
                  "convTranspose1d: padding 3 leaves nothing of the 4 elements that 3 make with"
                      + " kernel 2",
                  () ->
                      Convolutions.convTranspose1d(
                          zeros(1, 1, 3), zeros(1, 1, 2), null, UNIT.padding(3)))
              .rejects(
                  "convTranspose1d: input [1, 2, 3] has 2 channels, weight [1, 1, 2] takes 1",
                  () -> Convolutions.convTranspose1d(zeros(1, 2, 3), zeros(1, 1, 2), null, UNIT))
              .rejects(
                  "convTranspose1d: bias [2] is not [1]",
                  plain(TransposedConvolution::new),
                  zeros(1, 1, 2),
                  zeros(1, 1, 3),
                  zeros(2)),
          new OpRow(ChannelSum.class)
              .example(new ChannelSum(), vector(0 + 1 + 4 + 5, 2 + 3 + 6 + 7), counting(2, 2, 2))
              .example(new ChannelSum(), vector(0, 0), zeros(0, 2, 3))
              .sample(draw -> Sample.of(new ChannelSum(), draw.normal(draw.shape(2, 4))))
              .sample(draw -> Sample.of(new ChannelSum(), draw.normal(2, 2, draw.between(5, 30))))
              .rejects("channelSum: input [3] has no channels", new ChannelSum(), zeros(3)),
          new OpRow(ConvolutionWeight.class)
              .example(
                  plain(ConvolutionWeight::new), signal(5, 8, 11), signal(1, 2, 3, 4), signal(1, 2))
              .example(
                  padded(ConvolutionWeight::new),
                  image(2, 16, 29, 30, 54),
                  counting(1, 1, 3, 3),
                  image(2, 1, 2, 3, 4))
              .sample(ConvolutionOpCases::weight)
              .rejects(
                  "conv1dWeight: input [2, 1, 4] and gradient [1, 1, 2] differ in the batch",
                  plain(ConvolutionWeight::new),
                  zeros(2, 1, 4),
                  zeros(1, 1, 2))
              .rejects(
                  "conv1dWeight: gradient [2, 1, 4] is not [.., .., 2]",
                  plain(ConvolutionWeight::new),
                  zeros(2, 1, 4),
                  zeros(2, 1, 4))
              .rejects(
                  "conv1dWeight: 3 channels of input [2, 3, 4] do not make 2 equal groups",
                  new ConvolutionWeight(List.of(PLAIN), 2),
                  zeros(2, 3, 4),
                  zeros(2, 2, 2)));

  private ConvolutionOpCases() {}

  private static Op plain(BiFunction<List<Slide>, Integer, Op> op) {
    return op.apply(List.of(PLAIN), 1);
  }

  private static Op padded(BiFunction<List<Slide>, Integer, Op> op) {
    return op.apply(List.of(PADDED, PADDED), 1);
  }

  private static Tensor signal(double... values) {
    return Tensor.of(Shape.of(1, 1, values.length), values);
  }

  private static Tensor image(int rows, double... values) {
    return Tensor.of(Shape.of(1, 1, rows, values.length / rows), values);
  }

  private static Tensor conv2d(Tensor x, Tensor weight, Window window) {
    return Convolutions.conv2d(x, weight, null, window);
  }

  /** Sizes of a convolution that fit together. */
  private record Sizes(List<Slide> slides, int batch, int groups, int in, int out) {
    static Sizes of(Draw draw) {
      return new Sizes(
          drawSlides(draw, 3),
          draw.between(1, 3),
          draw.between(1, 2),
          draw.between(1, 2),
          draw.between(1, 3));
    }

    Shape x() {
      return Slides.shape(batch, groups * in, slides, Slide::length);
    }

    Shape y() {
      return Slides.shape(batch, groups * out, slides, Slide::positions);
    }

    Shape weight() {
      return Slides.shape(groups * out, in, slides, Slide::kernel);
    }
  }

  /** One dimension or two, along which windows fit. */
  static List<Slide> drawSlides(Draw draw, int mostKernel) {
    List<Slide> slides = new ArrayList<>();
    for (int dims = draw.between(1, 2); dims > 0; dims--) {
      slides.add(slide(draw, mostKernel));
    }
    return slides;
  }

  private static Slide slide(Draw draw, int mostKernel) {
    int kernel = draw.between(1, mostKernel);
    int stride = draw.chance(0.5) ? 1 : draw.between(2, 3);
    int dilation = draw.chance(0.7) ? 1 : draw.between(2, 3);
    int before = draw.between(0, 2);
    int after = draw.between(0, 2);
    int least = Math.max(1, dilation * (kernel - 1) + 1 - before - after);
    return new Slide(least + draw.between(0, 4), kernel, stride, before, after, dilation);
  }

  private static Sample convolution(Draw draw, boolean biased) {
    Sizes sizes = Sizes.of(draw);
    Op op = new Convolution(sizes.slides, sizes.groups, draw.oneOf(ACTIVATIONS));
    Tensor x = draw.normal(sizes.x());
    Tensor weight = draw.normal(sizes.weight());
    return biased
        ? Sample.of(op, x, weight, draw.normal(sizes.groups * sizes.out))
        : Sample.of(op, x, weight);
  }

  private static Sample transposed(Draw draw, boolean biased) {
    Sizes sizes = Sizes.of(draw);
    Op op = new TransposedConvolution(sizes.slides, sizes.groups, draw.oneOf(ACTIVATIONS));
    Tensor g = draw.normal(sizes.y());
    Tensor weight = draw.normal(sizes.weight());
    return biased
        ? Sample.of(op, g, weight, draw.normal(sizes.groups * sizes.in))
        : Sample.of(op, g, weight);
  }

  private static Sample weight(Draw draw) {
    Sizes sizes = Sizes.of(draw);
    Op op = new ConvolutionWeight(sizes.slides, sizes.groups);
    return Sample.of(op, draw.normal(sizes.x()), draw.normal(sizes.y()));
  }
}
