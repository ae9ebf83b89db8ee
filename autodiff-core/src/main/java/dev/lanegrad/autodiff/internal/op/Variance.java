package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.internal.types.RisingAxes;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.CompositeOp;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Fold;
import dev.lanegrad.autodiff.op.Saved;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sum of squared differences from the mean along axes, divided by n - correction, of scaled and
 * shifted numbers z as {@link Moments} has them. These are outputs, too, since the reverse rule
 * reads them: it gives what the variance itself may be too large or too small for.
 *
 * <p>Shapes: [.., n, ..] gives the variance [.., 1, ..]; then [.., n, ..] for z, and [.., 1, ..]
 * for its mean and its scale.
 *
 * @param axes each from 0 to rank - 1
 * @param correction 1 for that of a sample, 0 for the mean squared difference
 */
public record Variance(int[] axes, int correction) implements CompositeOp {
  private static final Formula Z = Formula.input(0);
  private static final Formula MEAN = Formula.input(1);
  private static final Formula G = Formula.input(2);
  private static final Formula SCALE = Formula.input(3);
  private static final Formula EACH = Formula.input(4);
  private static final Formula SQUARE = Z.sub(MEAN).square();

  /** Sum, divisor, and scale. */
  private static final Elementwise DIVIDE =
      Elementwise.of(
          Formula.input(0).div(Formula.input(1)).div(Formula.input(2)).div(Formula.input(2)));

  private static final Elementwise TIMES_RECIPROCAL = Elementwise.of(Z.mul(MEAN.reciprocal()));
  private static final Formula THROUGH_X = Scales.pullback(SQUARE, G, 0).div(SCALE);
  private static final Formula THROUGH_MEAN = Scales.pullback(SQUARE, G, 1).div(SCALE);
  private static final Elementwise PULL_BACK = Elementwise.of(THROUGH_X.add(EACH));

  public Variance {
    axes = RisingAxes.of(axes);
  }

  @Override
  public String name() {
    return "var";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    TensorType line = Scales.line(name(), inputs, axes);
    TensorType all = new TensorType(line.dtype(), inputs.getFirst().shape());
    return List.of(line, all, line, line);
  }

  @Override
  public List<Tensor> forward(Call call) {
    List<Tensor> moments = new Moments(axes, true).apply(List.of(call.input(0)));
    Tensor scale = moments.get(3);
    Tensor divisor = divisor(call.type(0).dtype(), call.inputType(0).shape());
    Tensor variance = Parts.of(DIVIDE, moments.get(2), divisor, scale);
    return List.of(variance, moments.get(0), moments.get(1), scale);
  }

  private Tensor divisor(DType dtype, Shape shape) {
    return Tensor.scalar(dtype, Math.max(Scales.count(shape, axes) - correction, 0));
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING.output(1).output(2).output(3);
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor ofVariance = gradients.get(0);
    Tensor first = ofVariance == null ? null : throughSquares(call, ofVariance);
    Tensor second = throughNumbers(call, gradients.get(1), gradients.get(2));
    return Gradient.of(Gradient.sum(first, second));
  }

  /** 2 g (x - mean) / (n - correction), less the mean of that, which is 0 but for rounding. */
  private Tensor throughSquares(Call call, Tensor gradient) {
    Tensor z = call.output(1);
    Tensor mean = call.output(2);
    Tensor scale = call.output(3).detach();
    Tensor ofSum = TIMES_RECIPROCAL.applyTo(gradient, divisor(z.dtype(), z.shape()));
    Fold fold = new Fold(Reduction.SUM, THROUGH_MEAN, axes, true);
    Tensor each = each(fold.applyTo(z, mean, ofSum, scale), z);
    return PULL_BACK.applyTo(z, mean, ofSum, scale, each);
  }

  /** A second derivative comes this way. */
  private @Nullable Tensor throughNumbers(
      Call call, @Nullable Tensor ofZ, @Nullable Tensor ofMean) {
    Tensor z = call.output(1).detach();
    Tensor each = ofMean == null ? null : each(ofMean, z).expand(z.shape());
    Tensor all = Gradient.sum(ofZ, each);
    return all == null ? null : all.mul(call.output(3).detach());
  }

  private Tensor each(Tensor ofLine, Tensor z) {
    Tensor count = Tensor.scalar(z.dtype(), Scales.count(z.shape(), axes));
    return TIMES_RECIPROCAL.applyTo(ofLine, count);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Variance variance
        && Arrays.equals(axes, variance.axes)
        && correction == variance.correction;
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(axes) + correction;
  }

  @Override
  public String toString() {
    return "variance along %s, correction %s".formatted(Arrays.toString(axes), correction);
  }
}
