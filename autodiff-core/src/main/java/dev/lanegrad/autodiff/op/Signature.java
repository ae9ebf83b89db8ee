package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.memory.Layout;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operation, the dtype of its inputs and how they lie in memory: what a plan depends on. One
 * with inputs of several dtypes is equal to none. Where their elements begin does not count, so
 * that all batches of a data set share a plan.
 */
final class Signature {
  private final Op op;

  /** Null if there are several, or none. */
  private final @Nullable DType dtype;

  private final Layout[] layouts;
  private final int hash;

  Signature(Op op, List<Tensor> inputs) {
    this.op = op;
    this.layouts = new Layout[inputs.size()];
    DType common = layouts.length == 0 ? null : inputs.getFirst().dtype();
    int code = 31 * op.hashCode() + (common == null ? 0 : common.hashCode());
    for (int i = 0; i < layouts.length; i++) {
      Tensor input = inputs.get(i);
      common = input.dtype() == common ? common : null;
      Layout layout = Views.layout(input);
      layouts[i] = layout;
      code = 31 * (31 * code + layout.shape().hashCode()) + Arrays.hashCode(layout.strides());
    }
    this.dtype = common;
    this.hash = code;
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Signature that)
        || hash != that.hash
        || dtype == null
        || dtype != that.dtype
        || layouts.length != that.layouts.length
        || !op.equals(that.op)) {
      return false;
    }
    for (int i = 0; i < layouts.length; i++) {
      if (!layouts[i].shape().equals(that.layouts[i].shape())
          || !Arrays.equals(layouts[i].strides(), that.layouts[i].strides())) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
