package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.kernel.arrays.Operand;
import dev.lanegrad.autodiff.internal.memory.Layout;

/** Tensors of shape [batch, channels, rows, columns], or [batch, channels, columns]. */
final class Images {
  private Images() {}

  /** With strides along batch, channels, rows and columns. */
  static Operand operand(Tensor images) {
    Layout layout = Views.layout(images);
    int[] s = layout.strides();
    int[] strides = s.length == 4 ? s : new int[] {s[0], s[1], 0, s[2]};
    return new Operand(Views.array(images), layout.offset(), strides);
  }
}
