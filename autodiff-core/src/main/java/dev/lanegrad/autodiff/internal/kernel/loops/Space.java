package dev.lanegrad.autodiff.internal.kernel.loops;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The dimensions a loop runs over and its operands' strides along them, brought to as few
 * dimensions as possible.
 *
 * @param dims lengths, outermost first; at least one
 * @param operands each with a stride for every dimension
 * @param reduced which dimensions a fold sums up
 */
record Space(int[] dims, List<Access> operands, boolean[] reduced) {

  /** A space with dimensions of length 1 dropped and neighbours merged where all strides allow. */
  static Space of(int[] dims, List<Access> operands, boolean[] reduced) {
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
    List<Access> merged = new ArrayList<>(strides.length);
    for (int k = 0; k < strides.length; k++) {
      Access operand = operands.get(k);
      merged.add(new Access(operand.array(), operand.offset(), Arrays.copyOf(strides[k], rank)));
    }
    return new Space(Arrays.copyOf(lengths, rank), merged, Arrays.copyOf(folds, rank));
  }

  private static boolean merges(
      List<Access> operands, int[][] strides, int last, int axis, int[] dims) {
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

  /** Every operand's stride along one dimension. */
  int[] strides(int axis) {
    int[] strides = new int[operands.size()];
    for (int k = 0; k < strides.length; k++) {
      strides[k] = operands.get(k).stride(axis);
    }
    return strides;
  }

  /** Every operand's offset. */
  int[] offsets() {
    int[] offsets = new int[operands.size()];
    for (int k = 0; k < offsets.length; k++) {
      offsets[k] = operands.get(k).offset();
    }
    return offsets;
  }

  /** The number of every operand's array. */
  int[] arrays() {
    int[] arrays = new int[operands.size()];
    for (int k = 0; k < arrays.length; k++) {
      arrays[k] = operands.get(k).array();
    }
    return arrays;
  }

  /** Bit k is set where operand k, of the first {@code inputs}, has one element for a row. */
  long constantAlongRows(int inputs) {
    long mask = 0;
    for (int k = 0; k < inputs; k++) {
      if (operands.get(k).lastStride() == 0) {
        mask |= 1L << k;
      }
    }
    return mask;
  }

  /**
   * This space with copies of those of the first {@code inputs} operands that jump from element to
   * element along the last dimension.
   */
  Space withUnitStrides(Plan.Writer plan, int inputs) {
    List<Access> changed = new ArrayList<>(operands);
    for (int k = 0; k < inputs; k++) {
      int stride = operands.get(k).lastStride();
      if (stride != 0 && stride != 1) {
        changed.set(k, plan.packed(dims, operands.get(k), 1));
      }
    }
    return changed.equals(operands) ? this : of(dims, changed, reduced);
  }
}
