package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
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
public final class GRU extends RecurrentLayer<RecurrentOutput> {
  /**
   * One float32 layer that reads forward, with steps first: PyTorch's {@code GRU(in, hidden)}.
   *
   * @throws ShapeException if a size is less than 1
   */
  public GRU(int in, int hidden, RandomGenerator random) {
    this(in, hidden, RecurrentOptions.DEFAULTS, random);
  }

  /**
   * A float32 layer with options, as {@link #GRU(int, int, RecurrentOptions, DType,
   * RandomGenerator)} takes them.
   *
   * @throws ShapeException if a size is less than 1
   */
  public GRU(int in, int hidden, RecurrentOptions options, RandomGenerator random) {
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
  public GRU(int in, int hidden, RecurrentOptions options, DType dtype, RandomGenerator random) {
    super(new RecurrentStack("GRU", RecurrentCell.GRU, in, hidden, options, dtype, random));
  }

  /**
   * Outputs and last states, from given states.
   *
   * @param hidden h of every layer and direction, {@code [layers directions, n, hidden]}
   * @throws ShapeException if the input is no sequence of this width, or a state has another shape
   */
  public RecurrentOutput run(Tensor x, Tensor hidden) {
    return runFrom(x, Require.present("gru", "hidden", hidden));
  }

  @Override
  RecurrentOutput result(RecurrentStack.Result result) {
    return new RecurrentOutput(result.outputs(), result.states().getFirst());
  }
}
