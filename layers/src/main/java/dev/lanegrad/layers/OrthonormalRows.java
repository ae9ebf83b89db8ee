package dev.lanegrad.layers;

import java.util.random.RandomGenerator;

/** Random matrices whose rows, or columns if there are fewer, are orthonormal. */
final class OrthonormalRows {
  private OrthonormalRows() {}

  /** In row-major order. */
  static double[] draw(RandomGenerator random, int rows, int columns) {
    boolean wide = rows <= columns;
    int count = Math.min(rows, columns);
    int length = Math.max(rows, columns);
    double[][] vectors = new double[count][length];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < length; j++) {
        vectors[i][j] = random.nextGaussian();
      }
      orthogonalize(vectors, i);
    }
    double[] matrix = new double[rows * columns];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < length; j++) {
        matrix[wide ? i * columns + j : j * columns + i] = vectors[i][j];
      }
    }
    return matrix;
  }

  /** Gram and Schmidt's way, twice, which is as accurate as Householder's. */
  private static void orthogonalize(double[][] vectors, int last) {
    double[] vector = vectors[last];
    for (int pass = 0; pass < 2; pass++) {
      for (int i = 0; i < last; i++) {
        double along = dot(vector, vectors[i]);
        for (int j = 0; j < vector.length; j++) {
          vector[j] -= along * vectors[i][j];
        }
      }
      double norm = Math.sqrt(dot(vector, vector));
      for (int j = 0; j < vector.length; j++) {
        vector[j] /= norm;
      }
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
