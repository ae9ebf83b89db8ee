package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.List;
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
public final class LSTM implements Layer {
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

  private final RecurrentStack stack;

  /** One float32 layer that reads forward, with steps first. */
  public LSTM(int in, int hidden, RandomGenerator random) {
    this(in, hidden, RecurrentOptions.DEFAULTS, random);
  }

  /** A float32 layer. */
  public LSTM(int in, int hidden, RecurrentOptions options, RandomGenerator random) {
    this(in, hidden, options, DType.FLOAT32, random);
  }

  /**
   * A layer whose weights and biases are uniform between -1 / sqrt(hidden) and 1 / sqrt(hidden).
   */
  public LSTM(int in, int hidden, RecurrentOptions options, DType dtype, RandomGenerator random) {
    this.stack = new RecurrentStack("lstm", RecurrentCell.LSTM, in, hidden, options, dtype, random);
  }

  /**
   * The outputs of all steps, from states of zeros.
   *
   * @throws ShapeException if the input is no sequence of this width
   */
  @Override
  public Tensor forward(Tensor x) {
    return run(x).outputs();
  }

  /** Outputs and last states, from states of zeros. */
  public Output run(Tensor x) {
    return result(stack.run(x, List.of()));
  }

  /**
   * Outputs and last states, from given states.
   *
   * @param hidden h of every layer and direction, {@code [layers directions, n, hidden]}
   * @param cell c of the same shape
   */
  public Output run(Tensor x, Tensor hidden, Tensor cell) {
    return result(
        stack.run(
            x,
            List.of(
                Require.present("lstm", "hidden", hidden), Require.present("lstm", "cell", cell))));
  }

  private static Output result(RecurrentStack.Result result) {
    return new Output(result.outputs(), result.states().get(0), result.states().get(1));
  }

  @Override
  public List<Parameter> ownParameters() {
    return stack.parameters();
  }

  @Override
  public List<Parameter> ownBuffers() {
    return stack.buffers();
  }

  @Override
  public Mode mode() {
    return stack.mode();
  }

  @Override
  public String toString() {
    return "LSTM" + stack;
  }
}
