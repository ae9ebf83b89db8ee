package dev.lanegrad.plots;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/**
 * Where a function of two numbers has certain values, by marching squares: in each cell of a grid
 * the line goes straight between the edges that it crosses, at the places where linear
 * interpolation finds the level.
 *
 * <p>Source: Lorensen and Cline, "Marching cubes: a high resolution 3D surface construction
 * algorithm", SIGGRAPH 1987, in two dimensions.
 */
final class ContourLines {
  private static final int CELLS = 120;
  private static final int LEVELS = 12;

  private final Region region;
  private final double[][] values = new double[CELLS + 1][CELLS + 1];

  ContourLines(DoubleBinaryOperator function, Region region) {
    this.region = region;
    for (int row = 0; row <= CELLS; row++) {
      for (int column = 0; column <= CELLS; column++) {
        double value = function.applyAsDouble(x(column), y(row));
        values[row][column] = Double.isFinite(value) ? value : Double.NaN;
      }
    }
  }

  private double x(double column) {
    return region.left() + column / CELLS * (region.right() - region.left());
  }

  private double y(double row) {
    return region.bottom() + row / CELLS * (region.top() - region.bottom());
  }

  /** Quantiles of the values, at most {@value #LEVELS}; none where the function is constant. */
  double[] levels() {
    double[] sorted =
        Arrays.stream(values)
            .flatMapToDouble(Arrays::stream)
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    if (sorted.length == 0) {
      return sorted;
    }
    double lowest = sorted[0];
    double highest = sorted[sorted.length - 1];
    double[] levels = new double[LEVELS];
    for (int i = 0; i < LEVELS; i++) {
      // The lower quantiles closer to each other: minima are what one looks for.
      double part = Math.pow((i + 1.0) / (LEVELS + 1), 1.5);
      levels[i] = sorted[(int) (part * (sorted.length - 1))];
    }
    double[] between =
        Arrays.stream(levels).filter(v -> v > lowest && v < highest).distinct().toArray();
    boolean isStep = between.length == 0 && lowest < highest;
    return isStep ? new double[] {lowest + (highest - lowest) / 2} : between;
  }

  /** The pieces of the line of a level, with a gap after each. */
  Points at(double level) {
    List<double[]> ends = new ArrayList<>();
    for (int row = 0; row < CELLS; row++) {
      for (int column = 0; column < CELLS; column++) {
        addPieces(ends, row, column, level);
      }
    }
    double[] x = new double[ends.size() / 2 * 3];
    double[] y = new double[x.length];
    for (int piece = 0; piece < ends.size() / 2; piece++) {
      for (int end = 0; end < 2; end++) {
        x[3 * piece + end] = ends.get(2 * piece + end)[0];
        y[3 * piece + end] = ends.get(2 * piece + end)[1];
      }
      x[3 * piece + 2] = x[3 * piece];
      y[3 * piece + 2] = Double.NaN;
    }
    return new Points(x, y);
  }

  /**
   * The crossed edges in order around the cell, taken in pairs. There are none, two or four; at a
   * saddle, with four, the mean of the corners says which belong together.
   */
  private void addPieces(List<double[]> ends, int row, int column, double level) {
    int[][] corners = {{row, column}, {row, column + 1}, {row + 1, column + 1}, {row + 1, column}};
    double sum = 0;
    for (int[] corner : corners) {
      sum += values[corner[0]][corner[1]];
    }
    if (Double.isNaN(sum)) {
      return;
    }
    List<double[]> crossings = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      double[] crossing = crossing(corners[i], corners[(i + 1) % 4], level);
      if (crossing.length > 0) {
        crossings.add(crossing);
      }
    }
    boolean firstIsAbove = values[row][column] >= level;
    boolean middleIsAbove = sum / 4 >= level;
    if (crossings.size() == 4 && firstIsAbove == middleIsAbove) {
      // The first corner is joined to the opposite one: the lines cut off the other two.
      ends.addAll(crossings);
    } else if (crossings.size() == 4) {
      ends.addAll(List.of(crossings.get(3), crossings.get(0), crossings.get(1), crossings.get(2)));
    } else {
      ends.addAll(crossings);
    }
  }

  /** Where the level is between two corners, or nothing. */
  private double[] crossing(int[] from, int[] to, double level) {
    double a = values[from[0]][from[1]];
    double b = values[to[0]][to[1]];
    if ((a >= level) == (b >= level)) {
      return new double[0];
    }
    double part = (level - a) / (b - a);
    double row = from[0] + part * (to[0] - from[0]);
    double column = from[1] + part * (to[1] - from[1]);
    return new double[] {x(column), y(row)};
  }
}
