package dev.lanegrad.plots;

import java.util.Arrays;

/**
 * Cuts a line at the edges of a region.
 *
 * <p>Source: Liang and Barsky, "A new concept and method for line clipping", ACM Transactions on
 * Graphics 3(1), 1984.
 */
final class Clipping {
  private final Region region;
  private double[] x = new double[16];
  private double[] y = new double[16];
  private int count;

  private double lastX;
  private double lastY = Double.NaN;

  /** The parts of the piece at hand that lie inside, from 0 to 1. */
  private double from;

  private double to;

  Clipping(Region region) {
    this.region = region;
  }

  Points points() {
    return new Points(Arrays.copyOf(x, count), Arrays.copyOf(y, count));
  }

  /** Goes on to a point, or with y NaN to a gap. */
  void lineTo(double nextX, double nextY) {
    double dx = nextX - lastX;
    double dy = nextY - lastY;
    from = 0;
    to = 1;
    if (Double.isNaN(nextY)) {
      addGap();
    } else if (Double.isNaN(lastY)) {
      addFirst(nextX, nextY);
    } else if (cut(-dx, lastX - region.left())
        && cut(dx, region.right() - lastX)
        && cut(-dy, lastY - region.bottom())
        && cut(dy, region.top() - lastY)) {
      if (from > 0) {
        addGap();
        add(lastX + from * dx, lastY + from * dy);
      }
      add(to < 1 ? lastX + to * dx : nextX, to < 1 ? lastY + to * dy : nextY);
    } else {
      addGap();
    }
    lastX = nextX;
    lastY = nextY;
  }

  /** Keeps the parts t of the piece where {@code t speed <= room}; whether any are left. */
  private boolean cut(double speed, double room) {
    if (speed == 0) {
      return room >= 0;
    }
    double t = room / speed;
    if (speed < 0) {
      from = Math.max(from, t);
    } else {
      to = Math.min(to, t);
    }
    return from <= to;
  }

  private void addFirst(double firstX, double firstY) {
    if (region.contains(firstX, firstY)) {
      add(firstX, firstY);
    }
  }

  private void addGap() {
    if (count > 0 && !Double.isNaN(y[count - 1])) {
      add(x[count - 1], Double.NaN);
    }
  }

  private void add(double nextX, double nextY) {
    if (count == x.length) {
      x = Arrays.copyOf(x, 2 * count);
      y = Arrays.copyOf(y, 2 * count);
    }
    x[count] = nextX;
    y[count++] = nextY;
  }
}
