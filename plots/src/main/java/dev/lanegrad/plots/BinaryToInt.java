package dev.lanegrad.plots;

/** A whole number for each point of the plane, such as its class. */
@FunctionalInterface
public interface BinaryToInt {
  /** That of the point (x, y). */
  int of(double x, double y);
}
