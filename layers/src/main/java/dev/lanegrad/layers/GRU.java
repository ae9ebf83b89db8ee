package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A gated recurrent unit with PyTorch's equations: for each step
 *
 * <pre>
 * r  = sigmoid(W_ir x + b_ir + W_hr h + b_hr)
 * z  = sigmoid(W_iz x + b_iz + W_hz h + b_hz)
 * n  = tanh(W_in x + b_in + r (W_hn h + b_hn))
 * h' = (1 - z) n + z h
 * </pre>
 *
 * The parameters of layer k are {@code weight_ih_lk} [3 hidden, in], {@code weight_hh_lk} [3
 * hidden, hidden], {@code bias_ih_lk} and {@code bias_hh_lk}, with {@code _reverse} behind it for
 * the other direction; their rows are in the order r, z, n.
 *
 * <p>Shapes: {@code [steps, n, in] -> [steps, n, directions hidden]}, with the batch first {@code
 * [n, steps, in] -> [n, steps, directions hidden]}.
 *
 * <p>Source: Cho et al., "Learning phrase representations using RNN encoder-decoder for statistical
 * machine translation", 2014, <a href="https://arxiv.org/abs/1406.1078">arXiv:1406.1078</a>, with r
 * applied after the product as in PyTorch and cuDNN.
 */
public final class GRU implements Layer {
  private final RecurrentStack stack;

  /** One float32 layer that reads forward, with steps first. */
  public GRU(int in, int hidden, RandomGenerator random) {
    this(in, hidden, RecurrentOptions.DEFAULTS, random);
  }

  /** A float32 layer. */
  public GRU(int in, int hidden, RecurrentOptions options, RandomGenerator random) {
    this(in, hidden, options, DType.FLOAT32, random);
  }

  /**
   * A layer whose weights and biases are uniform between -1 / sqrt(hidden) and 1 / sqrt(hidden).
   */
  public GRU(int in, int hidden, RecurrentOptions options, DType dtype, RandomGenerator random) {
    this.stack = new RecurrentStack("gru", RecurrentCell.GRU, in, hidden, options, dtype, random);
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
    return result(stack.run(x, List.of(Require.present("gru", "hidden", hidden))));
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
    return "GRU" + stack;
  }
}
