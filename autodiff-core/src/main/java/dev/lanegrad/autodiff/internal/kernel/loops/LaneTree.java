package dev.lanegrad.autodiff.internal.kernel.loops;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.internal.kernel.compilation.Lanes;
import dev.lanegrad.autodiff.internal.memory.Runs;
import java.util.List;

/**
 * The last step of a fold: lane l is combined with lane l + 32, then l + 16, down to l + 1. Lanes
 * that hold the identity are left out, which changes nothing.
 */
public final class LaneTree {
  static final int LANES = 64;

  /** Fewer lines are combined without vectors. */
  private static final int WORTH_VECTORS = 4;

  private final Reduction reduction;
  private final LoopKernel pair;
  private final double[] parameters;
  private final int vector;

  LaneTree(Reduction reduction, DType dtype) {
    Formula combined = reduction.combine(Formula.input(0), Formula.input(1));
    this.reduction = reduction;
    LoopCode code = LoopCode.of(List.of(combined));
    this.pair = code.kernel(dtype, new LoopShape(2, 0, 0));
    this.parameters = code.parameters();
    this.vector = Lanes.count(dtype);
  }

  /**
   * Combines the lanes of several lines, at most 64 each, into one element for each line.
   *
   * @param lanes of all lines, one line after the other; overwritten
   * @param count lanes of a line
   */
  void combine(Object lanes, int from, int count, int lines, Object result, int at) {
    boolean worthVectors = count == LANES && lines >= WORTH_VECTORS;
    Kernel kernel = worthVectors ? pair.vector(lines * LANES) : null;
    if (kernel != null) {
      combineByVectors(kernel, lanes, from, lines, result, at);
    } else if (lanes instanceof float[] floats) {
      combine(floats, from, count, lines, (float[]) result, at);
    } else {
      combine((double[]) lanes, from, count, lines, (double[]) result, at);
    }
  }

  /**
   * All lines at once. Below a vector's width whole vectors are combined all the same: what the
   * upper half of one then holds is not used any more.
   */
  private void combineByVectors(
      Kernel kernel, Object lanes, int from, int lines, Object result, int at) {
    Object[] arrays = {lanes, lanes, lanes};
    int[] offsets = {from, from, from};
    int[] strides = {LANES, LANES, LANES};
    for (int half = LANES / 2; half >= 1; half /= 2) {
      offsets[1] = from + half;
      kernel.run(arrays, offsets, strides, parameters, lines, Math.max(half, vector));
    }
    Runs.copy(lanes, from, new int[] {lines}, new int[] {LANES}, result, at);
  }

  // The two loops spell out Reduction.combine: a virtual call an element would cost more than it.

  private void combine(float[] lanes, int from, int count, int lines, float[] result, int at) {
    boolean sum = reduction == Reduction.SUM;
    boolean max = reduction == Reduction.MAX;
    int top = Math.min(LANES / 2, Integer.highestOneBit(Math.max(count - 1, 1)));
    for (int line = 0; line < lines; line++) {
      int start = from + line * count;
      for (int half = top; half >= 1; half /= 2) {
        for (int l = start; l < start + Math.min(half, count - half); l++) {
          float a = lanes[l];
          float b = lanes[l + half];
          boolean first = (max ? a > b : a < b) || Float.isNaN(a);
          lanes[l] = sum ? a + b : first ? a : b;
        }
      }
      result[at + line] = lanes[start];
    }
  }

  private void combine(double[] lanes, int from, int count, int lines, double[] result, int at) {
    boolean sum = reduction == Reduction.SUM;
    boolean max = reduction == Reduction.MAX;
    int top = Math.min(LANES / 2, Integer.highestOneBit(Math.max(count - 1, 1)));
    for (int line = 0; line < lines; line++) {
      int start = from + line * count;
      for (int half = top; half >= 1; half /= 2) {
        for (int l = start; l < start + Math.min(half, count - half); l++) {
          double a = lanes[l];
          double b = lanes[l + half];
          boolean first = (max ? a > b : a < b) || Double.isNaN(a);
          lanes[l] = sum ? a + b : first ? a : b;
        }
      }
      result[at + line] = lanes[start];
    }
  }
}
