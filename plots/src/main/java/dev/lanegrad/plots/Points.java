package dev.lanegrad.plots;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

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

  /** More of one group would cover each other, and make a file that is slow to show. */
  private static final int MOST_DOTS = 5_000;

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
    return (int) usedY().count();
  }

  DoubleStream usedX() {
    return IntStream.range(0, x.length).filter(i -> Double.isFinite(y[i])).mapToDouble(i -> x[i]);
  }

  DoubleStream usedY() {
    return Arrays.stream(y).filter(Double::isFinite);
  }

  /** As XChart gets them. */
  Points on(Side xSide, Side ySide) {
    return new Points(xSide.places(x), ySide.places(y));
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

  /** The last point, by itself; there has to be one. */
  Points last() {
    for (int i = y.length - 1; ; i--) {
      if (Double.isFinite(y[i])) {
        return new Points(new double[] {x[i]}, new double[] {y[i]});
      }
    }
  }

  /** What of the line lies in a region, with gaps where it leaves it. */
  Points inside(Region region) {
    Clipping clipping = new Clipping(region);
    for (int i = 0; i < x.length; i++) {
      clipping.lineTo(x[i], y[i]);
    }
    return clipping.points();
  }

  /** The points of a region, none of which a line joins. */
  Points dotsInside(Region region) {
    double[] shown = y.clone();
    for (int i = 0; i < shown.length; i++) {
      shown[i] = region.contains(x[i], y[i]) ? y[i] : Double.NaN;
    }
    return new Points(x, shown);
  }

  /** Of very many points that no line joins every so many. */
  Points sampled() {
    int[] shown = IntStream.range(0, y.length).filter(i -> Double.isFinite(y[i])).toArray();
    int step = (shown.length + MOST_DOTS - 1) / MOST_DOTS;
    int[] kept = IntStream.range(0, shown.length).filter(i -> i % step == 0).toArray();
    return new Points(
        Arrays.stream(kept).mapToDouble(i -> x[shown[i]]).toArray(),
        Arrays.stream(kept).mapToDouble(i -> y[shown[i]]).toArray());
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
