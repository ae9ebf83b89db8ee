package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.CompositeOp;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Saved;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * x^(1/p) / s for a sum x of powers or squares that was computed of s times numbers: a norm, a
 * deviation. The slope at 0 is 0, since the slope of what is added up there is 0, too, and faster;
 * but there is no second derivative: it is NaN. No gradient flows to s.
 *
 * <p>Shapes: x and s of one shape give the same.
 *
 * @param order p, positive
 */
public record Root(double order) implements CompositeOp {
  private static final Formula X = Formula.input(0);
  private static final Formula SCALE = Formula.input(1);
  private static final Formula G = Formula.input(2);
  private static final Formula IS_ZERO = X.equal(0);
  private static final Elementwise SQUARE_ROOT = Elementwise.of(formula(2));
  private static final Elementwise SLOPE_OF_SQUARE_ROOT = Elementwise.of(slope(2));

  @Override
  public String name() {
    return "root";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Checks.inputs(name(), 2, inputs);
    DType dtype = Checks.floating(name(), inputs);
    Shape shape = inputs.get(0).shape();
    if (!shape.equals(inputs.get(1).shape())) {
      throw new ShapeException(
          "root: sum %s and scale %s differ in shape".formatted(shape, inputs.get(1).shape()));
    }
    return List.of(new TensorType(dtype, shape));
  }

  private static Formula formula(double order) {
    Formula safe = IS_ZERO.where(Formula.ONE, X);
    Formula root = order == 2 ? safe.sqrt() : safe.pow(1 / order);
    return IS_ZERO.where(Formula.ZERO, root).div(SCALE);
  }

  /** At 0 it is written as sqrt(x), which has no derivative there. */
  private static Formula slope(double order) {
    return IS_ZERO.where(X.sqrt(), Scales.pullback(formula(order), G, 0));
  }

  private Elementwise value() {
    return order == 2 ? SQUARE_ROOT : Elementwise.of(formula(order));
  }

  @Override
  public List<Tensor> forward(Call call) {
    return List.of(Parts.of(value(), call.input(0), call.input(1)));
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING.input(0).input(1);
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    if (gradient == null) {
      return Gradient.of(null, null);
    }
    Elementwise slope = order == 2 ? SLOPE_OF_SQUARE_ROOT : Elementwise.of(slope(order));
    return Gradient.of(slope.applyTo(call.input(0), call.input(1), gradient), null);
  }
}
