package dev.lanegrad.autodiff.op;

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
    for (int k = 0; k < n; k++) {
      eliminate(k);
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

  private void eliminate(int k) {
    int pivot = k;
    for (int i = k + 1; i < n; i++) {
      if (Math.abs(lu[i * n + k]) > Math.abs(lu[pivot * n + k])) {
        pivot = i;
      }
    }
    pivots[k] = pivot;
    if (pivot != k) {
      sign = -sign;
      for (int j = 0; j < n; j++) {
        swap(lu, k * n + j, pivot * n + j);
      }
    }
    double diagonal = lu[k * n + k];
    if (diagonal == 0) {
      singular = true;
      return;
    }
    for (int i = k + 1; i < n; i++) {
      double factor = lu[i * n + k] / diagonal;
      lu[i * n + k] = factor;
      for (int j = k + 1; j < n; j++) {
        lu[i * n + j] = Math.fma(-factor, lu[k * n + j], lu[i * n + j]);
      }
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
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        subtract(x, columns, i, k, lu[i * n + k]);
      }
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int k = i + 1; k < n; k++) {
        subtract(x, columns, i, k, lu[i * n + k]);
      }
      divide(x, columns, i);
    }
    return x;
  }

  private double[] substituteTransposed(double[] x, int columns) {
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        subtract(x, columns, i, k, lu[k * n + i]);
      }
      divide(x, columns, i);
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int k = i + 1; k < n; k++) {
        subtract(x, columns, i, k, lu[k * n + i]);
      }
    }
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

  private static void subtract(double[] x, int columns, int row, int other, double factor) {
    for (int j = 0; j < columns; j++) {
      x[row * columns + j] = Math.fma(-factor, x[other * columns + j], x[row * columns + j]);
    }
  }

  private void divide(double[] x, int columns, int row) {
    for (int j = 0; j < columns; j++) {
      x[row * columns + j] /= lu[row * n + row];
    }
  }
}
