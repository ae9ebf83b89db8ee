package dev.lanegrad.autodiff.internal.op;

import static dev.lanegrad.autodiff.internal.op.OpCases.counting;
import static dev.lanegrad.autodiff.internal.op.OpCases.zeros;

import dev.lanegrad.autodiff.Convolutions;
import dev.lanegrad.autodiff.Pooling;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.Window;
import dev.lanegrad.autodiff.internal.op.OpRow.Sample;
import dev.lanegrad.autodiff.internal.op.OpRow.Smooth;
import dev.lanegrad.autodiff.internal.types.Slide;
import dev.lanegrad.autodiff.internal.types.Spans;
import dev.lanegrad.autodiff.op.Op;
import dev.lanegrad.autodiff.testing.Draw;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Pooling, and windows written out. */
final class PoolingOpCases {
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final Window UNIT = Window.UNIT;
  private static final List<Slide> PAIRS = List.of(new Slide(5, 2, 2, 0, 0, 1));
  private static final List<Slide> PADDED = List.of(new Slide(3, 2, 2, 1, 1, 1));
  private static final List<Slide> SQUARES =
      List.of(new Slide(4, 2, 2, 0, 0, 1), new Slide(4, 2, 2, 0, 0, 1));
  private static final Spans THIRDS = Spans.dividing(4, 3);

