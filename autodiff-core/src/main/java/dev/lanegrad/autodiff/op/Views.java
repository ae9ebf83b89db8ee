package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.TensorAccess;
import dev.lanegrad.autodiff.internal.kernel.Operand;
import dev.lanegrad.autodiff.internal.memory.Layout;
import dev.lanegrad.autodiff.internal.memory.Runs;

/** Tensors as operations see them from inside: arrays with strides. */
final class Views {
  private static final TensorAccess ACCESS = TensorAccess.get();

  private Views() {}

  static Layout layout(Tensor tensor) {
    return ACCESS.layout(tensor);
  }

  static Object array(Tensor tensor) {
    return ACCESS.storage(tensor).array();
  }

  /** The same storage through another layout. */
  static Tensor view(Tensor tensor, Layout layout) {
    return ACCESS.make(ACCESS.storage(tensor), layout);
  }

  static Tensor allocate(TensorType type) {
    return ACCESS.allocate(type);
  }

  /** As an operand over a shape that the tensor broadcasts to. */
  static Operand operand(Tensor tensor, Shape space) {
    Layout layout = layout(tensor);
    return new Operand(array(tensor), layout.offset(), layout.broadcastStrides(space));
  }

  /** As an operand over its own shape. */
  static Operand operand(Tensor tensor) {
    Layout layout = layout(tensor);
    return new Operand(array(tensor), layout.offset(), layout.strides());
  }

  /** The tensor itself if its elements lie in row-major order, else a copy in which they do. */
  static Tensor contiguous(Tensor tensor) {
    Layout layout = layout(tensor);
    if (layout.isContiguous()) {
      return tensor;
    }
    return copy(tensor);
  }

  /** A copy in row-major order. */
  static Tensor copy(Tensor tensor) {
    Tensor copy = allocate(new TensorType(tensor.dtype(), tensor.shape()));
    copyInto(tensor, array(copy), 0);
    return copy;
  }

  static void copyInto(Tensor tensor, Object target, int offset) {
    Layout layout = layout(tensor);
    if (tensor.size() > 0) {
      int[] dims = tensor.shape().toArray();
      Runs.copy(array(tensor), layout.offset(), dims, layout.strides(), target, offset);
    }
  }

  /** Stores the elements of one floating-point tensor where another of its shape lies. */
  static void assign(Tensor from, Tensor to) {
    Layout target = layout(to);
    Layout source = layout(from);
    int[] dims = from.shape().toArray();
    Object input = array(from);
    Object output = array(to);
    Runs.forEach(
        dims,
        new int[][] {source.strides(), target.strides()},
        new int[] {source.offset(), target.offset()},
        at -> {
          if (input instanceof float[] floats) {
            ((float[]) output)[at[1]] = floats[at[0]];
          } else {
            ((double[]) output)[at[1]] = ((double[]) input)[at[0]];
          }
        });
  }
}
