package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.RandomKey;
import dev.lanegrad.autodiff.Tensor;
import java.util.random.RandomGenerator;

/**
 * What dropout draws its masks from: a seed and how many have been drawn, in a buffer, so that a
 * saved layer goes on where it stopped.
 */
final class DropoutKey {
  /** Of 64 random bits those that a float64 holds exactly. */
  private static final int SEED_SHIFT = 64 - 53;

  private DropoutKey() {}

  static Parameter create(RandomGenerator random) {
    long seed = random.nextLong() >>> SEED_SHIFT;
    return Parameter.buffer("key", Tensor.of((double) seed, 0));
  }

  /** The input without what the next mask of a shape that broadcasts to it drops. */
  static Tensor drop(Tensor x, double rate, Parameter key, int... maskShape) {
    if (x.isMeta()) {
      return x.mul(0);
    }
    double[] state = key.tensor().toDoubleArray();
    key.assign(Tensor.of(state[0], state[1] + 1));
    if (rate == 1) {
      return x.mul(0);
    }
    RandomKey random = new RandomKey((long) state[0], (long) state[1]);
    return x.mul(random.dropoutMask(rate, x.dtype(), maskShape));
  }

  /**
   * Checks a rate and a key.
   *
   * @throws IllegalArgumentException if the rate is no probability or the key is none
   */
  static void check(String layer, double rate, Parameter key) {
    Require.part(layer, "rate", rate);
    if (key.dtype() != DType.FLOAT64 || key.size() != 2) {
      throw new IllegalArgumentException(
          "%s: a key is float64[2], not %s%s".formatted(layer, key.dtype(), key.shape()));
    }
  }
}
