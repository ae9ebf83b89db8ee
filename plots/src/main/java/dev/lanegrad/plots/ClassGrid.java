package dev.lanegrad.plots;

import java.util.Arrays;

/**
 * The classes of the points of a region. A function may be a whole network, so it is asked at the
 * corners of a grid, and at more points only where neighbours differ.
 */
final class ClassGrid {
  /** A region that is narrower than one of so many cells may be missed. */
  private static final int CELLS = 128;

  /** Where classes differ, each cell is divided by so many. */
  private static final int PARTS = 4;

  private static final int FINE = CELLS * PARTS;

  private final int[][] classes = new int[FINE][FINE];

  /** A rectangle, in parts of the width from the left and of the height from the top. */
  interface Rectangle {
    void at(double x, double y, double width, double height);
  }

  private ClassGrid() {}

  static ClassGrid of(Regions regions) {
    ClassGrid grid = new ClassGrid();
    int[][] corners = new int[CELLS + 1][CELLS + 1];
    for (int row = 0; row <= CELLS; row++) {
      for (int column = 0; column <= CELLS; column++) {
        corners[row][column] = regions.classAt((double) column / CELLS, (double) row / CELLS);
      }
    }
    for (int row = 0; row < CELLS; row++) {
      for (int column = 0; column < CELLS; column++) {
        int c = corners[row][column];
        boolean isOne =
            c == corners[row][column + 1]
                && c == corners[row + 1][column]
                && c == corners[row + 1][column + 1];
        grid.fill(regions, row, column, isOne ? c : -1);
      }
    }
    return grid;
  }

  private void fill(Regions regions, int row, int column, int known) {
    for (int y = row * PARTS; y < (row + 1) * PARTS; y++) {
      for (int x = column * PARTS; x < (column + 1) * PARTS; x++) {
        classes[y][x] = known >= 0 ? known : regions.classAt((x + 0.5) / FINE, (y + 0.5) / FINE);
      }
    }
  }

  /** Those that there are, rising. */
  int[] classes() {
    return Arrays.stream(classes).flatMapToInt(Arrays::stream).distinct().sorted().toArray();
  }

  /** Covers a class by rectangles: equal rows at once, and each by its runs. */
  void forEachRectangle(int wanted, Rectangle action) {
    for (int top = 0; top < FINE; ) {
      int bottom = top + 1;
      while (bottom < FINE && Arrays.equals(classes[top], classes[bottom])) {
        bottom++;
      }
      for (int left = 0; left < FINE; ) {
        int right = left + 1;
        while (right < FINE && classes[top][right] == classes[top][left]) {
          right++;
        }
        if (classes[top][left] == wanted) {
          action.at(
              (double) left / FINE,
              (double) top / FINE,
              (double) (right - left) / FINE,
              (double) (bottom - top) / FINE);
        }
        left = right;
      }
      top = bottom;
    }
  }
}
