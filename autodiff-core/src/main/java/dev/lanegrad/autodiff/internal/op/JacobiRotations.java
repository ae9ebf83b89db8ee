package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.Tensor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * One-sided Jacobi (Hestenes 1958): columns are rotated in pairs until all are orthogonal; their
 * lengths are then the singular values. Each sweep begins with columns sorted by length, and so
 * needs fewer sweeps (after de Rijk, "A one-sided Jacobi algorithm for computing the singular value
 * decomposition on a vector computer", 1989).
 */
final class JacobiRotations {
  private static final int MAX_SWEEPS = 60;
  private static final double ORTHOGONAL = 1e-15;

  /** The rounding error of a product of columns of length 1 grows with the root of their size. */
  private static final double ROUNDING = 0x1p-53;

  private static final int IN_RANGE = 480;
  private static final double TINY = 0x1p-900;
  private static final double HUGE = 0x1p900;

  /** From here on 1 + zeta^2 is zeta^2, or overflows. */
  private static final double LARGE = 1e150;

  /** A square length that a rotation has made so much smaller has lost digits. */
  private static final double SHRUNK = 0x1p-4;

  /** Two groups of so many columns of middle size stay in the cache. */
  private static final int GROUP = 16;

  private final int n;
  private final int m;

  /** Each in an array of its own. */
  private final double[][] columns;

  /** The columns of V, rotated with the others. */
  private final double[][] v;

  /** Square lengths of columns, brought up to date by each rotation. */
  private final double[] squares;

  /** The matrix is this power of two times what is rotated. */
  private final int exponent;

  private final double orthogonal;
  private final int[] order;

  private JacobiRotations(int n, int m, double[] matrix) {
    this.n = n;
    this.m = m;
    this.exponent = inRange(matrix);
    this.columns = new double[m][n];
    this.v = new double[m][m];
    for (int j = 0; j < m; j++) {
      for (int r = 0; r < n; r++) {
        columns[j][r] = matrix[r * m + j];
      }
      v[j][j] = 1;
    }
    this.squares = new double[m];
    this.orthogonal = Math.max(ORTHOGONAL, Math.sqrt(n) * ROUNDING);
    boolean rotated = true;
    for (int sweep = 0; sweep < MAX_SWEEPS && rotated; sweep++) {
      rotated = sweep();
    }
    double[] lengths = new double[m];
    Arrays.setAll(lengths, this::length);
    this.order =
        IntStream.range(0, m)
            .boxed()
            .sorted(Comparator.comparingDouble(j -> -lengths[j]))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  static JacobiRotations of(Tensor matrix) {
    return new JacobiRotations(
        matrix.shape().dim(0), matrix.shape().dim(1), matrix.toDoubleArray());
  }

  /** Divides all elements by a power of two, where squares would be out of range. */
  private static int inRange(double[] elements) {
    int largest = Scaled.exponentOfLargest(elements);
    if (Math.abs(largest) <= IN_RANGE) {
      return 0;
    }
    int exponent = largest > 0 ? largest - IN_RANGE : largest;
    for (int i = 0; i < elements.length; i++) {
      elements[i] = Math.scalb(elements[i], -exponent);
    }
    return exponent;
  }

  private boolean sweep() {
    for (int j = 0; j < m; j++) {
      squares[j] = dot(columns[j], columns[j]);
    }
    for (int i = 0; i < m; i++) {
      bringLongestTo(i);
    }
    boolean rotated = false;
    for (int i = 0; i < m; i += GROUP) {
      for (int j = i; j < m; j += GROUP) {
        rotated |= rotateGroups(i, j);
      }
    }
    return rotated;
  }

  /** All pairs of columns of two groups, or of one. */
  private boolean rotateGroups(int first, int second) {
    boolean rotated = false;
    for (int i = first; i < Math.min(first + GROUP, m); i++) {
      for (int j = Math.max(i + 1, second); j < Math.min(second + GROUP, m); j++) {
        rotated |= rotate(i, j);
      }
    }
    return rotated;
  }

  private void bringLongestTo(int i) {
    int longest = i;
    for (int j = i + 1; j < m; j++) {
      longest = squares[j] > squares[longest] ? j : longest;
    }
    if (longest != i) {
      swap(columns, i, longest);
      swap(v, i, longest);
      double square = squares[i];
      squares[i] = squares[longest];
      squares[longest] = square;
    }
  }

  private static void swap(double[][] arrays, int i, int j) {
    double[] array = arrays[i];
    arrays[i] = arrays[j];
    arrays[j] = array;
  }

  private boolean rotate(int i, int j) {
    double a = squares[i];
    double b = squares[j];
    if (!(Math.min(Math.min(a, b), a * b) >= TINY && a * b <= HUGE)) {
      return rotateScaled(i, j);
    }
    double c = dot(columns[i], columns[j]);
    if (!(Math.abs(c) > orthogonal * Math.sqrt(a * b))) {
      return false;
    }
    double t = tangent((b - a) / (2 * c));
    rotate(i, j, t);
    squares[i] = a - t * c > SHRUNK * a ? a - t * c : dot(columns[i], columns[i]);
    squares[j] = b + t * c > SHRUNK * b ? b + t * c : dot(columns[j], columns[j]);
    return t != 0;
  }

  /** The same of columns that are first brought to a length of about 1, each by itself. */
  private boolean rotateScaled(int i, int j) {
    int shiftI = Scaled.exponentOfLargest(columns[i]);
    int shiftJ = Scaled.exponentOfLargest(columns[j]);
    double a = dot(i, i, shiftI, shiftI);
    double b = dot(j, j, shiftJ, shiftJ);
    double c = dot(i, j, shiftI, shiftJ);
    if (!(Math.abs(c) > orthogonal * Math.sqrt(a * b))) {
      return false;
    }
    int apart = shiftI - shiftJ;
    double t = tangent((Math.scalb(b, -apart) - Math.scalb(a, apart)) / (2 * c));
    rotate(i, j, t);
    squares[i] = dot(columns[i], columns[i]);
    squares[j] = dot(columns[j], columns[j]);
    return t != 0;
  }

  private static double tangent(double zeta) {
    return Math.abs(zeta) > LARGE
        ? 0.5 / zeta
        : Math.copySign(1, zeta) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  }

  private void rotate(int i, int j, double t) {
    double cos = 1 / Math.sqrt(1 + t * t);
    rotate(columns[i], columns[j], n, cos, cos * t);
    rotate(v[i], v[j], m, cos, cos * t);
  }

  private static void rotate(double[] x, double[] y, int length, double cos, double sin) {
    for (int r = 0; r < length; r++) {
      double left = x[r];
      double right = y[r];
      x[r] = cos * left - sin * right;
      y[r] = sin * left + cos * right;
    }
  }

  /** Eight chains, so that one addition need not wait for the other. */
  private static double dot(double[] x, double[] y) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    int r = 0;
    for (; r + 8 <= x.length; r += 8) {
      s0 = Math.fma(x[r], y[r], s0);
      s1 = Math.fma(x[r + 1], y[r + 1], s1);
      s2 = Math.fma(x[r + 2], y[r + 2], s2);
      s3 = Math.fma(x[r + 3], y[r + 3], s3);
      s4 = Math.fma(x[r + 4], y[r + 4], s4);
      s5 = Math.fma(x[r + 5], y[r + 5], s5);
      s6 = Math.fma(x[r + 6], y[r + 6], s6);
      s7 = Math.fma(x[r + 7], y[r + 7], s7);
    }
    for (; r < x.length; r++) {
      s0 = Math.fma(x[r], y[r], s0);
    }
    return ((s0 + s4) + (s1 + s5)) + ((s2 + s6) + (s3 + s7));
  }

  private double dot(int i, int j, int shiftI, int shiftJ) {
    double sum = 0;
    for (int r = 0; r < n; r++) {
      sum += Math.scalb(columns[i][r], -shiftI) * Math.scalb(columns[j][r], -shiftJ);
    }
    return sum;
  }

  private double length(int j) {
    double square = dot(columns[j], columns[j]);
    if (square >= TINY) {
      return Math.sqrt(square);
    }
    int shift = Scaled.exponentOfLargest(columns[j]);
    return Math.scalb(Math.sqrt(dot(j, j, shift, shift)), shift);
  }

  double[] values() {
    return IntStream.of(order).mapToDouble(j -> Math.scalb(length(j), exponent)).toArray();
  }

  /** Columns of length 1; of a singular value 0 a column of zeros. */
  double[] left() {
    double[] u = new double[n * m];
    for (int j = 0; j < m; j++) {
      double length = length(order[j]);
      for (int r = 0; r < n && length > 0; r++) {
        u[r * m + j] = columns[order[j]][r] / length;
      }
    }
    return u;
  }

  double[] right() {
    double[] sorted = new double[m * m];
    for (int j = 0; j < m; j++) {
      for (int r = 0; r < m; r++) {
        sorted[r * m + j] = v[order[j]][r];
      }
    }
    return sorted;
  }
}
