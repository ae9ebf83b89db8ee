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
 * s x, the sum of its squares along the last axis, and s: for each row 1, or where its squares are
 * large a power of two whose product with the row's largest element is 1 to 2. No gradient flows
 * through s.
 *
 * <p>Shapes: {@code [.., n]} gives {@code [.., n]}, {@code [..]} and {@code [..]}.
 */
record ScaledSquares() implements Op {
  /** The power -3/2 of the product of two squares up to this is a float32 with all its digits. */
  private static final double LARGE = 0x1p30;

  private static final Formula SCALED = Formula.input(0);
  private static final Formula SCALE = Formula.input(1);
  private static final Formula OF_SQUARES = Formula.input(2);
  private static final Formula SLOPE = OF_SQUARES.mul(SCALED.mul(2));
  private static final Elementwise PULL_BACK_SQUARES = Elementwise.of(SLOPE.mul(SCALE));
  private static final Elementwise PULL_BACK_BOTH =
      Elementwise.of(Formula.input(3).add(SLOPE).mul(SCALE));

  @Override
  public String name() {
    return "scaledSquares";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    TensorType row = squares(inputs.getFirst().shape()).infer(inputs).getFirst();
    return List.of(inputs.getFirst(), row, row);
  }

  private static Fold squares(Shape x) {
    return new Fold(Reduction.SUM, SCALED.square(), new int[] {x.rank() - 1}, false);
  }

  @Override
  public List<Tensor> forward(Call call) {
    Tensor x = call.input(0);
    Fold fold = squares(x.shape());
    Tensor squares = fold.applyTo(x);
    if (Arrays.stream(squares.toDoubleArray()).allMatch(square -> square <= LARGE)) {
      return List.of(x, squares, Tensor.ones(x.dtype(), squares.shape().toArray()));
    }
    Tensor scale = scale(x);
    Tensor scaled = x.mul(scale.unsqueeze(-1));
    return List.of(scaled, fold.applyTo(scaled), scale);
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
    return Saved.NOTHING.output(0).output(2);
  }

  /** s (what s x gets and g 2 s x). */
  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor ofScaled = gradients.get(0);
    Tensor ofSquares = gradients.get(1);
    if (ofScaled == null && ofSquares == null) {
      return Collections.singletonList(null);
    }
    Tensor scale = call.output(2).detach().unsqueeze(-1);
    if (ofSquares == null) {
      return Collections.singletonList(ofScaled == null ? null : ofScaled.mul(scale));
    }
    Tensor scaled = call.output(0);
    Tensor g = ofSquares.unsqueeze(-1);
    return List.of(
        ofScaled == null
            ? PULL_BACK_SQUARES.applyTo(scaled, scale, g)
            : PULL_BACK_BOTH.applyTo(scaled, scale, g, ofScaled));
  }
}
