package dev.lanegrad.layers.loss;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Fold;
import dev.lanegrad.autodiff.op.Op;
import dev.lanegrad.autodiff.op.Saved;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sum of (s x)^2 along the last axis, and s: for each row 1, or where its squares are large a
 * power of two whose product with the row's largest element is 1 to 2. No gradient flows through s.
 *
 * <p>Shapes: {@code [.., n]} gives {@code [..]} twice.
 */
record ScaledSquares() implements Op {
  /** The power -3/2 of the product of two squares up to this is a float32 with all its digits. */
  private static final double LARGE = 0x1p30;

  private static final Formula X = Formula.input(0);
  private static final Formula SCALE = Formula.input(1);
  private static final Formula GRADIENT = Formula.input(2);
  private static final Elementwise SLOPE =
      Elementwise.of(GRADIENT.mul(X.mul(SCALE).mul(2)).mul(SCALE));

  @Override
  public String name() {
    return "scaledSquares";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    return Collections.nCopies(2, squares(inputs.getFirst().shape()).infer(inputs).getFirst());
  }

  private static Fold squares(Shape x) {
    return new Fold(Reduction.SUM, X.square(), new int[] {x.rank() - 1}, false);
  }

  @Override
  public List<Tensor> forward(Call call) {
    Tensor x = call.input(0);
    Fold fold = squares(x.shape());
    Tensor squares = fold.applyTo(x);
    if (Arrays.stream(squares.toDoubleArray()).allMatch(square -> square <= LARGE)) {
      return List.of(squares, Tensor.ones(x.dtype(), squares.shape().toArray()));
    }
    Tensor scale = scale(x);
    return List.of(fold.applyTo(x.mul(scale.unsqueeze(-1))), scale);
  }

  private static Tensor scale(Tensor x) {
    double[] scales = x.abs().max(-1).toDoubleArray();
    for (int i = 0; i < scales.length; i++) {
      boolean large = scales[i] * scales[i] * x.shape().dim(-1) > LARGE;
      scales[i] =
          large && scales[i] <= Double.MAX_VALUE
              ? Math.scalb(1.0, -Math.getExponent(scales[i]))
              : 1;
    }
    return Tensor.ofDoubles(x.dtype(), x.select(-1, 0).shape(), scales);
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING.input(0).output(1);
  }

  /** g 2 (s x) s. */
  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    if (gradient == null) {
      return Collections.singletonList(null);
    }
    Tensor scale = call.output(1).detach().unsqueeze(-1);
    return List.of(SLOPE.applyTo(call.input(0), scale, gradient.unsqueeze(-1)));
  }
}
