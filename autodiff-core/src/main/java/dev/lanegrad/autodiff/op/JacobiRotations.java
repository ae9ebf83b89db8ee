package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.Tensor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * One-sided Jacobi (Hestenes 1958): columns are rotated in pairs until all are orthogonal; their
 * lengths are then the singular values.
 */
final class JacobiRotations {
  private static final int MAX_SWEEPS = 60;
  private static final double ORTHOGONAL = 1e-15;
  private static final int IN_RANGE = 480;
  private static final double TINY = 0x1p-900;
  private static final double HUGE = 0x1p900;

  /** From here on 1 + zeta^2 is zeta^2, or overflows. */
  private static final double LARGE = 1e150;

  private final int n;
  private final int m;
  private final double[] columns;

  /** The matrix is this power of two times what is rotated. */
  private final int exponent;

  private final double[] v;
  private final int[] order;

  private JacobiRotations(int n, int m, double[] matrix) {
    this.n = n;
    this.m = m;
    this.columns = matrix;
    this.exponent = inRange(matrix);
    this.v = new double[m * m];
    for (int j = 0; j < m; j++) {
      v[j * m + j] = 1;
    }
    boolean rotated = true;
    for (int sweep = 0; sweep < MAX_SWEEPS && rotated; sweep++) {
      rotated = sweep();
    }
    this.order =
        IntStream.range(0, m)
            .boxed()
            .sorted(Comparator.comparingDouble(j -> -length(j)))
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
    boolean rotated = false;
    for (int i = 0; i < m; i++) {
      for (int j = i + 1; j < m; j++) {
        rotated |= rotate(i, j);
      }
    }
    return rotated;
  }

  private boolean rotate(int i, int j) {
    double a = dot(i, i);
    double b = dot(j, j);
    if (Math.min(Math.min(a, b), a * b) < TINY || a * b > HUGE) {
      return rotateScaled(i, j);
    }
    double c = dot(i, j);
    return Math.abs(c) > ORTHOGONAL * Math.sqrt(a * b) && rotate(i, j, (b - a) / (2 * c));
  }

  /** The same of columns that are first brought to a length of about 1, each by itself. */
  private boolean rotateScaled(int i, int j) {
    int shiftI = exponent(i);
    int shiftJ = exponent(j);
    double a = dot(i, i, shiftI, shiftI);
    double b = dot(j, j, shiftJ, shiftJ);
    double c = dot(i, j, shiftI, shiftJ);
    if (!(Math.abs(c) > ORTHOGONAL * Math.sqrt(a * b))) {
      return false;
    }
    int apart = shiftI - shiftJ;
    return rotate(i, j, (Math.scalb(b, -apart) - Math.scalb(a, apart)) / (2 * c));
  }

  private boolean rotate(int i, int j, double zeta) {
    double t =
        Math.abs(zeta) > LARGE
            ? 0.5 / zeta
            : Math.copySign(1, zeta) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
    double cos = 1 / Math.sqrt(1 + t * t);
    rotate(columns, n, i, j, cos, cos * t);
    rotate(v, m, i, j, cos, cos * t);
    return t != 0;
  }

  private double dot(int i, int j) {
    double sum = 0;
    for (int r = 0; r < n; r++) {
      sum += columns[r * m + i] * columns[r * m + j];
    }
    return sum;
  }

  private double dot(int i, int j, int shiftI, int shiftJ) {
    double sum = 0;
    for (int r = 0; r < n; r++) {
      sum += Math.scalb(columns[r * m + i], -shiftI) * Math.scalb(columns[r * m + j], -shiftJ);
    }
    return sum;
  }

  private int exponent(int j) {
    double[] column = new double[n];
    Arrays.setAll(column, r -> columns[r * m + j]);
    return Scaled.exponentOfLargest(column);
  }

  private double length(int j) {
    double square = dot(j, j);
    if (square >= TINY) {
      return Math.sqrt(square);
    }
    int shift = exponent(j);
    return Math.scalb(Math.sqrt(dot(j, j, shift, shift)), shift);
  }

  private void rotate(double[] matrix, int rows, int i, int j, double cos, double sin) {
    for (int r = 0; r < rows; r++) {
      double x = matrix[r * m + i];
      double y = matrix[r * m + j];
      matrix[r * m + i] = cos * x - sin * y;
      matrix[r * m + j] = sin * x + cos * y;
    }
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
        u[r * m + j] = columns[r * m + order[j]] / length;
      }
    }
    return u;
  }

  double[] right() {
    double[] sorted = new double[m * m];
    for (int j = 0; j < m; j++) {
      for (int r = 0; r < m; r++) {
        sorted[r * m + j] = v[r * m + order[j]];
      }
    }
    return sorted;
  }
}
