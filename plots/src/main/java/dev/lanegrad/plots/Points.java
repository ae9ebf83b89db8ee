package dev.lanegrad.plots;

import java.util.Arrays;

/**
 * The points of a line that can be drawn, with y NaN where it has a gap.
 *
 * @param x finite
 * @param y as many, finite or NaN
 */
record Points(double[] x, double[] y) {
  /** So many parts a long line is thinned to: more than a picture has columns of pixels. */
  private static final int PARTS = 1_000;

  private static final int LONG = 4 * PARTS;

  static Points on(Axis xAxis, Axis yAxis, Series series) {
    double[] x = series.x();
    double[] y = series.y();
    double place = Arrays.stream(x).filter(xAxis::has).findFirst().orElse(1);
    for (int i = 0; i < x.length; i++) {
      if (xAxis.has(x[i]) && yAxis.has(y[i])) {
        continue;
      }
      y[i] = Double.NaN;
      x[i] = xAxis.has(x[i]) ? x[i] : place; // a gap has to be somewhere
    }
    return new Points(x, y);
  }

  int count() {
    return (int) Arrays.stream(y).filter(Double::isFinite).count();
  }

  /** Whether two points are next to each other. */
  boolean hasLine() {
    for (int i = 1; i < y.length; i++) {
      if (Double.isFinite(y[i - 1]) && Double.isFinite(y[i])) {
        return true;
      }
    }
    return false;
  }

  /** Of each part of a long line the lowest and the highest point, and a gap if there is one. */
  Points thinned() {
    if (x.length <= LONG) {
      return this;
    }
    int[] kept = new int[3 * PARTS];
    int count = 0;
    for (int part = 0; part < PARTS; part++) {
      int begin = (int) ((long) part * x.length / PARTS);
      int end = (int) ((long) (part + 1) * x.length / PARTS);
      int[] chosen = extremes(begin, end);
      for (int i : chosen) {
        kept[count++] = i;
      }
    }
    int[] indices = Arrays.copyOf(kept, count);
    return new Points(
        Arrays.stream(indices).mapToDouble(i -> x[i]).toArray(),
        Arrays.stream(indices).mapToDouble(i -> y[i]).toArray());
  }

  private int[] extremes(int begin, int end) {
    int lowest = begin;
    int highest = begin;
    int gap = begin;
    for (int i = begin; i < end; i++) {
      if (Double.isNaN(y[i])) {
        gap = i;
      } else {
        lowest = Double.isNaN(y[lowest]) || y[i] < y[lowest] ? i : lowest;
        highest = Double.isNaN(y[highest]) || y[i] > y[highest] ? i : highest;
      }
    }
    return Arrays.stream(new int[] {lowest, highest, gap}).sorted().distinct().toArray();
  }
}
