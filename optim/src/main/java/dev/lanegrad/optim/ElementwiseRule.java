package dev.lanegrad.optim;

import dev.lanegrad.autodiff.formula.Formula;
import java.util.List;

/**
 * A rule in which each element has a step of its own, given by formulas: parameter and states are
 * updated in one pass over memory.
 *
 * <p>Formulas should not change from step to step, so that one kernel serves a whole training; what
 * does change, such as the learning rate, enters as {@link #numbers}.
 */
public non-sealed interface ElementwiseRule extends Rule {
  @Override
  ElementwiseRule with(String setting, double value);

  /** What is remembered of each parameter: a tensor of its shape for each name. */
  List<String> states();

  /** The number that a state is filled with at first. */
  default double initial(String state) {
    return 0;
  }

  /**
   * The new values: of the parameter, then of each state.
   *
   * @param old what the formulas are made of
   */
  List<Formula> step(Terms old);

  @Override
  default ElementwiseRule maximize() {
    return new Maximizing.Elements(this);
  }

  /**
   * What a step can use, as formulas.
   *
   * @param parameter the parameter as it is
   * @param gradient its gradient
   * @param states as they are, in the order of {@link #states}
   * @param numbers in the order of {@link #numbers}
   */
  record Terms(Formula parameter, Formula gradient, List<Formula> states, List<Formula> numbers) {}
}
