package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A = X D Y by elimination with complete pivoting, in double precision: D is diagonal and holds
 * what is nearly singular; X and Y, triangular but for the order of rows and columns, are well
 * conditioned and have determinants 1 or -1. So derivatives of det(A) are those of det(D), carried
 * over by X^-T and Y^-T, with rounding errors of the size of A's alone.
 */
final class DiagonalForm {
  private static final int LARGE = 900;

  private final int n;

  /** L below the diagonal, D on it, the rows of Y divided by D above. */
  private final double[] factors;

  private final int[] rows;
  private final int[] columns;

  /** The matrix is this power of two times X D Y. */
  private final int exponent;

  private int sign = 1;

  DiagonalForm(Tensor matrix) {
    this.n = matrix.shape().dim(0);
    this.factors = matrix.toDoubleArray();
    this.rows = new int[n];
    this.columns = new int[n];
    int largest = Scaled.exponentOfLargest(factors);
    this.exponent = largest > LARGE ? largest - LARGE : Math.min(largest + LARGE, 0);
    for (int i = 0; i < factors.length && exponent != 0; i++) {
      factors[i] = Math.scalb(factors[i], -exponent);
    }
    Arrays.setAll(rows, i -> i);
    Arrays.setAll(columns, i -> i);
    for (int k = 0; k < n; k++) {
      exchange(k);
      eliminate(k);
    }
  }

  private void exchange(int k) {
    int row = k;
    int column = k;
    for (int i = k; i < n; i++) {
      for (int j = k; j < n; j++) {
        if (Math.abs(factors[i * n + j]) > Math.abs(factors[row * n + column])) {
          row = i;
          column = j;
        }
      }
    }
    for (int j = 0; j < n && row != k; j++) {
      swap(k * n + j, row * n + j);
    }
    for (int i = 0; i < n && column != k; i++) {
      swap(i * n + k, i * n + column);
    }
    sign = (row != k) == (column != k) ? sign : -sign;
    exchange(rows, k, row);
    exchange(columns, k, column);
  }

  private void swap(int i, int j) {
    double value = factors[i];
    factors[i] = factors[j];
    factors[j] = value;
  }

  private static void exchange(int[] numbers, int i, int j) {
    int number = numbers[i];
    numbers[i] = numbers[j];
    numbers[j] = number;
  }

  /** With a pivot of 0 all that is left is 0. */
  private void eliminate(int k) {
    double pivot = factors[k * n + k];
    for (int i = k + 1; i < n && pivot != 0; i++) {
      factors[i * n + k] /= pivot;
      for (int j = k + 1; j < n; j++) {
        factors[i * n + j] = Math.fma(-factors[i * n + k], factors[k * n + j], factors[i * n + j]);
      }
    }
    for (int j = k + 1; j < n && pivot != 0; j++) {
      factors[k * n + j] /= pivot;
    }
  }

  /** The matrix of D^(k+1) det(A)[G1, .., Gk, .]. */
  double[] slope(List<double[]> directions) {
    List<double[]> inner = new ArrayList<>();
    for (double[] direction : directions) {
      inner.add(inward(direction));
    }
    Scaled[] terms = new Scaled[n * n];
    Arrays.fill(terms, new Scaled(0, 0));
    addSlopes(new int[directions.size() + 1], 0, 0, inner, terms);
    int shift = exponent * (n - 1 - directions.size());
    return outward(terms, shift);
  }

  /**
   * Goes through all choices of k + 1 elements of the diagonal; the others' product is what the
   * derivative of the chosen minor is multiplied with.
   */
  private void addSlopes(
      int[] chosen, int count, int from, List<double[]> directions, Scaled[] terms) {
    if (count == chosen.length) {
      Scaled others = Scaled.ONE.times(sign);
      for (int i = 0; i < n; i++) {
        others = Arrays.binarySearch(chosen, i) >= 0 ? others : others.times(factors[i * n + i]);
      }
      if (!others.isZero()) {
        addMinor(chosen, others, directions, terms);
      }
      return;
    }
    for (int i = from; i < n; i++) {
      chosen[count] = i;
      addSlopes(chosen, count + 1, i + 1, directions, terms);
    }
  }

  private void addMinor(int[] chosen, Scaled others, List<double[]> directions, Scaled[] terms) {
    for (int r = 0; r < chosen.length; r++) {
      for (int c = 0; c < chosen.length; c++) {
        double cofactor = mixed(without(chosen, r), without(chosen, c), directions);
        int place = chosen[r] * n + chosen[c];
        Scaled term = others.times((r + c) % 2 == 0 ? cofactor : -cofactor);
        terms[place] = terms[place].plus(term);
      }
    }
  }

  /** The sum, over all ways to take each row from another direction, of the determinants. */
  private double mixed(int[] rowsLeft, int[] columnsLeft, List<double[]> directions) {
    if (rowsLeft.length == 0) {
      return 1;
    }
    double sum = 0;
    for (int g = 0; g < directions.size(); g++) {
      List<double[]> others = new ArrayList<>(directions);
      double[] direction = others.remove(g);
      for (int c = 0; c < columnsLeft.length; c++) {
        double element = direction[rowsLeft[0] * n + columnsLeft[c]];
        if (element != 0) {
          double minor = mixed(without(rowsLeft, 0), without(columnsLeft, c), others);
          sum += (c % 2 == 0 ? element : -element) * minor;
        }
      }
    }
    return sum;
  }

  private static int[] without(int[] numbers, int place) {
    int[] rest = new int[numbers.length - 1];
    for (int i = 0; i < rest.length; i++) {
      rest[i] = numbers[i < place ? i : i + 1];
    }
    return rest;
  }

  /** X^-1 G Y^-1. */
  private double[] inward(double[] direction) {
    double[] g = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        g[i * n + j] = direction[rows[i] * n + columns[j]];
      }
    }
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        for (int j = 0; j < n; j++) {
          g[i * n + j] = Math.fma(-factors[i * n + k], g[k * n + j], g[i * n + j]);
        }
      }
    }
    for (int j = 0; j < n; j++) {
      for (int k = 0; k < j; k++) {
        for (int i = 0; i < n; i++) {
          g[i * n + j] = Math.fma(-factors[k * n + j], g[i * n + k], g[i * n + j]);
        }
      }
    }
    return g;
  }

  /** X^-T M Y^-T 2^shift. */
  private double[] outward(Scaled[] terms, int shift) {
    int largest = Integer.MIN_VALUE;
    for (Scaled term : terms) {
      largest = term.isZero() ? largest : Math.max(largest, term.exponent());
    }
    double[] m = new double[n * n];
    for (int i = 0; i < m.length; i++) {
      m[i] = terms[i].isZero() ? 0 : terms[i].shifted(-largest).value();
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int k = i + 1; k < n; k++) {
        for (int j = 0; j < n; j++) {
          m[i * n + j] = Math.fma(-factors[k * n + i], m[k * n + j], m[i * n + j]);
        }
      }
    }
    for (int j = n - 1; j >= 0; j--) {
      for (int k = j + 1; k < n; k++) {
        for (int i = 0; i < n; i++) {
          m[i * n + j] = Math.fma(-factors[j * n + k], m[i * n + k], m[i * n + j]);
        }
      }
    }
    double[] result = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double element = m[i * n + j];
        result[rows[i] * n + columns[j]] = element == 0 ? 0 : Math.scalb(element, largest + shift);
      }
    }
    return result;
  }
}
