package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.ScalarFunction;
import dev.lanegrad.autodiff.internal.op.Softmax;
import dev.lanegrad.autodiff.op.Elementwise;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What targets must not attend to, for scores [n, heads, targets, sources] of one attention.
 *
 * <p>A blocked score becomes the least number, not -infinity: where all of a row are blocked its
 * softmax and that one's gradient are finite, and its shares are replaced by zeros afterwards.
 */
final class AttentionMasks {
  private final Shape whole;
  private final DType dtype;
  private @Nullable Tensor blocked;
  private @Nullable Tensor added;
  private boolean blocksWholeRows;

  /**
   * No masks yet.
   *
   * @param whole [n, targets, sources]
   */
  AttentionMasks(Shape whole, DType dtype) {
    this.whole = whole;
    this.dtype = dtype;
  }

  /** Blocks what comes later than a target, of which the first source stays. */
  void addCausal() {
    Tensor target = Tensor.arange(DType.FLOAT64, 0, whole.dim(1), 1).unsqueeze(1);
    block(Tensor.arange(DType.FLOAT64, 0, whole.dim(2), 1).greater(target));
  }

  /** Of shape [targets, sources] or [n, targets, sources]. */
  void addMask(Tensor mask) {
    boolean forAll = mask.shape().equals(Shape.of(whole.dim(1), whole.dim(2)));
    add("mask", mask, forAll ? mask : aligned("mask", mask, whole));
  }

  /** Of shape [n, sources]. */
  void addPadding(Tensor padding) {
    Shape rows = Shape.of(whole.dim(0), 1, whole.dim(2));
    add("padding", padding, aligned("padding", padding.unsqueeze(-2), rows));
  }

  /** With an axis for the heads. */
  private static Tensor aligned(String what, Tensor mask, Shape expected) {
    if (!mask.shape().equals(expected)) {
      throw new ShapeException(
          "attention: a %s of shape %s does not fit scores [n, targets, sources] = %s"
              .formatted(what, mask.shape(), expected));
    }
    return mask.unsqueeze(1);
  }

  private void add(String what, Tensor given, Tensor mask) {
    blocksWholeRows = true;
    if (mask.dtype() == DType.BOOL) {
      block(mask);
      return;
    }
    if (mask.dtype() != dtype) {
      throw new DTypeException(
          "attention: a %s is bool, true where nothing may be seen, or %s to be added, not %s%s"
              .formatted(what, dtype, given.dtype(), given.shape()));
    }
    Tensor ruledOut = mask.equal(Tensor.scalar(dtype, Double.NEGATIVE_INFINITY));
    block(ruledOut);
    Tensor finite = ruledOut.where(Tensor.scalar(dtype, 0), mask);
    added = added == null ? finite : added.add(finite);
  }

  private void block(Tensor where) {
    blocked = blocked == null ? where : blocked.logicalOr(where);
  }

  /**
   * The softmax of scores along the sources, with zeros where they are blocked.
   *
   * @param products of which scores are {@code scale} times as much
   */
  Tensor softmax(Tensor products, double scale) {
    if (blocked == null) { // then nothing is added either
      return new Softmax(products.rank() - 1, scale).applyTo(products);
    }
    Formula score = Formula.input(0).mul(scale);
    List<Tensor> inputs = new ArrayList<>(List.of(products, blocked.cast(dtype)));
    if (added != null) {
      score = score.add(Formula.input(2));
      inputs.add(added);
    }
    Formula least = Formula.constant(dtype == DType.FLOAT32 ? -Float.MAX_VALUE : -Double.MAX_VALUE);
    Formula open = ScalarFunction.SELECT.of(Formula.input(1), least, score);
    Tensor shares = Elementwise.of(open).apply(inputs).getFirst().softmax(-1);
    return blocksWholeRows ? inputs.get(1).where(Tensor.scalar(dtype, 0), shares) : shares;
  }
}
