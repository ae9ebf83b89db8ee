package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * In training, each element becomes 0 with a probability, else x / (1 - rate); in evaluation the
 * input is the output. The masks follow from a seed and a counter, which are saved as a buffer.
 *
 * <p>Shapes: {@code s -> s}.
 *
 * <p>Source: Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov, "Dropout: a simple way to
 * prevent neural networks from overfitting", JMLR 15, 2014.
 *
 * @param rate the probability, from 0 to 1
 * @param key float64 [2], the seed and how many masks have been drawn
 * @param mode whether it drops
 */
public record Dropout(double rate, Parameter key, Mode mode) implements Layer {
  /**
   * A layer of given state.
   *
   * @throws IllegalArgumentException if the rate is not in [0, 1]
   */
  public Dropout {
    Require.present("dropout", "key", key);
    Require.present("dropout", "mode", mode);
    DropoutKey.check("dropout", rate, key);
  }

  /** A layer that drops other elements in each run of a program. */
  public Dropout(double rate) {
    this(rate, RandomGenerator.getDefault());
  }

  /** A layer with a seed from a generator; equal generators give equal masks. */
  public Dropout(double rate, RandomGenerator random) {
    this(rate, DropoutKey.create(random), new Mode());
  }

  @Override
  public Tensor forward(Tensor x) {
    return mode.isTraining() && rate > 0 ? DropoutKey.drop(x, rate, key, x.shape().toArray()) : x;
  }

  @Override
  public List<Parameter> ownBuffers() {
    return List.of(key);
  }

  @Override
  public String toString() {
    return "Dropout[rate=%s]".formatted(rate);
  }
}
