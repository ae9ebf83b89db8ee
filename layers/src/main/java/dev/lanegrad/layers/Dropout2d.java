package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * {@link Dropout} of whole channels: neighbours in an image say nearly the same, so that dropping
 * single pixels takes little away.
 *
 * <p>Shapes: {@code [n, channels, height, width]} gives the same.
 *
 * <p>Source: Tompson, Goroshin, Jain, LeCun and Bregler, "Efficient object localization using
 * convolutional networks", 2015, <a href="https://arxiv.org/abs/1411.4280">arXiv:1411.4280</a>.
 *
 * @param rate the probability that a channel becomes 0, from 0 to 1
 * @param key float64 [2], the seed and how many masks have been drawn
 * @param mode whether it drops
 */
public record Dropout2d(double rate, Parameter key, Mode mode) implements Layer {
  /**
   * A layer of given state.
   *
   * @throws IllegalArgumentException if the rate is not in [0, 1]
   */
  public Dropout2d {
    Require.present("dropout2d", "key", key);
    Require.present("dropout2d", "mode", mode);
    DropoutKey.check("dropout2d", rate, key);
  }

  /** A layer that drops other channels in each run of a program. */
  public Dropout2d(double rate) {
    this(rate, RandomGenerator.getDefault());
  }

  /** A layer with a seed from a generator; equal generators give equal masks. */
  public Dropout2d(double rate, RandomGenerator random) {
    this(rate, DropoutKey.create(random), new Mode());
  }

  /**
   * The input without some of its channels.
   *
   * @throws ShapeException if it is not of rank 4
   */
  @Override
  public Tensor forward(Tensor x) {
    if (x.rank() != 4) {
      throw new ShapeException("dropout2d: takes [n, channels, height, width], not " + x.shape());
    }
    return mode.isTraining() && rate > 0
        ? DropoutKey.drop(x, rate, key, x.shape().dim(0), x.shape().dim(1), 1, 1)
        : x;
  }

  @Override
  public List<Parameter> ownBuffers() {
    return List.of(key);
  }

  @Override
  public String toString() {
    return "Dropout2d[rate=%s]".formatted(rate);
  }
}
