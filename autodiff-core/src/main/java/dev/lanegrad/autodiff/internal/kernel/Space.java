package dev.lanegrad.autodiff.internal.kernel;

import dev.lanegrad.autodiff.internal.memory.Runs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The dimensions a loop runs over and its operands' strides along them, brought to as few
 * dimensions as possible.
 *
 * @param dims lengths, outermost first; at least one
 * @param operands the arrays, each with a stride for every dimension
 * @param reduced which dimensions a fold sums up
 */
record Space(int[] dims, List<Operand> operands, boolean[] reduced) {

  /** A space with dimensions of length 1 dropped and neighbours merged where all strides allow. */
  static Space of(int[] dims, List<Operand> operands, boolean[] reduced) {
    int[] keep = new int[dims.length];
    int count = 0;
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] != 1) {
        keep[count++] = i;
      }
    }
    int[] lengths = new int[Math.max(count, 1)];
    int[][] strides = new int[operands.size()][lengths.length];
    boolean[] folds = new boolean[lengths.length];
    int last = -1;
    for (int i = 0; i < count; i++) {
      int axis = keep[i];
      boolean sameKind = last >= 0 && folds[last] == reduced[axis];
      if (sameKind && merges(operands, strides, last, axis, dims)) {
        lengths[last] *= dims[axis];
      } else {
        last++;
        lengths[last] = dims[axis];
        folds[last] = reduced[axis];
      }
      for (int k = 0; k < strides.length; k++) {
        strides[k][last] = operands.get(k).stride(axis);
      }
    }
    if (last < 0) {
      lengths[0] = 1;
      last = 0;
    }
    int rank = last + 1;
    List<Operand> merged = new ArrayList<>(strides.length);
    for (int k = 0; k < strides.length; k++) {
      Operand operand = operands.get(k);
      merged.add(new Operand(operand.array(), operand.offset(), Arrays.copyOf(strides[k], rank)));
    }
    return new Space(Arrays.copyOf(lengths, rank), merged, Arrays.copyOf(folds, rank));
  }

  private static boolean merges(
      List<Operand> operands, int[][] strides, int last, int axis, int[] dims) {
    for (int k = 0; k < strides.length; k++) {
      if (strides[k][last] != operands.get(k).stride(axis) * dims[axis]) {
        return false;
      }
    }
    return true;
  }

  int rank() {
    return dims.length;
  }

  int dim(int axis) {
    return dims[axis < 0 ? axis + dims.length : axis];
  }

  int[][] strides() {
    int[][] strides = new int[operands.size()][];
    for (int k = 0; k < strides.length; k++) {
      strides[k] = operands.get(k).strides();
    }
    return strides;
  }

  /** Every operand's stride along one dimension. */
  int[] strides(int axis) {
    int[] strides = new int[operands.size()];
    for (int k = 0; k < strides.length; k++) {
      strides[k] = operands.get(k).stride(axis);
    }
    return strides;
  }

  int[] offsets() {
    int[] offsets = new int[operands.size()];
    for (int k = 0; k < offsets.length; k++) {
      offsets[k] = operands.get(k).offset();
    }
    return offsets;
  }

  Object[] arrays() {
    Object[] arrays = new Object[operands.size()];
    for (int k = 0; k < arrays.length; k++) {
      arrays[k] = operands.get(k).array();
    }
    return arrays;
  }

  Space with(int index, Operand operand) {
    List<Operand> changed = new ArrayList<>(operands);
    changed.set(index, operand);
    return new Space(dims, changed, reduced);
  }

  /**
   * An operand copied so that the last {@code inner} dimensions lie in row-major order, repeated
   * elements written out; along the outer dimensions repeated elements stay shared.
   */
  Operand packed(Operand operand, int inner) {
    int[] lengths = dims.clone();
    for (int i = 0; i < lengths.length - inner; i++) {
      if (operand.stride(i) == 0) {
        lengths[i] = 1;
      }
    }
    int[] strides = new int[lengths.length];
    int size = 1;
    for (int i = lengths.length - 1; i >= 0; i--) {
      strides[i] = i < lengths.length - inner && operand.stride(i) == 0 ? 0 : size;
      size *= lengths[i];
    }
    Object copy = Scratch.like(operand.array(), size);
    Runs.copy(operand.array(), operand.offset(), lengths, operand.strides(), copy, 0);
    return new Operand(copy, 0, strides);
  }
}
