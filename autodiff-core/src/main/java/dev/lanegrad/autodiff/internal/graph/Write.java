package dev.lanegrad.autodiff.internal.graph;

import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.op.Op;
import java.util.List;

/** An operation whose results are stored in parameters: the one way in which numbers change. */
public interface Write {
  /** What is evaluated. */
  Op op();

  /** Result k is stored in target k. */
  List<Parameter> targets();

  /**
   * Checks the targets and what is given; whether there are numbers to be stored: of tensors
   * without numbers nothing becomes of the targets.
   *
   * @throws dev.lanegrad.autodiff.LanegradException naming the operation and all shapes
   */
  boolean check(Tensor[] given);

  /** The inputs of the operation: the targets as they are, then what is given. */
  List<Tensor> inputs(Tensor[] given);

  /** The results alone, of inputs that may be others than these. */
  List<Tensor> results(List<Tensor> inputs);

  /** Does it, and counts it as a change of each target. */
  void run(Tensor[] given);
}
