package dev.lanegrad.examples.lectures.representation;

import dev.lanegrad.plots.Series;
import java.util.stream.IntStream;

/** Convex hulls of points of the plane. */
final class Hull {
  private Hull() {}

  /**
   * Whether a point of one group has points of the other in every half plane around it, so that no
   * line separates them.
   */
  static boolean reachesInto(Series one, Series other) {
    double[] x = one.x();
    double[] y = one.y();
    return IntStream.range(0, x.length).anyMatch(i -> isSurrounded(x[i], y[i], other));
  }

  private static boolean isSurrounded(double x, double y, Series other) {
    double[] ox = other.x();
    double[] oy = other.y();
    double[] angles =
        IntStream.range(0, ox.length)
            .mapToDouble(k -> Math.atan2(oy[k] - y, ox[k] - x))
            .sorted()
            .toArray();
    double last = angles[angles.length - 1];
    double widest = angles[0] + 2 * Math.PI - last;
    for (int k = 1; k < angles.length; k++) {
      widest = Math.max(widest, angles[k] - angles[k - 1]);
    }
    return widest < Math.PI;
  }
}
