package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.List;
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
public final class RNN implements Layer {
  /** The function of a step. */
  public enum Nonlinearity {
    /** tanh. */
    TANH,
    /** max(x, 0). */
    RELU
  }

  private final RecurrentStack stack;

  /** One float32 layer that reads forward, with steps first. */
  public RNN(int in, int hidden, RandomGenerator random) {
    this(in, hidden, RecurrentOptions.DEFAULTS, random);
  }

  /** A float32 layer. */
  public RNN(int in, int hidden, RecurrentOptions options, RandomGenerator random) {
    this(in, hidden, options, DType.FLOAT32, random);
  }

  /**
   * A layer whose weights and biases are uniform between -1 / sqrt(hidden) and 1 / sqrt(hidden).
   */
  public RNN(int in, int hidden, RecurrentOptions options, DType dtype, RandomGenerator random) {
    this(in, hidden, Nonlinearity.TANH, options, dtype, random);
  }

  /** A layer with another function than tanh. */
  public RNN(
      int in,
      int hidden,
      Nonlinearity nonlinearity,
      RecurrentOptions options,
      DType dtype,
      RandomGenerator random) {
    RecurrentCell cell =
        Require.present("rnn", "nonlinearity", nonlinearity) == Nonlinearity.TANH
            ? RecurrentCell.RNN_TANH
            : RecurrentCell.RNN_RELU;
    this.stack = new RecurrentStack("rnn", cell, in, hidden, options, dtype, random);
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
  public RecurrentOutput run(Tensor x) {
    return result(stack.run(x, List.of()));
  }

  /**
   * Outputs and last states, from given states.
   *
   * @param hidden h of every layer and direction, {@code [layers directions, n, hidden]}
   */
  public RecurrentOutput run(Tensor x, Tensor hidden) {
    return result(stack.run(x, List.of(Require.present("rnn", "hidden", hidden))));
  }

  private static RecurrentOutput result(RecurrentStack.Result result) {
    return new RecurrentOutput(result.outputs(), result.states().get(0));
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
    return "RNN" + stack;
  }
}
