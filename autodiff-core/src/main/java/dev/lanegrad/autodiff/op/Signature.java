package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.internal.memory.Layout;
import java.util.Arrays;
import java.util.List;

/**
 * An operation and how its inputs, all of one dtype, lie in memory: what a plan depends on. Where
 * their elements begin does not count, so that all batches of a data set share a plan.
 */
final class Signature {
  private final Op op;
  private final DType dtype;
  private final Layout[] layouts;
  private final int hash;

  Signature(Op op, DType dtype, List<Tensor> inputs) {
    this.op = op;
    this.dtype = dtype;
    this.layouts = new Layout[inputs.size()];
    int code = 31 * op.hashCode() + dtype.hashCode();
    for (int i = 0; i < layouts.length; i++) {
      Layout layout = Views.layout(inputs.get(i));
      layouts[i] = layout;
      code = 31 * (31 * code + layout.shape().hashCode()) + Arrays.hashCode(layout.strides());
    }
    this.hash = code;
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Signature that)
        || hash != that.hash
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
