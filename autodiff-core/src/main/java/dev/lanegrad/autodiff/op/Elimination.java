package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.Tensor;

/** P A = L U with partial pivoting, both factors in one array, in double precision. */
final class Elimination {
  private final int n;
  private final double[] lu;
  private final int[] pivots;
  private boolean singular;
  private int sign = 1;

  private Elimination(int n, double[] matrix) {
    this.n = n;
    this.lu = matrix;
    this.pivots = new int[n];
    for (int k = 0; k < n; k++) {
      eliminate(k);
    }
  }

  static Elimination of(Tensor matrix) {
    return new Elimination(matrix.shape().dim(0), matrix.toDoubleArray());
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

  double determinant() {
    double product = sign;
    for (int k = 0; k < n; k++) {
      product *= lu[k * n + k];
    }
    return product;
  }

  /** Solves for the columns of a right side, which is overwritten. */
  double[] solve(double[] x, int columns) {
    for (int k = 0; k < n; k++) {
      for (int j = 0; j < columns && pivots[k] != k; j++) {
        swap(x, k * columns + j, pivots[k] * columns + j);
      }
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
      for (int j = 0; j < columns; j++) {
        x[i * columns + j] /= lu[i * n + i];
      }
    }
    return x;
  }

  private static void subtract(double[] x, int columns, int row, int other, double factor) {
    for (int j = 0; j < columns; j++) {
      x[row * columns + j] = Math.fma(-factor, x[other * columns + j], x[row * columns + j]);
    }
  }
}