  static final List<OpRow> ROWS =
      List.of(
          new OpRow(MaxPool.class)
              .example(new MaxPool(PAIRS, false), signal(2, 7), signal(1, 2, 7, 3, 9))
              .example(
                  new MaxPool(PAIRS, true),
                  List.of(signal(4, Double.NaN), Tensor.ofInts(Shape.of(1, 1, 2), 0, 3)),
                  signal(4, 4, -INF, Double.NaN, 9))
              .example(
                  new MaxPool(PADDED, true),
                  List.of(signal(-1, -2), Tensor.ofInts(Shape.of(1, 1, 2), 0, 1)),
                  signal(-1, -2, -3))
              .example(
                  new MaxPool(SQUARES, true),
                  List.of(
                      Tensor.of(Shape.of(1, 1, 2, 2), 5.0, 7, 13, 15),
                      Tensor.ofInts(Shape.of(1, 1, 2, 2), 5, 7, 13, 15)),
                  counting(1, 1, 4, 4))
              .sample(draw -> maxPool(draw, slides -> new MaxPool(slides, false)))
              .rejects(
                  "maxPool2d: kernel 3x3 exceeds padded input 2x2 (input 2x2, padding 0)",
                  () -> Pooling.maxPool2d(zeros(1, 1, 2, 2), 3))
              .rejects(
                  "maxPool1d: padding 2 is more than half of kernel 3",
                  () -> Pooling.maxPool1d(zeros(1, 1, 5), 3, UNIT.padding(2)))
              .rejects(
                  "maxPool2d: kernel [2]: 2 numbers are wanted",
                  () -> Pooling.maxPool2d(zeros(1, 1, 5, 5), new int[] {2}, UNIT))
              .rejects(
                  "maxPool1d: kernel [0]: must be at least 1",
                  () -> Pooling.maxPool1d(zeros(1, 1, 5), 0, UNIT))
              .rejects(
                  "maxPool1d: input [1, 5] has 2 dimensions, not 3",
                  () -> Pooling.maxPool1d(zeros(1, 5), 2))
              .rejects("maxPool1d: dtypes", () -> Pooling.maxPool1d(indices(1, 1, 4), 2)),
          new OpRow(MaxPoolGradient.class)
              .example(
                  new MaxPoolGradient(PAIRS),
                  signal(0, 10, 20, 0, 0),
                  signal(1, 2, 7, 3, 9),
                  signal(10, 20))
              .example(
                  new MaxPoolGradient(PAIRS),
                  signal(10, 0, 0, 20, 0),
                  signal(4, 4, 0, Double.NaN, 9),
                  signal(10, 20))
              .sample(draw -> ofTies(draw, MaxPoolGradient::new, Slide::positions))
              .sample(draw -> ofChosen(draw, MaxPoolGradient::new, Slide::positions))
              .rejects(
                  "maxPool1dGradient: gradient [1, 1, 3] is not [.., .., 2]",
                  new MaxPoolGradient(PAIRS),
                  zeros(1, 1, 5),
                  zeros(1, 1, 3))
              .rejects(
                  "maxPool1dGradient: input [1, 2, 5] and gradient [2, 1, 2] differ in batch or",
                  new MaxPoolGradient(PAIRS),
                  zeros(1, 2, 5),
                  zeros(2, 1, 2)),
          new OpRow(MaxPoolPick.class)
              .example(
                  new MaxPoolPick(PAIRS),
                  signal(20, 30),
                  signal(1, 2, 7, 3, 9),
                  signal(10, 20, 30, 40, 50))
              .sample(draw -> ofTies(draw, MaxPoolPick::new, Slide::length))
              .sample(draw -> ofChosen(draw, MaxPoolPick::new, Slide::length))
              .rejects(
                  "maxPool1dPick: picked input [1, 1, 3] is not [.., .., 5]",
                  new MaxPoolPick(PAIRS),
                  zeros(1, 1, 5),
                  zeros(1, 1, 3)),
          new OpRow(MedianPool.class)
              .example(
                  new MedianPool(PAIRS),
                  List.of(signal(1, 3), Tensor.ofInts(Shape.of(1, 1, 2), 0, 3)),
                  signal(1, 2, 7, 3, 9))
              .example(
                  new MedianPool(List.of(new Slide(4, 3, 1, 0, 0, 1))),
                  List.of(signal(2, Double.NaN), Tensor.ofInts(Shape.of(1, 1, 2), 0, 3)),
                  signal(2, 2, -INF, Double.NaN))
              .example(
                  new MedianPool(PADDED),
                  List.of(signal(-1, -3), Tensor.ofInts(Shape.of(1, 1, 2), 0, 2)),
                  signal(-1, -2, -3))
              .example(
                  new MedianPool(SQUARES),
                  List.of(
                      Tensor.of(Shape.of(1, 1, 2, 2), 1.0, 3, 9, 11),
                      Tensor.ofInts(Shape.of(1, 1, 2, 2), 1, 3, 9, 11)),
                  counting(1, 1, 4, 4))
              .sample(draw -> maxPool(draw, MedianPool::new))
              .rejects(
                  "medianPool2d: kernel 3x3 exceeds padded input 2x2 (input 2x2, padding 0)",
                  () -> Pooling.medianPool2d(zeros(1, 1, 2, 2), 3))
              .rejects(
                  "medianPool1d: padding 2 is more than half of kernel 3",
                  () -> Pooling.medianPool1d(zeros(1, 1, 5), 3, UNIT.padding(2)))
              .rejects("medianPool1d: dtypes", () -> Pooling.medianPool1d(indices(1, 1, 4), 2)),
          new OpRow(SumPool.class)
              .example(new SumPool(List.of(THIRDS)), signal(3, 5, 7), signal(1, 2, 3, 4))
              .example(
                  new SumPool(List.of(Spans.of(PADDED.getFirst()))), signal(1, 5), signal(1, 2, 3))
              .sample(draw -> pooled(draw, SumPool::new, Spans::length))
              .rejects(
                  "sumPool1d: dimension 2 of input [1, 1, 5] is not 4",
                  new SumPool(List.of(THIRDS)),
                  zeros(1, 1, 5))
              .rejects(
                  "sumPool1d: input [1, 5] does not have batch, channels and 1 dimensions",
                  new SumPool(List.of(THIRDS)),
                  zeros(1, 5))
              .rejects(
                  "sumPool1d: spans reach beyond their 4 elements: Spans[length=4, starts=[3],"
                      + " ends=[5]]",
                  new SumPool(List.of(new Spans(4, new int[] {3}, new int[] {5}))),
                  zeros(1, 1, 4))
              .rejects(
                  "avgPool2d: takes no dilation, not 2",
                  () ->
                      Pooling.avgPool2d(
                          zeros(1, 1, 5, 5), new int[] {2, 2}, UNIT.dilation(2), true))
              .rejects(
                  "avgPool1d: kernel 6 exceeds padded input 5 (input 3, padding 1)",
                  () -> Pooling.avgPool1d(zeros(1, 1, 3), 6, UNIT.padding(1), true))
              .rejects(
                  "adaptiveAvgPool2d: 0 means of the 5 elements of dimension 3 of [1, 1, 5, 5]",
                  () -> Pooling.adaptiveAvgPool2d(zeros(1, 1, 5, 5), 1, 0))
              .rejects(
                  "globalAvgPool: input [2, 3] has no dimensions behind batch and channels",
                  () -> Pooling.globalAvgPool(zeros(2, 3))),
          new OpRow(SpreadPool.class)
              .example(new SpreadPool(List.of(THIRDS)), signal(1, 3, 6, 4), signal(1, 2, 4))
              .sample(draw -> pooled(draw, SpreadPool::new, Spans::count))
              .rejects(
                  "spreadPool1d: dimension 2 of input [1, 1, 4] is not 3",
                  new SpreadPool(List.of(THIRDS)),
                  zeros(1, 1, 4)),
          new OpRow(Unfold.class)
              .example(
                  new Unfold(PADDED), Tensor.of(Shape.of(1, 2, 2), 0.0, 2, 1, 3), signal(1, 2, 3))
              .sample(draw -> unfolded(draw))
              .rejects(
                  "unfold: kernel 3x4 exceeds padded input 4x3 (input 4x3, padding 0)",
                  () -> Convolutions.unfold(zeros(1, 1, 4, 3), new int[] {3, 4}, UNIT))
              .rejects(
                  "unfold: input [1, 4, 3] has 3 dimensions, not 4",
                  () -> Convolutions.unfold(zeros(1, 4, 3), new int[] {3, 4}, UNIT)),
          new OpRow(OverlapAdd.class)
              .example(
                  new OverlapAdd(List.of(new Slide(3, 2, 1, 0, 0, 1))),
                  signal(1, 5, 4),
                  Tensor.of(Shape.of(1, 2, 2), 1.0, 2, 3, 4))
              .sample(draw -> folded(draw))
              .rejects(
                  "fold: input [1, 3, 2] is not [.., channels * 2, 2] for kernel 2 at 2 positions",
                  () -> Convolutions.fold(zeros(1, 3, 2), new int[] {3}, new int[] {2}, UNIT))
              .rejects(
                  "fold: lengths [3, 3] and kernel [2] are not of as many dimensions",
                  () -> Convolutions.fold(zeros(1, 3, 2), new int[] {3, 3}, new int[] {2}, UNIT)));

