package dev.lanegrad.layers;

import java.util.random.RandomGenerator;

/** A normal distribution cut off at both ends, drawn from by rejection. */
record TruncatedNormal(double mean, double deviation, double low, double high) {
  /** Where an interval is so narrow, in deviations, uniform numbers are rejected more rarely. */
  private static final double NARROW = 2;

  TruncatedNormal {
    if (!(deviation > 0 && low < high)) {
      throw new IllegalArgumentException(
          "truncated normal: needs a deviation > 0 and low < high, not %s and [%s, %s]"
              .formatted(deviation, low, high));
    }
  }

  double draw(RandomGenerator random) {
    double from = (low - mean) / deviation;
    double to = (high - mean) / deviation;
    boolean hitsOften = from < 0 && to > 0 && to - from > NARROW;
    double z = hitsOften ? inside(random, from, to) : uniform(random, from, to);
    return Math.clamp(mean + deviation * z, low, high);
  }

  private static double inside(RandomGenerator random, double from, double to) {
    double z;
    do {
      z = random.nextGaussian();
    } while (z < from || z > to);
    return z;
  }

  /** Uniform numbers, kept with the density's ratio to its largest value in the interval. */
  private static double uniform(RandomGenerator random, double from, double to) {
    double peak = Math.clamp(0, from, to);
    double z;
    do {
      z = from + (to - from) * random.nextDouble();
    } while (random.nextDouble() > StrictMath.exp((peak * peak - z * z) / 2));
    return z;
  }
}
