package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.internal.graph.Dispatch;
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
 * The sum of |s x|^p along axes, s x, and s: a power of two for each line, 1 unless the sum of
 * |x|^p has overflowed or lost digits by underflow. What is computed from all three, as the norm
 * is, is right wherever it can be represented. No gradient flows through s.
 *
 * <p>Shapes: x [.., n, ..] gives [.., n, ..] for s x, and [.., 1, ..] for the sum and for s.
 *
 * @param order p, positive
 * @param axes each from 0 to rank - 1
 * @param small whether small sums are scaled, too
 */
public record PowerSum(double order, int[] axes, boolean small) implements CompositeOp {
  private static final Formula X = Formula.input(0);
  private static final Formula SCALE = Formula.input(1);
  private static final Formula G = Formula.input(2);
  private static final Formula OF_SCALED = Formula.input(3);
  private static final Elementwise MULTIPLY = Elementwise.of(X.mul(SCALE));

  private static final Formula SQUARE = X.square();
  private static final Formula SLOPE_OF_SQUARE = Scales.pullback(SQUARE, G, 0);

  public PowerSum {
    axes = RisingAxes.of(axes);
  }

  @Override
  public String name() {
    return "powerSum";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    TensorType line = Scales.line(name(), inputs, axes);
    TensorType all = new TensorType(line.dtype(), inputs.getFirst().shape());
    return List.of(all, line, line);
  }

  @Override
  public List<Tensor> forward(Call call) {
    Tensor x = call.input(0);
    Fold fold = new Fold(Reduction.SUM, term(), axes, true);
    Tensor sums = Parts.of(fold, x);
    if (x.size() > 0 && Dispatch.look(sums, this::areUnusual)) {
      Tensor scale = Scales.of(x, axes, sums, sum -> Scales.isUnusual(sum, x.dtype(), small));
      if (!Scales.areAll(1, scale.toDoubleArray())) {
        Tensor scaled = Parts.of(MULTIPLY, x, scale);
        return List.of(scaled, Parts.of(fold, scaled), scale);
      }
    }
    return List.of(x, sums, Scales.constant(call.type(2), 1));
  }

  private boolean areUnusual(Tensor sums) {
    return Scales.anyIsUnusual(sums, small);
  }

  /** |x|^p, without an infinite slope times 0. */
  private Formula term() {
    if (order == 2) {
      return SQUARE;
    }
    Formula power = X.equal(0).where(Formula.ONE, X.abs()).pow(order);
    return X.equal(0).where(Formula.ZERO, power);
  }

  /** At 0 infinite slopes count as 0, but where they have no derivative, it is not 0. */
  private Formula slope() {
    if (order == 2) {
      return SLOPE_OF_SQUARE;
    }
    Formula slope = Scales.pullback(term(), G, 0);
    Formula atZero = order < 2 ? X.sqrt() : X.square();
    return X.equal(0).where(G.mul(atZero).add(0), slope);
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING.output(0).output(2);
  }

  /** s (what s x gets and g p |s x|^(p - 1) sign(x)). */
  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor ofScaled = gradients.get(0);
    Tensor ofSum = gradients.get(1);
    if (ofScaled == null && ofSum == null) {
      return Gradient.of((Tensor) null);
    }
    Tensor scaled = call.output(0);
    Tensor scale = call.output(2).detach();
    if (ofSum == null) {
      return Gradient.of(MULTIPLY.applyTo(ofScaled, scale));
    }
    Formula slope = slope();
    if (ofScaled == null) {
      return Gradient.of(Parts.function(slope.mul(SCALE), 3).applyTo(scaled, scale, ofSum));
    }
    Elementwise both = Parts.function(OF_SCALED.add(slope).mul(SCALE), 4);
    return Gradient.of(both.applyTo(scaled, scale, ofSum, ofScaled));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PowerSum sum
        && order == sum.order
        && Arrays.equals(axes, sum.axes)
        && small == sum.small;
  }

  @Override
  public int hashCode() {
    return 31 * Double.hashCode(order) + Arrays.hashCode(axes);
  }

  @Override
  public String toString() {
    return "powerSum of order %s along %s".formatted(order, Arrays.toString(axes));
  }
}
