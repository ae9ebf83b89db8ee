package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Adds to each step a learned vector that says where it is. PyTorch has none.
 *
 * <p>Shapes: {@code [.., steps, features]} gives the same.
 *
 * @param weight the vectors, of shape [most steps, features]
 */
public record LearnedPositionalEncoding(Parameter weight) implements Layer {
  private static final String NAME = "learnedPositionalEncoding";
  private static final String WEIGHT = "a weight [steps, features]";

  /** As in BERT and GPT-2. */
  private static final double DEVIATION = 0.02;

  /**
   * A layer of given vectors.
   *
   * @throws ShapeException if they are no matrix or have no element
   */
  public LearnedPositionalEncoding {
    if (weight.shape().rank() != 2) {
      throw new ShapeException(
          "learnedPositionalEncoding: takes a weight [steps, features], not " + weight.shape());
    }
    Require.lengths(NAME, WEIGHT, weight.shape().toArray());
  }

  /** A float32 layer. */
  public LearnedPositionalEncoding(int steps, int features, RandomGenerator random) {
    this(steps, features, DType.FLOAT32, random);
  }

  /**
   * A layer for sequences of up to so many steps; normal numbers of deviation 0.02 at first.
   *
   * @throws DTypeException if the dtype is neither float32 nor float64
   */
  public LearnedPositionalEncoding(int steps, int features, DType dtype, RandomGenerator random) {
    this(
        Parameter.of(
            "weight",
            Initializer.normal(0, DEVIATION)
                .create(random, dtype, Require.lengths(NAME, dtype, WEIGHT, steps, features))));
  }

  /**
   * The input with its positions.
   *
   * @throws ShapeException if it has more steps or other features than the weight
   */
  @Override
  public Tensor forward(Tensor x) {
    return x.add(PositionalEncoding.rows(NAME, weight.tensor(), x));
  }

  @Override
  public List<Parameter> ownParameters() {
    return List.of(weight);
  }

  @Override
  public String toString() {
    return "LearnedPositionalEncoding[%s]".formatted(weight.shape());
  }
}
