package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;

/** One use of an operation: what its forward and its reverse rule may read. */
public interface Call {
  /** How many inputs there are. */
  int inputs();

  /**
   * Input number i.
   *
   * @throws dev.lanegrad.autodiff.GradientException in a reverse rule, if the input has been
   *     updated in place since the operation was recorded
   */
  Tensor input(int i);

  /** How many outputs there are. */
  int outputs();

  /** Dtype and shape of input number i, which may be asked for whatever became of its elements. */
  TensorType inputType(int i);

  /**
   * Output number k as the forward rule computed it.
   *
   * @throws IllegalStateException in a forward rule
   */
  Tensor output(int k);

  /** What {@link Op#infer} said of output number k. */
  TensorType type(int k);

  /** In a reverse rule, whether the gradient of input number i is wanted; else false. */
  boolean needsGradient(int i);
}
