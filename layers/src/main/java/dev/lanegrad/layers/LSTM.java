package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.random.RandomGenerator;

/**
 * Long short-term memory with PyTorch's equations: for each step
 *
 * <pre>
 * i  = sigmoid(W_ii x + b_ii + W_hi h + b_hi)
 * f  = sigmoid(W_if x + b_if + W_hf h + b_hf)
 * g  = tanh(W_ig x + b_ig + W_hg h + b_hg)
 * o  = sigmoid(W_io x + b_io + W_ho h + b_ho)
 * c' = f c + i g
 * h' = o tanh(c')
 * </pre>
 *
 * The parameters of layer k are {@code weight_ih_lk} [4 hidden, in], {@code weight_hh_lk} [4
 * hidden, hidden], {@code bias_ih_lk} and {@code bias_hh_lk}, with {@code _reverse} behind it for
 * the other direction; their rows are in the order i, f, g, o.
 *
 * <p>Shapes: {@code [steps, n, in] -> [steps, n, directions hidden]}, with the batch first {@code
 * [n, steps, in] -> [n, steps, directions hidden]}.
 *
 * <p>Source: Hochreiter and Schmidhuber, "Long short-term memory", Neural Computation 9(8), 1997,
 * with the forget gate of Gers, Schmidhuber and Cummins, 2000.
 */
public final class LSTM extends RecurrentLayer<LSTM.Output> {
  /**
   * What a run gives.
   *
   * @param outputs the top layer's h of every step, {@code [steps, n, directions hidden]}, or
   *     {@code [n, steps, directions hidden]} where the batch comes first
   * @param hidden every layer's h after its last step, {@code [layers directions, n, hidden]}:
   *     layer by layer, the forward direction first
   * @param cell every layer's c after its last step, of the same shape
   */
  public record Output(Tensor outputs, Tensor hidden, Tensor cell) {}

  /**
   * One float32 layer that reads forward, with steps first: PyTorch's {@code LSTM(in, hidden)}.
   *
   * @throws ShapeException if a size is less than 1
   */
  public LSTM(int in, int hidden, RandomGenerator random) {
    this(in, hidden, RecurrentOptions.DEFAULTS, random);
  }

  /**
   * A float32 layer with options, as {@link #LSTM(int, int, RecurrentOptions, DType,
   * RandomGenerator)} takes them.
   *
   * @throws ShapeException if a size is less than 1
   */
  public LSTM(int in, int hidden, RecurrentOptions options, RandomGenerator random) {
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
  public LSTM(int in, int hidden, RecurrentOptions options, DType dtype, RandomGenerator random) {
    super(new RecurrentStack("LSTM", RecurrentCell.LSTM, in, hidden, options, dtype, random));
  }

  /**
   * Outputs and last states, from given states.
   *
   * @param hidden h of every layer and direction, {@code [layers directions, n, hidden]}
   * @param cell c of the same shape
   * @throws ShapeException if the input is no sequence of this width, or a state has another shape
   */
  public Output run(Tensor x, Tensor hidden, Tensor cell) {
    return runFrom(
        x, Require.present("lstm", "hidden", hidden), Require.present("lstm", "cell", cell));
  }

  @Override
  Output result(RecurrentStack.Result result) {
    return new Output(result.outputs(), result.states().get(0), result.states().get(1));
  }
}
