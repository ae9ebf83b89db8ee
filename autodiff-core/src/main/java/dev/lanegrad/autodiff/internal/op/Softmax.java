package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.internal.BoundedCache;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Fold;
import dev.lanegrad.autodiff.op.Outputs;
import dev.lanegrad.autodiff.op.PrimitiveOp;
import dev.lanegrad.autodiff.op.Saved;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * exp(x) / sum of exp(x) along an axis, computed from x - m with the largest element m; or the same
 * of x times a scale, in no pass of its own.
 *
 * <p>Shapes: [.., n, ..] gives the same.
 *
 * @param axis from 0 to rank - 1
 * @param scale what x is multiplied by before
 */
public record Softmax(int axis, double scale) implements PrimitiveOp {
  private static final Formula X = Formula.input(0);
  private static final Formula Y = Formula.input(1);
  private static final Formula Z = Formula.input(2);
  private static final Elementwise DIVIDE = Elementwise.of(X.div(Y));

  /** Of x itself. */
  public Softmax(int axis) {
    this(axis, 1);
  }

  /** The formulas that a scale is part of. */
  private record Scaled(Formula x, Elementwise exponentials, Elementwise pullBack) {
    private static final Scaled BY_ONE = of(1);
    private static final BoundedCache<Double, Scaled> KNOWN = new BoundedCache<>(64);

    static Scaled by(double scale) {
      return scale == 1 ? BY_ONE : KNOWN.get(scale, Scaled::of);
    }

    private static Scaled of(double scale) {
      UnaryOperator<Formula> times = x -> scale == 1 ? x : x.mul(scale);
      Formula x = times.apply(X);
      return new Scaled(
          x, Elementwise.of(x.sub(Y).exp()), Elementwise.of(times.apply(X.mul(Y.sub(Z)))));
    }
  }

  @Override
  public String name() {
    return "softmax";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Checks.inputs(name(), 1, inputs);
    TensorType x = inputs.getFirst();
    Checks.axis(name(), x.shape(), axis);
    return List.of(new TensorType(Checks.floating(name(), inputs), x.shape()));
  }

  /** The exponentials are computed once, where the result will be, and divided in place. */
  @Override
  public void compute(Call call, Outputs outputs) {
    Tensor x = call.input(0);
    if (x.size() > 0) {
      Tensor y = outputs.get(0);
      TensorType line = new TensorType(x.dtype(), Axis.with(x.shape(), axis, 1));
      Tensor largest = Views.allocate(line);
      Tensor sum = Views.allocate(line);
      int[] axes = {axis};
      Scaled scaled = Scaled.by(scale);
      Parts.compute(new Fold(Reduction.MAX, scaled.x, axes, true), largest, x);
      Parts.compute(scaled.exponentials, y, x, largest);
      Parts.compute(Fold.of(Reduction.SUM, axes, true), sum, y);
      Parts.compute(DIVIDE, y, y, sum);
    }
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING.output(0);
  }

  /** y (g - sum(g y)), times the scale. */
  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    if (gradient == null) {
      return Gradient.of(gradient);
    }
    Tensor y = call.output(0);
    Fold sum = new Fold(Reduction.SUM, X.mul(Y), new int[] {axis}, true);
    Tensor total = sum.applyTo(gradient, y);
    return Gradient.of(Scaled.by(scale).pullBack.applyTo(y, gradient, total));
  }
}
