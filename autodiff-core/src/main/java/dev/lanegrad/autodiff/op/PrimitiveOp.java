package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.internal.graph.Dispatch;
import java.util.List;

/**
 * An operation that computes by itself, with a kernel or in Java, and writes into outputs that it
 * is given. It runs no other operation, so that in a program of what ran it is one step, which can
 * be repeated on other memory.
 *
 * <p>Memory that it needs meanwhile, such as a copy of an input in another order, is its own affair
 * and no part of a program.
 */
public interface PrimitiveOp extends Op {
  /**
   * Computes the outputs.
   *
   * @param outputs of the types that {@link #infer} gave; every element must be written
   */
  void compute(Call call, Outputs outputs);

  /** Computes new outputs. */
  @Override
  default List<Tensor> forward(Call call) {
    return Dispatch.compute(this, call);
  }
}
