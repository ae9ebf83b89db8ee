package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.Tensor;
import java.util.Arrays;

/**
 * P A = L U with partial pivoting, both factors in one array, in double precision. Where that
 * overflows, or all numbers are so small that they would lose digits, the rows are first divided by
 * powers of two.
 */
final class Elimination {
  /** Where the smallest pivot is a smaller part of the largest, half of the digits are in doubt. */
  private static final double DOUBTFUL = 0x1p-26;

  private static final double SMALL = 0x1p-900;

  private final int n;
  private final double[] lu;
  private final int[] pivots;

  /** Row i of what is eliminated is row i of the matrix by 2 to the power of this. */
  private final int[] rowExponents;

  private final boolean scaled;
  private boolean singular;
  private int sign = 1;

  private Elimination(int n, double[] matrix, int[] rowExponents, boolean scaled) {
    this.n = n;
    this.lu = matrix;
    this.pivots = new int[n];
    this.rowExponents = rowExponents;
    this.scaled = scaled;
    for (int k = 0; k < n; k += Block.STRIP) {
      eliminate(k, Math.min(Block.STRIP, n - k));
    }
  }

  static Elimination of(Tensor matrix) {
    int n = matrix.shape().dim(0);
    Elimination usual = new Elimination(n, matrix.toDoubleArray(), new int[n], false);
    double largest = Scaled.largest(usual.lu);
    if (Double.isFinite(largest) && (largest >= SMALL || largest == 0)) {
      return usual;
    }
    double[] a = matrix.toDoubleArray();
    return Scaled.areFinite(a) ? ofScaledRows(n, a) : usual;
  }

  private static Elimination ofScaledRows(int n, double[] a) {
    int[] exponents = new int[n];
    for (int i = 0; i < n; i++) {
      double[] row = Arrays.copyOfRange(a, i * n, i * n + n);
      exponents[i] = Scaled.exponentOfLargest(row);
      for (int j = 0; j < n; j++) {
        a[i * n + j] = Math.scalb(row[j], -exponents[i]);
      }
    }
    return new Elimination(n, a, exponents, true);
  }

  /** So many columns, then all that is right of them. */
  private void eliminate(int first, int count) {
    Block whole = Block.of(lu, n);
    Block strip = whole.from(first, first);
    double[][] columns = strip.transposed().rows(count, n - first);
    for (int k = 0; k < count; k++) {
      eliminate(columns, first, k);
    }
    strip.transposed().setRows(columns);
    int next = first + count;
    for (int k = first; k < next; k++) {
      for (int j = 0; j < n && pivots[k] != k; j++) {
        if (j < first || j >= next) {
          swap(lu, k * n + j, pivots[k] * n + j);
        }
      }
    }
    Block right = whole.from(first, next);
    strip.solve(true, true, count, right, n - next);
    whole
        .from(next, next)
        .subtractProduct(whole.from(next, first), right, n - next, count, n - next);
  }

  /** Within the columns. */
  private void eliminate(double[][] columns, int first, int k) {
    double[] column = columns[k];
    int pivot = k;
    for (int i = k + 1; i < column.length; i++) {
      if (Math.abs(column[i]) > Math.abs(column[pivot])) {
        pivot = i;
      }
    }
    pivots[first + k] = first + pivot;
    if (pivot != k) {
      sign = -sign;
      for (double[] each : columns) {
        swap(each, k, pivot);
      }
    }
    double diagonal = column[k];
    if (diagonal == 0) {
      singular = true;
      return;
    }
    for (int i = k + 1; i < column.length; i++) {
      column[i] /= diagonal;
    }
    for (int j = k + 1; j < columns.length; j++) {
      Block.subtract(columns[j], columns[j][k], column, k + 1);
    }
  }

  private static void swap(double[] values, int i, int j) {
    double value = values[i];
    values[i] = values[j];
    values[j] = value;
  }

  boolean isSingular() {
    return singular;
  }

  /** Whether the matrix is singular or may be so but for rounding. */
  boolean isDoubtful() {
    double smallest = Double.POSITIVE_INFINITY;
    double largest = 0;
    for (int k = 0; k < n; k++) {
      double pivot = Math.abs(lu[k * n + k]);
      smallest = Math.min(smallest, pivot);
      largest = Math.max(largest, pivot);
    }
    return n > 0 && !(smallest > DOUBTFUL * largest);
  }

  double determinant() {
    double product = sign;
    for (int k = 0; k < n; k++) {
      product *= lu[k * n + k];
    }
    boolean inRange = Double.isFinite(product) && Math.abs(product) >= Double.MIN_NORMAL;
    return inRange && !scaled ? product : scaledDeterminant();
  }

  private double scaledDeterminant() {
    Scaled product = Scaled.ONE.times(sign);
    for (int k = 0; k < n; k++) {
      product = product.times(lu[k * n + k]).shifted(rowExponents[k]);
    }
    return product.value();
  }

  /** The solution X of A X = B. */
  double[] solve(double[] b, int columns) {
    return solve(b, columns, false);
  }

  /** The solution X of A^T X = B. */
  double[] solveTransposed(double[] b, int columns) {
    return solve(b, columns, true);
  }

  /** A second pass with scaled columns where the first has overflown. */
  private double[] solve(double[] b, int columns, boolean transposed) {
    if (!scaled) {
      double[] x = substitute(b.clone(), columns, transposed);
      if (Scaled.areFinite(x) || !Scaled.areFinite(b) || !Scaled.areFinite(lu)) {
        return x;
      }
    }
    int[] unscaled = new int[n];
    int[] before = transposed ? unscaled : rowExponents;
    int[] after = transposed ? rowExponents : unscaled;
    double[] x = b.clone();
    for (int j = 0; j < columns; j++) {
      int largest = Integer.MIN_VALUE;
      for (int i = 0; i < n; i++) {
        Scaled element = Scaled.of(b[i * columns + j]);
        largest = element.isZero() ? largest : Math.max(largest, element.exponent() - before[i]);
      }
      int shift = largest == Integer.MIN_VALUE ? 0 : largest;
      double[] column = new double[n];
      for (int i = 0; i < n; i++) {
        column[i] = Math.scalb(b[i * columns + j], -before[i] - shift);
      }
      substitute(column, 1, transposed);
      for (int i = 0; i < n; i++) {
        x[i * columns + j] = Math.scalb(column[i], shift - after[i]);
      }
    }
    return x;
  }

  private double[] substitute(double[] x, int columns, boolean transposed) {
    return transposed ? substituteTransposed(x, columns) : substitute(x, columns);
  }

  private double[] substitute(double[] x, int columns) {
    for (int k = 0; k < n; k++) {
      exchange(x, columns, k);
    }
    Block factors = Block.of(lu, n);
    factors.solve(true, true, n, Block.of(x, columns), columns);
    factors.solve(false, false, n, Block.of(x, columns), columns);
    return x;
  }

  private double[] substituteTransposed(double[] x, int columns) {
    Block factors = Block.of(lu, n).transposed();
    factors.solve(true, false, n, Block.of(x, columns), columns);
    factors.solve(false, true, n, Block.of(x, columns), columns);
    for (int k = n - 1; k >= 0; k--) {
      exchange(x, columns, k);
    }
    return x;
  }

  private void exchange(double[] x, int columns, int k) {
    for (int j = 0; j < columns && pivots[k] != k; j++) {
      swap(x, k * columns + j, pivots[k] * columns + j);
    }
  }
}
