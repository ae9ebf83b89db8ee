package dev.lanegrad.optim.schedule;

/** How a number goes from one value to another. */
public enum Anneal {
  /** Along half a cosine. */
  COS {
    @Override
    double between(double start, double end, double part) {
      return end + (start - end) / 2 * (StrictMath.cos(Math.PI * part) + 1);
    }
  },

  /** Along a line. */
  LINEAR {
    @Override
    double between(double start, double end, double part) {
      return start + (end - start) * part;
    }
  };

  /** The value after a part of the way, from 0 to 1. */
  abstract double between(double start, double end, double part);
}
