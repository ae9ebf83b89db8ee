package dev.lanegrad.optim;

import dev.lanegrad.autodiff.formula.Formula;
import java.util.List;

/**
 * How a step changes one parameter: hyper-parameters, what is remembered from step to step, and
 * formulas for the new numbers. An {@link Optimizer} applies a rule to many parameters, each in one
 * pass over memory.
 *
 * <p>Formulas do not change from step to step, so that one kernel serves a whole training; what
 * does change, such as the learning rate, enters as {@link #numbers}.
 */
public interface Rule {
  /** The learning rate to start with. */
  double learningRate();

  /** What is remembered of each parameter, a tensor of its shape for each name; zeros at first. */
  List<String> states();

  /**
   * Quantities that are the same for all elements but may differ from step to step.
   *
   * @param learningRate the current one
   * @param step 1 for the first step of a parameter
   * @return always as many numbers
   */
  double[] numbers(double learningRate, long step);

  /**
   * The new values: of the parameter, then of each state.
   *
   * @param old what the formulas are made of
   */
  List<Formula> step(Terms old);

  /**
   * What a step can use, as formulas.
   *
   * @param parameter the parameter as it is
   * @param gradient its gradient
   * @param states as they are, in the order of {@link Rule#states}
   * @param numbers in the order of {@link Rule#numbers}
   */
  record Terms(
      Formula parameter, Formula gradient, List<Formula> states, List<Formula> numbers) {}
}
