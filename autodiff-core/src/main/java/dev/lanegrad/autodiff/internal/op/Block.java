package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.arrays.Finish;
import dev.lanegrad.autodiff.internal.kernel.arrays.Operand;
import dev.lanegrad.autodiff.internal.kernel.products.MatMulLoop;
import dev.lanegrad.autodiff.internal.memory.Storage;

/**
 * A part of a matrix of doubles. Decompositions go through a matrix in strips of {@link #STRIP}
 * rows or columns, so that nearly all of their arithmetic is in products of blocks, which are fast.
 * In a strip they work on copies of its rows or columns, each an array of its own: such loops are
 * vectorised by the JIT.
 *
 * @param array where the matrix is
 * @param offset of the block's first element
 * @param rowStep from a row to the next
 * @param columnStep from a column to the next
 */
record Block(double[] array, int offset, int rowStep, int columnStep) {
  static final int STRIP = 32;

  /** A matrix in row-major order. */
  static Block of(double[] array, int columns) {
    return new Block(array, 0, columns, 1);
  }

  Block transposed() {
    return new Block(array, offset, columnStep, rowStep);
  }

  /** What begins at another element. */
  Block from(int row, int column) {
    return new Block(array, place(row, column), rowStep, columnStep);
  }

  private int place(int row, int column) {
    return offset + row * rowStep + column * columnStep;
  }

  double get(int row, int column) {
    return array[place(row, column)];
  }

  /** Copies of rows. */
  double[][] rows(int rows, int columns) {
    double[][] copies = new double[rows][columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        copies[i][j] = get(i, j);
      }
    }
    return copies;
  }

  /** Writes rows back. */
  void setRows(double[][] rows) {
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        array[place(i, j)] = rows[i][j];
      }
    }
  }

  /** This -= A B, where this has {@code rows} and {@code columns}. */
  void subtractProduct(Block a, Block b, int rows, int inner, int columns) {
    if (rows == 0 || inner == 0 || columns == 0) {
      return;
    }
    double[] product = (double[]) Storage.borrow(DType.FLOAT64, rows * columns);
    MatMulLoop.run(
        new int[0], a.operand(), b.operand(), product, rows, inner, columns, Finish.NONE);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        array[place(i, j)] -= product[i * columns + j];
      }
    }
    Storage.giveBack(product);
  }

  private Operand operand() {
    return new Operand(array, offset, new int[] {rowStep, columnStep});
  }

  /** y -= factor x, rounded once. */
  static void subtract(double[] y, double factor, double[] x, int from) {
    for (int j = from; j < y.length; j++) {
      y[j] = Math.fma(-factor, x[j], y[j]);
    }
  }

  /**
   * Solves T X = B in place, where this is a triangular T.
   *
   * @param lower whether T is 0 above its diagonal, or below
   * @param hasUnits whether its diagonal counts as ones
   * @param n of T's rows
   * @param x B, then X
   */
  void solve(boolean lower, boolean hasUnits, int n, Block x, int columns) {
    int strips = Math.ceilDiv(n, STRIP);
    for (int s = 0; s < strips; s++) {
      int first = (lower ? s : strips - 1 - s) * STRIP;
      int count = Math.min(STRIP, n - first);
      int known = lower ? 0 : first + count;
      Block strip = x.from(first, 0);
      strip.subtractProduct(
          from(first, known), x.from(known, 0), count, lower ? first : n - known, columns);
      double[][] rows = strip.rows(count, columns);
      from(first, first).solve(lower, hasUnits, rows);
      strip.setRows(rows);
    }
  }

  private void solve(boolean lower, boolean hasUnits, double[][] rows) {
    for (int s = 0; s < rows.length; s++) {
      int i = lower ? s : rows.length - 1 - s;
      for (int k = lower ? 0 : i + 1; k < (lower ? i : rows.length); k++) {
        subtract(rows[i], get(i, k), rows[k], 0);
      }
      if (!hasUnits) {
        double diagonal = get(i, i);
        for (int j = 0; j < rows[i].length; j++) {
          rows[i][j] /= diagonal;
        }
      }
    }
  }
}
