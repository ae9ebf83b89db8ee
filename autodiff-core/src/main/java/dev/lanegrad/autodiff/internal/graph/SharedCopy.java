package dev.lanegrad.autodiff.internal.graph;

import dev.lanegrad.autodiff.internal.kernel.threads.Workers;
import dev.lanegrad.autodiff.internal.memory.Runs;

/** Copies between layouts, of which threads take parts where there is much to copy. */
final class SharedCopy {
  /** Elements from which on it pays to look how they lie. */
  private static final int MANY = 4_096;

  private SharedCopy() {}

  /** Copies elements to where the target's strides say. */
  static void run(
      Object source,
      int offset,
      int[] dims,
      int[] strides,
      Object target,
      int targetOffset,
      int[] targetStrides) {
    int axis = longest(dims, targetStrides);
    int parts = axis < 0 ? 1 : Workers.parts(dims[axis], Views.MOVING * size(dims));
    if (parts == 1) {
      copy(source, offset, dims, strides, target, targetOffset, targetStrides);
      return;
    }
    Workers.inParts(
        parts,
        dims[axis],
        (_, begin, end) -> {
          int[] part = dims.clone();
          part[axis] = end - begin;
          int from = offset + begin * strides[axis];
          int to = targetOffset + begin * targetStrides[axis];
          copy(source, from, part, strides, target, to, targetStrides);
        });
  }

  private static void copy(
      Object source,
      int offset,
      int[] dims,
      int[] strides,
      Object target,
      int targetOffset,
      int[] targetStrides) {
    int last = dims.length - 1;
    if (last > 0 && targetStrides[last] == 1 && size(dims) >= MANY) {
      int axis = strides[last] == 1 ? Planes.ofRows(dims) : Planes.ofSquares(dims, strides);
      if (axis >= 0 && !(follow(axis, dims, strides) && follow(axis, dims, targetStrides))) {
        new Planes(axis, dims, strides, targetStrides).copy(source, offset, target, targetOffset);
        return;
      }
    }
    Runs.copy(source, offset, dims, strides, target, targetOffset, targetStrides);
  }

  /** Whether rows along a dimension follow each other without gaps. */
  private static boolean follow(int axis, int[] dims, int[] strides) {
    return strides[dims.length - 1] == 1 && strides[axis] == dims[dims.length - 1];
  }

  /** The dimension along which the target's elements lie furthest apart, or -1. */
  private static int longest(int[] dims, int[] targetStrides) {
    int longest = -1;
    for (int i = 0; i < dims.length; i++) {
      boolean leadsFurther =
          longest < 0 || Math.abs(targetStrides[i]) > Math.abs(targetStrides[longest]);
      longest = dims[i] > 1 && leadsFurther ? i : longest;
    }
    return longest;
  }

  private static long size(int[] dims) {
    long size = 1;
    for (int dim : dims) {
      size *= dim;
    }
    return size;
  }
}
