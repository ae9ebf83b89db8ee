package dev.lanegrad.training.data;

/** A square picture on which lines with round ends are drawn, with soft edges one pixel wide. */
final class Canvas {
  private final int size;
  private final double[] ink;

  Canvas(int size) {
    this.size = size;
    ink = new double[size * size];
  }

  /** The darkness of each pixel from 0 to 1, row by row. */
  double[] ink() {
    return ink.clone();
  }

  /**
   * Draws from one point to another; pixel (r, c) has its middle at x = c and y = r. Where lines
   * meet, the darkest counts.
   *
   * @param radius half the width, in pixels
   */
  void line(double x0, double y0, double x1, double y1, double radius) {
    double reach = radius + 0.5;
    int top = Math.max(0, (int) Math.ceil(Math.min(y0, y1) - reach));
    int bottom = Math.min(size - 1, (int) Math.floor(Math.max(y0, y1) + reach));
    int left = Math.max(0, (int) Math.ceil(Math.min(x0, x1) - reach));
    int right = Math.min(size - 1, (int) Math.floor(Math.max(x0, x1) + reach));
    double dx = x1 - x0;
    double dy = y1 - y0;
    double squaredLength = dx * dx + dy * dy;
    for (int r = top; r <= bottom; r++) {
      for (int c = left; c <= right; c++) {
        double along = (c - x0) * dx + (r - y0) * dy;
        double t = squaredLength == 0 ? 0 : Math.clamp(along / squaredLength, 0.0, 1.0);
        double acrossX = c - x0 - t * dx;
        double acrossY = r - y0 - t * dy;
        double distance = Math.sqrt(acrossX * acrossX + acrossY * acrossY);
        int pixel = r * size + c;
        ink[pixel] = Math.max(ink[pixel], Math.clamp(reach - distance, 0.0, 1.0));
      }
    }
  }

  /** Draws from each point to the next, x and y in turn. */
  void lines(double[] points, double radius) {
    for (int i = 2; i < points.length; i += 2) {
      line(points[i - 2], points[i - 1], points[i], points[i + 1], radius);
    }
  }

  /**
   * Draws a curve through points (Catmull and Rom 1974), x and y in turn, as short lines.
   *
   * @param parts lines between two points
   */
  void curve(double[] points, int parts, double radius) {
    int last = points.length / 2 - 1;
    for (int i = 0; i < last; i++) {
      double fromX = points[2 * i];
      double fromY = points[2 * i + 1];
      for (int part = 1; part <= parts; part++) {
        double t = (double) part / parts;
        double x = between(points, 0, i, last, t);
        double y = between(points, 1, i, last, t);
        line(fromX, fromY, x, y, radius);
        fromX = x;
        fromY = y;
      }
    }
  }

  private static double between(double[] points, int coordinate, int i, int last, double t) {
    double before = points[2 * Math.max(i - 1, 0) + coordinate];
    double from = points[2 * i + coordinate];
    double to = points[2 * (i + 1) + coordinate];
    double after = points[2 * Math.min(i + 2, last) + coordinate];
    double linear = (to - before) / 2;
    double square = before - 2.5 * from + 2 * to - after / 2;
    double cubic = (after - before) / 2 + 1.5 * (from - to);
    return ((cubic * t + square) * t + linear) * t + from;
  }
}
