package dev.lanegrad.benchmarks;

/**
 * What a ratio is to reach.
 *
 * @param ratio that is wanted; NaN for none
 * @param isOfSlower whether that is enough against the slowest of those that the same is compared
 *     with and that have such a target: "the bandwidth or MKL, whichever is less"
 */
record Target(double ratio, boolean isOfSlower) {
  static final Target NONE = new Target(Double.NaN, false);

  static Target of(double ratio) {
    return new Target(ratio, false);
  }

  static Target ofSlower(double ratio) {
    return new Target(ratio, true);
  }

  boolean isNone() {
    return Double.isNaN(ratio);
  }
}
