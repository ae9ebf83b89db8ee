package dev.lanegrad.autodiff.internal.kernel.copying;

/**
 * Planes of rows of elements that are copied from one array to another, which has them at other
 * distances.
 */
public record Box(int planes, int rows, int columns, Steps from, Steps to) {
  /** Distances between neighbouring planes, rows and elements. */
  public record Steps(int plane, int row, int column) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Steps that
          && plane == that.plane
          && row == that.row
          && column == that.column;
    }

    @Override
    public int hashCode() {
      return 31 * (31 * plane + row) + column;
    }

    boolean isAscending() {
      return plane >= 0 && row >= 0;
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Box that
        && planes == that.planes
        && rows == that.rows
        && columns == that.columns
        && from.equals(that.from)
        && to.equals(that.to);
  }

  @Override
  public int hashCode() {
    int counts = 31 * (31 * planes + rows) + columns;
    return 31 * (31 * counts + from.hashCode()) + to.hashCode();
  }

  /** Whether neither planes nor rows go backwards. */
  boolean isAscending() {
    return from.isAscending() && to.isAscending();
  }

  public void copy(Object source, int first, Object target, int start) {
    if (from.column == 1 && to.column == 1) {
      copyRows(source, first, target, start);
    } else if (source instanceof float[] floats) {
      FloatBox.copy(this, floats, first, (float[]) target, start);
    } else {
      DoubleBox.copy(this, (double[]) source, first, (double[]) target, start);
    }
  }

  @SuppressWarnings("SuspiciousSystemArraycopy") // both are arrays of the same kind
  private void copyRows(Object source, int first, Object target, int start) {
    for (int p = 0; p < planes; p++) {
      int s = first + p * from.plane;
      int t = start + p * to.plane;
      for (int r = 0; r < rows; r++) {
        System.arraycopy(source, s, target, t, columns);
        s += from.row;
        t += to.row;
      }
    }
  }
}
