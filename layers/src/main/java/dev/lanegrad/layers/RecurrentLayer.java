package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.List;

/**
 * A layer that reads a sequence step by step and hands a state on: {@link RNN}, {@link GRU} or
 * {@link LSTM}. PyTorch: {@code RNNBase}.
 *
 * <p>Shapes: {@code [steps, n, in] -> [steps, n, directions hidden]}, with the batch first {@code
 * [n, steps, in] -> [n, steps, directions hidden]}.
 *
 * @param <R> what a run gives: outputs and last states
 */
public abstract sealed class RecurrentLayer<R> implements Layer permits RNN, GRU, LSTM {
  private final RecurrentStack stack;

  RecurrentLayer(RecurrentStack stack) {
    this.stack = stack;
  }

  /**
   * The outputs of all steps, from states of zeros: the first of what PyTorch's {@code forward}
   * returns.
   *
   * @throws ShapeException if the input is no sequence of this width
   */
  @Override
  public Tensor forward(Tensor x) {
    return stack.run(x, List.of()).outputs();
  }

  /**
   * Outputs and last states, from states of zeros.
   *
   * @throws ShapeException if the input is no sequence of this width
   * @throws DTypeException if it is not of the parameters' dtype
   */
  public R run(Tensor x) {
    return result(stack.run(x, List.of()));
  }

  /** From given states, one or two as the cell has them. */
  final R runFrom(Tensor x, Tensor... states) {
    return result(stack.run(x, List.of(states)));
  }

  abstract R result(RecurrentStack.Result result);

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
    return stack.toString();
  }
}
