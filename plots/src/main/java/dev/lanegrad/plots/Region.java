package dev.lanegrad.plots;

/**
 * A rectangle of the plane.
 *
 * @param left the smallest x
 * @param right the largest x
 * @param bottom the smallest y
 * @param top the largest y
 */
public record Region(double left, double right, double bottom, double top) {
  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException unless {@code left < right}, {@code bottom < top}, and all are
   *     finite
   */
  public Region {
    boolean isFinite = Double.isFinite(right - left) && Double.isFinite(top - bottom);
    if (!isFinite || !(left < right) || !(bottom < top)) {
      throw new IllegalArgumentException(
          "region: from "
              + (left + " to " + right + ", and from ")
              + (bottom + " to " + top + " upwards, is no rectangle"));
    }
  }

  boolean contains(double x, double y) {
    return x >= left && x <= right && y >= bottom && y <= top;
  }
}
