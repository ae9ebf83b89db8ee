package dev.lanegrad.optim;

import dev.lanegrad.autodiff.Tensor;
import java.util.List;
import java.util.SequencedMap;

/**
 * A rule that looks at a parameter as a whole, since it needs norms, means or products of matrices.
 */
public non-sealed interface TensorRule extends Rule {
  @Override
  TensorRule with(String setting, double value);

  /**
   * What is remembered of a parameter, with the tensors to start from, of its dtype and of any
   * shape.
   *
   * @throws IllegalArgumentException if the rule is not made for such a parameter
   */
  SequencedMap<String, Tensor> states(Tensor parameter);

  /** The new values: of the parameter, then of each state. Nothing is recorded. */
  List<Tensor> step(Terms old);

  @Override
  default TensorRule maximize() {
    return new Maximizing.Tensors(this);
  }

  /**
   * What a step can use.
   *
   * @param parameter the parameter as it is
   * @param gradient its gradient
   * @param states as they are, in the order of {@link #states}
   * @param numbers scalars of the parameter's dtype, in the order of {@link #numbers}
   */
  record Terms(Tensor parameter, Tensor gradient, List<Tensor> states, List<Tensor> numbers) {
    Tensor state(int k) {
      return states.get(k);
    }

    Tensor number(int k) {
      return numbers.get(k);
    }
  }
}
