package dev.lanegrad.layers;

/**
 * By how much weights have to be larger before an activation, so that the variance stays the same
 * after it: PyTorch's {@code calculate_gain}.
 */
public final class Gain {
  /** Of no activation, and of the sigmoid by convention. */
  public static final double LINEAR = 1;

  /** sqrt(2): half of the numbers become 0. */
  public static final double RELU = Math.sqrt(2);

  /** Of tanh, 5/3. */
  public static final double TANH = 5 / 3.0;

  /** Of selu, 3/4. */
  public static final double SELU = 0.75;

  private Gain() {}

  /**
   * sqrt(2 / (1 + slope^2)).
   *
   * @throws IllegalArgumentException if the slope is not finite
   */
  public static double leakyRelu(double slope) {
    Require.finite("gain of leakyRelu", "slope", slope);
    return Math.sqrt(2 / (1 + slope * slope));
  }
}
