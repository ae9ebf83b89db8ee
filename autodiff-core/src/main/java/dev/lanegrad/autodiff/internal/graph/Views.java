package dev.lanegrad.autodiff.internal.graph;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.kernel.arrays.Operand;
import dev.lanegrad.autodiff.internal.memory.Layout;
import dev.lanegrad.autodiff.internal.memory.Storage;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Outputs;
import java.util.Arrays;
import java.util.List;

/** Tensors as operations see them from inside: arrays with strides. */
public final class Views {
  /** Operations in the time in which an element of a large array is moved. */
  public static final int MOVING = 8;

  private static final TensorAccess ACCESS = TensorAccess.get();

  private Views() {}

  public static Layout layout(Tensor tensor) {
    return ACCESS.layout(tensor);
  }

  public static List<TensorType> types(List<Tensor> tensors) {
    TensorType[] types = new TensorType[tensors.size()];
    for (int i = 0; i < types.length; i++) {
      types[i] = tensors.get(i).type();
    }
    return Arrays.asList(types);
  }

  public static Storage storage(Tensor tensor) {
    return ACCESS.storage(tensor);
  }

  public static Object array(Tensor tensor) {
    return ACCESS.storage(tensor).array();
  }

  /** The same storage through another layout. */
  public static Tensor view(Tensor tensor, Layout layout) {
    return ACCESS.make(ACCESS.storage(tensor), layout);
  }

  /** A result of which every element will be written. */
  public static Tensor allocate(TensorType type) {
    return ACCESS.allocate(type);
  }

  /** A result in a row-major layout, of which every element will be written. */
  public static Tensor allocate(DType dtype, Layout rowMajor) {
    return ACCESS.make(Storage.forResult(dtype, rowMajor.shape().size()), rowMajor);
  }

  /** Writes one number to all elements of a result; to bool whether it is not 0. */
  public static void fill(Tensor result, double number) {
    int size = result.size();
    switch (array(result)) {
      case float[] floats -> Arrays.fill(floats, 0, size, (float) number);
      case double[] doubles -> Arrays.fill(doubles, 0, size, number);
      case int[] ints -> Arrays.fill(ints, 0, size, (int) number);
      case boolean[] booleans -> Arrays.fill(booleans, 0, size, number != 0);
      default -> throw new AssertionError(result.type());
    }
  }

  /** Each of a stack of matrices turned, as a view. */
  public static Tensor transposed(Tensor matrix) {
    int rank = matrix.rank();
    int[] axes = new int[rank];
    for (int i = 0; i < rank - 2; i++) {
      axes[i] = i;
    }
    axes[rank - 1] = rank - 2;
    axes[rank - 2] = rank - 1;
    return view(matrix, layout(matrix).permute(axes));
  }

  /** As an operand over its own shape. */
  public static Operand operand(Tensor tensor) {
    Layout layout = layout(tensor);
    return new Operand(array(tensor), layout.offset(), layout.strides());
  }

  /** The inputs of a call. */
  public static List<Tensor> inputs(Call call) {
    Tensor[] inputs = new Tensor[call.inputs()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = call.input(i);
    }
    return Arrays.asList(inputs);
  }

  /** So many outputs. */
  public static List<Tensor> all(Outputs outputs, int count) {
    Tensor[] all = new Tensor[count];
    for (int k = 0; k < count; k++) {
      all[k] = outputs.get(k);
    }
    return Arrays.asList(all);
  }

  /** The tensor itself if its elements lie in row-major order, else a copy in which they do. */
  public static Tensor contiguous(Tensor tensor) {
    Layout layout = layout(tensor);
    if (layout.isContiguous()) {
      return tensor;
    }
    return copy(tensor);
  }

  /** A copy in row-major order. */
  public static Tensor copy(Tensor tensor) {
    Tensor copy = allocate(new TensorType(tensor.dtype(), tensor.shape()));
    copyInto(tensor, array(copy), 0);
    return copy;
  }

  public static void copyInto(Tensor tensor, Object target, int offset) {
    Layout layout = layout(tensor);
    if (tensor.size() > 0) {
      Shape shape = tensor.shape();
      SharedCopy.run(
          array(tensor),
          layout.offset(),
          shape.toArray(),
          layout.strides(),
          target,
          offset,
          shape.rowMajorStrides());
    }
  }

  /** Stores the elements of one tensor where another of its shape and dtype lies. */
  public static void assign(Tensor from, Tensor to) {
    if (from.size() > 0) {
      Layout source = layout(from);
      Layout target = layout(to);
      SharedCopy.run(
          array(from),
          source.offset(),
          from.shape().toArray(),
          source.strides(),
          array(to),
          target.offset(),
          target.strides());
    }
  }
}
