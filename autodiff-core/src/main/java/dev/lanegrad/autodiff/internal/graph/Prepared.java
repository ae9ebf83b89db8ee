package dev.lanegrad.autodiff.internal.graph;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import java.util.List;

/**
 * What an operation makes of inputs of certain types that lie in memory in a certain way: worked
 * out once, so that a call looks it up once.
 */
public interface Prepared {
  /** Prepares an operation, or looks up what was prepared before. */
  @FunctionalInterface
  interface Preparation {
    /**
     * For these inputs.
     *
     * @throws dev.lanegrad.autodiff.LanegradException naming the operation and all shapes
     */
    Prepared of(List<Tensor> inputs);
  }

  /** What the outputs will be. */
  List<TensorType> types();

  /** Computes new ones. Whether an input is tracked does not matter. */
  List<Tensor> run(List<Tensor> inputs);

  /** Computes them where they are given, in row-major order. */
  void run(List<Tensor> inputs, List<Tensor> outputs);
}
