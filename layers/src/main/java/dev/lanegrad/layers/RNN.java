package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.random.RandomGenerator;

/**
 * A recurrent layer, PyTorch's {@code RNN}: for each step
 *
 * <pre>
 * h' = tanh(W_ih x + b_ih + W_hh h + b_hh)
 * </pre>
 *
 * The parameters of layer k are {@code weight_ih_lk} [hidden, in], {@code weight_hh_lk} [hidden,
 * hidden], {@code bias_ih_lk} and {@code bias_hh_lk}, with {@code _reverse} behind it for the other
 * direction.
 *
 * <p>Shapes: {@code [steps, n, in] -> [steps, n, directions hidden]}, with the batch first {@code
 * [n, steps, in] -> [n, steps, directions hidden]}.
 */
public final class RNN extends RecurrentLayer<RecurrentOutput> {
  /** The function of a step. */
  public enum Nonlinearity {
    /** tanh. */
    TANH,
    /** max(x, 0). */
    RELU
  }

  /**
   * One float32 layer that reads forward, with steps first: PyTorch's {@code RNN(in, hidden)}.
   *
   * @throws ShapeException if a size is less than 1
   */
  public RNN(int in, int hidden, RandomGenerator random) {
    this(in, hidden, RecurrentOptions.DEFAULTS, random);
  }

  /**
   * A float32 layer with options, as {@link #RNN(int, int, RecurrentOptions, DType,
   * RandomGenerator)} takes them.
   *
   * @throws ShapeException if a size is less than 1
   */
  public RNN(int in, int hidden, RecurrentOptions options, RandomGenerator random) {
    this(in, hidden, options, DType.FLOAT32, random);
  }

  /**
   * A layer whose weights and biases are uniform between -1 / sqrt(hidden) and 1 / sqrt(hidden).
   *
   * @param in how many features a step of the input has; PyTorch's {@code input_size}
   * @param hidden how many features a state has; PyTorch's {@code hidden_size}
   * @param options layers, directions, order of dimensions, dropout and biases, with PyTorch's
   *     defaults: {@code num_layers=2, bidirectional=True, batch_first=True} is {@code
   *     RecurrentOptions.DEFAULTS.withLayers(2).withBothDirections().withBatchFirst()}
   * @param dtype of all parameters
   * @param random what draws them: equal generators give equal layers
   * @throws ShapeException if a size is less than 1
   * @throws DTypeException if the dtype is neither float32 nor float64
   */
  public RNN(int in, int hidden, RecurrentOptions options, DType dtype, RandomGenerator random) {
    this(in, hidden, Nonlinearity.TANH, options, dtype, random);
  }

  /**
   * A layer with another function than tanh.
   *
   * @param nonlinearity of a step; PyTorch's {@code nonlinearity}
   * @throws ShapeException if a size is less than 1
   */
  public RNN(
      int in,
      int hidden,
      Nonlinearity nonlinearity,
      RecurrentOptions options,
      DType dtype,
      RandomGenerator random) {
    super(new RecurrentStack("RNN", cell(nonlinearity), in, hidden, options, dtype, random));
  }

  private static RecurrentCell cell(Nonlinearity nonlinearity) {
    return switch (Require.present("rnn", "nonlinearity", nonlinearity)) {
      case TANH -> RecurrentCell.RNN_TANH;
      case RELU -> RecurrentCell.RNN_RELU;
    };
  }

  /**
   * Outputs and last states, from given states.
   *
   * @param hidden h of every layer and direction, {@code [layers directions, n, hidden]}
   * @throws ShapeException if the input is no sequence of this width, or a state has another shape
   */
  public RecurrentOutput run(Tensor x, Tensor hidden) {
    return runFrom(x, Require.present("rnn", "hidden", hidden));
  }

  @Override
  RecurrentOutput result(RecurrentStack.Result result) {
    return new RecurrentOutput(result.outputs(), result.states().getFirst());
  }
}
