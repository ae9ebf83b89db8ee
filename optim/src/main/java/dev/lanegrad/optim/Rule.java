package dev.lanegrad.optim;

import java.util.SequencedMap;

/**
 * How a step changes one parameter: hyper-parameters, what is remembered from step to step, and how
 * the new numbers follow from the old ones. An {@link Optimizer} applies a rule to many parameters.
 *
 * <p>A rule is immutable; that of a group is replaced by {@link #with} when a schedule or a user
 * changes a setting.
 */
public sealed interface Rule permits ElementwiseRule, TensorRule {
  /**
   * The hyper-parameters that may change during a training, by the names that schedules use; one is
   * {@code learningRate}.
   */
  SequencedMap<String, Double> settings();

  /**
   * The learning rate to start with.
   *
   * @throws IllegalStateException if a rule of your own has no such setting
   */
  default double learningRate() {
    Double rate = settings().get(Settings.RATE);
    if (rate == null) {
      throw new IllegalStateException("the rule " + this + " has no learning rate");
    }
    return rate;
  }

  /**
   * The same rule with one setting changed.
   *
   * @throws IllegalArgumentException if there is no such setting, or the value is out of range
   */
  Rule with(String setting, double value);

  /**
   * Numbers that are remembered of each parameter besides tensors, with what they are at first:
   * what depends on settings of earlier steps, such as a product of momenta.
   */
  default SequencedMap<String, Double> memory() {
    return Settings.NONE;
  }

  /**
   * Quantities that are the same for all elements but may differ from step to step; a step gets
   * them as scalar tensors.
   *
   * @param step 1 for the first step of a parameter
   * @param memory as {@link #memory} has it, to be changed in place
   * @return always as many numbers
   */
  double[] numbers(long step, double[] memory);

  /** The rule that goes up where this one goes down: it takes the gradient's negative. */
  Rule maximize();
}
