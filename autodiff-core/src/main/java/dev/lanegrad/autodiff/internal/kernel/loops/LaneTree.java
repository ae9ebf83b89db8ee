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
      FloatLaneTree.combine(reduction, floats, from, count, lines, (float[]) result, at);
    } else {
      DoubleLaneTree.combine(
          reduction, (double[]) lanes, from, count, lines, (double[]) result, at);
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
}
