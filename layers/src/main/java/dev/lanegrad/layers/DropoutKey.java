package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.internal.op.Philox;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Update;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What dropout draws its masks from: a seed and how many have been drawn, in a buffer, so that a
 * saved layer goes on where it stopped.
 */
final class DropoutKey {
  /** Of 64 random bits those that a float64 holds exactly. */
  private static final int SEED_SHIFT = 64 - 53;

  private static final Formula X = Formula.input(0);
  private static final Formula UNIFORM = Formula.input(1);
  private static final Elementwise ADD = Elementwise.of(X.add(UNIFORM));
  private static final Tensor ONE_MORE = Tensor.of(0.0, 1);

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
    Tensor dropped = rate == 1 ? x.mul(0) : kept(x, rate, key, Shape.of(maskShape));
    new Update(ADD, List.of(key)).apply(ONE_MORE);
    return dropped;
  }

  private static Tensor kept(Tensor x, double rate, Parameter key, Shape maskShape) {
    Tensor uniform = new Philox(x.dtype(), maskShape).applyTo(key.tensor().detach());
    Formula mask = UNIFORM.greaterEqual(rate).mul(1 / (1 - rate));
    return Elementwise.of(X.mul(mask)).applyTo(x, uniform);
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
