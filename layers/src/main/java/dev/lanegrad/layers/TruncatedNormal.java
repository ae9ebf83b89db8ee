package dev.lanegrad.layers;

import java.util.random.RandomGenerator;

/**
 * A normal distribution cut off at both ends, one of which may be infinite, drawn from by
 * rejection: normal numbers where the interval has the middle, uniform ones where it is narrow, and
 * else exponential ones from the end that is nearer to the mean, of which even far in the tail
 * three in four are kept.
 *
 * <p>Source of the last: Robert, "Simulation of truncated normal variables", 1995, <a
 * href="https://arxiv.org/abs/0907.4010">arXiv:0907.4010</a>, proposition 2.3.
 */
record TruncatedNormal(double mean, double deviation, double low, double high) {
  /** Where an interval is so narrow, in deviations, uniform numbers are rejected more rarely. */
  private static final double NARROW = 2;

  /**
   * Of so many uniform numbers one is kept at the least, in an interval on one side of the mean:
   * there the density has fallen to 1/e after about min(1, 1 / distance) deviations.
   */
  private static final double MOST_TRIES = 16;

  TruncatedNormal {
    boolean finite = Math.abs(mean) <= Double.MAX_VALUE && deviation <= Double.MAX_VALUE;
    boolean bounded = low <= Double.MAX_VALUE && high >= -Double.MAX_VALUE;
    if (!(finite && bounded && deviation > 0 && low < high)) {
      throw new IllegalArgumentException(
          "truncatedNormal: needs a finite mean, a finite deviation > 0 and low < high, not %s, %s"
                  .formatted(mean, deviation)
              + " and [%s, %s]".formatted(low, high));
    }
  }

  double draw(RandomGenerator random) {
    double from = (low - mean) / deviation;
    double to = (high - mean) / deviation;
    if (from < 0 && to > 0) {
      double z = to - from > NARROW ? inside(random, from, to) : uniform(random, from, to);
      return Math.clamp(mean + deviation * z, low, high);
    }
    double nearest = Math.min(Math.abs(from), Math.abs(to));
    if ((to - from) * Math.max(nearest, 1) <= MOST_TRIES) {
      return Math.clamp(mean + deviation * uniform(random, from, to), low, high);
    }
    return from >= 0
        ? Math.min(low + deviation * beyond(random, from, to - from), high)
        : Math.max(high - deviation * beyond(random, -to, to - from), low);
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

  /**
   * How far beyond {@code from}, at least 0, a normal number is, and not farther than {@code most}:
   * exponential numbers of the rate r = (from + sqrt(from^2 + 4)) / 2, kept with the probability
   * exp(-(z - r)^2 / 2).
   */
  private static double beyond(RandomGenerator random, double from, double most) {
    double root = StrictMath.hypot(from, 2);
    double rate = from / 2 + root / 2;
    double middle = 2 / (from + root);
    double excess;
    double miss;
    do {
      excess = -StrictMath.log1p(-random.nextDouble()) / rate;
      miss = excess - middle;
    } while (excess > most || random.nextDouble() > StrictMath.exp(-miss * miss / 2));
    return excess;
  }
}
