package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.Tensor;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * One-sided Jacobi (Hestenes 1958): columns are rotated in pairs until all are orthogonal; their
 * lengths are then the singular values.
 */
final class JacobiRotations {
  private static final int MAX_SWEEPS = 60;
  private static final double ORTHOGONAL = 1e-15;

  private final int n;
  private final int m;
  private final double[] columns;
  private final double[] v;
  private final int[] order;

  private JacobiRotations(int n, int m, double[] matrix) {
    this.n = n;
    this.m = m;
    this.columns = matrix;
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

  private boolean sweep() {
    boolean rotated = false;
    for (int i = 0; i < m; i++) {
      for (int j = i + 1; j < m; j++) {
        double a = dot(i, i);
        double b = dot(j, j);
        double c = dot(i, j);
        if (Math.abs(c) > ORTHOGONAL * Math.sqrt(a * b)) {
          rotated = true;
          double zeta = (b - a) / (2 * c);
          double t = Math.copySign(1, zeta) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
          double cos = 1 / Math.sqrt(1 + t * t);
          rotate(columns, n, i, j, cos, cos * t);
          rotate(v, m, i, j, cos, cos * t);
        }
      }
    }
    return rotated;
  }

  private double dot(int i, int j) {
    double sum = 0;
    for (int r = 0; r < n; r++) {
      sum += columns[r * m + i] * columns[r * m + j];
    }
    return sum;
  }

  private double length(int j) {
    return Math.sqrt(dot(j, j));
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
    return IntStream.of(order).mapToDouble(this::length).toArray();
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
