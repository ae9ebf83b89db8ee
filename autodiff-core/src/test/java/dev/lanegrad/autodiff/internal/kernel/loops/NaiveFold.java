package dev.lanegrad.autodiff.internal.kernel.loops;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.formula.Reduction;
import java.util.Arrays;

/**
 * The order in which folds combine elements, as {@link FoldLoop} promises it, without a thought of
 * speed: dimensions one by one from the innermost, neighbours that are both folded taken as one; 64
 * virtual lanes and a tree along the last dimension, a chain along others; chunks where it is long.
 */
final class NaiveFold {
  private static final int LANES = 64;
  private static final int CHUNK_OF_ELEMENTS = 16_384;
  private static final int CHUNK_OF_ROWS = 1_024;

  private final Reduction reduction;
  private final DType dtype;

  NaiveFold(Reduction reduction, DType dtype) {
    this.reduction = reduction;
    this.dtype = dtype;
  }

  private double combine(double a, double b) {
    return dtype == DType.FLOAT32
        ? reduction.combine((float) a, (float) b)
        : reduction.combine(a, b);
  }

  /** Folds values in row-major order along sorted axes. */
  double[] fold(double[] values, int[] dims, int... axes) {
    int[] lengths = new int[dims.length];
    boolean[] folded = new boolean[dims.length];
    int rank = 0;
    for (int axis = 0; axis < dims.length; axis++) {
      boolean isFolded = Arrays.binarySearch(axes, axis) >= 0;
      if (dims[axis] == 1) {
        continue;
      }
      if (rank > 0 && folded[rank - 1] == isFolded) {
        lengths[rank - 1] *= dims[axis];
      } else {
        lengths[rank] = dims[axis];
        folded[rank++] = isFolded;
      }
    }
    double[] results = values;
    boolean any = false;
    for (int axis = rank - 1; axis >= 0; axis--) {
      if (folded[axis]) {
        int outer = product(lengths, 0, axis);
        int inner = product(lengths, axis + 1, rank);
        results = along(results, outer, lengths[axis], inner);
        lengths[axis] = 1;
        any = true;
      }
    }
    return any ? results : chain(values, values.length, 1, values.length);
  }

  private static int product(int[] lengths, int from, int to) {
    int product = 1;
    for (int i = from; i < to; i++) {
      product *= lengths[i];
    }
    return product;
  }

  /** Folds the middle dimension of [outer, length, inner]. */
  private double[] along(double[] values, int outer, int length, int inner) {
    double[] results = new double[outer * inner];
    for (int o = 0; o < outer; o++) {
      int start = o * length * inner;
      double[] part = Arrays.copyOfRange(values, start, start + length * inner);
      double[] folded = inner == 1 ? new double[] {row(part)} : rows(part, length, inner);
      System.arraycopy(folded, 0, results, o * inner, inner);
    }
    return results;
  }

  private double row(double[] values) {
    if (values.length > CHUNK_OF_ELEMENTS) {
      double[] chunks = new double[Math.ceilDiv(values.length, CHUNK_OF_ELEMENTS)];
      Arrays.setAll(chunks, c -> row(chunk(values, c, CHUNK_OF_ELEMENTS)));
      return row(chunks);
    }
    double[] lanes = new double[LANES];
    Arrays.fill(lanes, reduction.identity());
    for (int c = 0; c < values.length; c++) {
      lanes[c % LANES] = combine(lanes[c % LANES], values[c]);
    }
    for (int half = LANES / 2; half >= 1; half /= 2) {
      for (int l = 0; l < half; l++) {
        lanes[l] = combine(lanes[l], lanes[l + half]);
      }
    }
    return lanes[0];
  }

  private static double[] chunk(double[] values, int number, int length) {
    int end = Math.min(values.length, (number + 1) * length);
    return Arrays.copyOfRange(values, number * length, end);
  }

  private double[] rows(double[] values, int rows, int columns) {
    if (rows <= CHUNK_OF_ROWS) {
      return chain(values, columns, rows, columns);
    }
    int chunks = Math.ceilDiv(rows, CHUNK_OF_ROWS);
    double[] partial = new double[chunks * columns];
    for (int c = 0; c < chunks; c++) {
      double[] part = chunk(values, c, CHUNK_OF_ROWS * columns);
      double[] folded = chain(part, columns, part.length / columns, columns);
      System.arraycopy(folded, 0, partial, c * columns, columns);
    }
    return rows(partial, chunks, columns);
  }

  private double[] chain(double[] values, int results, int rows, int columns) {
    double[] sums = new double[results];
    Arrays.fill(sums, reduction.identity());
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        sums[c] = combine(sums[c], values[r * columns + c]);
      }
    }
    return sums;
  }
}