  private PoolingOpCases() {}

  private static Tensor signal(double... values) {
    return Tensor.of(Shape.of(1, 1, values.length), values);
  }

  private static Tensor indices(int... dims) {
    return Tensor.ofInts(Shape.of(dims), new int[Shape.of(dims).size()]);
  }

  /** Slides whose padding is at most half of a window. */
  private static List<Slide> slides(Draw draw) {
    List<Slide> slides = new ArrayList<>();
    for (Slide s : ConvolutionOpCases.drawSlides(draw, 3)) {
      int reach = (int) s.reach();
      int most = reach / 2;
      int before = Math.min(s.before(), most);
      int after = Math.min(s.after(), most);
      int length = Math.max(s.length(), reach);
      slides.add(new Slide(length, s.kernel(), s.stride(), before, after, s.dilation()));
    }
    return slides;
  }

  private static Sample maxPool(Draw draw, Function<List<Slide>, Op> op) {
    List<Slide> slides = slides(draw);
    Shape shape = Slides.shape(draw.between(1, 2), draw.between(1, 2), slides, Slide::length);
    return Sample.of(op.apply(slides), draw.distinct(shape));
  }

  private static Sample ofChosen(
      Draw draw, Function<List<Slide>, Op> op, ToIntFunction<Slide> second) {
    List<Slide> slides = slides(draw);
    Shape x = Slides.shape(2, 2, slides, Slide::length);
    Shape other = Slides.shape(2, 2, slides, second);
    return Sample.of(op.apply(slides), draw.distinct(x), draw.normal(other));
  }

  /** Equal elements have an order, but no derivative. */
  private static Sample ofTies(
      Draw draw, Function<List<Slide>, Op> op, ToIntFunction<Slide> second) {
    List<Slide> slides = slides(draw);
    Tensor x = draw.indices(3, Slides.shape(1, 2, slides, Slide::length));
    Tensor other = draw.normal(Slides.shape(1, 2, slides, second));
    return Sample.of(op.apply(slides), x.cast(other.dtype()), other).with(Smooth.NOT);
  }

  private static Sample pooled(
      Draw draw, Function<List<Spans>, Op> op, ToIntFunction<Spans> length) {
    List<Spans> spans = new ArrayList<>();
    int[] dims = new int[draw.between(3, 4)];
    dims[0] = draw.between(1, 2);
    dims[1] = draw.between(1, 2);
    for (int d = 2; d < dims.length; d++) {
      Spans along = Spans.dividing(draw.between(1, 6), draw.between(1, 6));
      if (draw.chance(0.5)) {
        Slide s = ConvolutionOpCases.drawSlides(draw, 3).getFirst();
        along = Spans.of(new Slide(s.length(), s.kernel(), s.stride(), s.before(), s.after(), 1));
      }
      dims[d] = length.applyAsInt(along);
      spans.add(along);
    }
    return Sample.of(op.apply(spans), draw.normal(dims));
  }

  private static Sample unfolded(Draw draw) {
    List<Slide> slides = ConvolutionOpCases.drawSlides(draw, 3);
    Shape shape = Slides.shape(draw.between(1, 2), draw.between(1, 2), slides, Slide::length);
    return Sample.of(new Unfold(slides), draw.normal(shape));
  }

  private static Sample folded(Draw draw) {
    List<Slide> slides = ConvolutionOpCases.drawSlides(draw, 3);
    int kernel = (int) Slides.product(slides, Slide::kernel);
    int positions = (int) Slides.product(slides, Slide::positions);
    return Sample.of(
        new OverlapAdd(slides),
        draw.normal(draw.between(1, 2), kernel * draw.between(1, 2), positions));
  }
}
