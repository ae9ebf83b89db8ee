package dev.lanegrad.optim;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.op.Elementwise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Applies a {@link Rule} to parameters and keeps what it remembers of each.
 *
 * <pre>{@code
 * Optimizer optimizer = new Optimizer(model.parameters(), new Adam(1e-3));
 * optimizer.step(loss.backward());
 * }</pre>
 *
 * Like its parameters, an optimizer is for one thread at a time.
 */
public final class Optimizer {
  private final Rule rule;
  private final Elementwise update;
  private final List<Slot> slots;
  private double learningRate;
  private @Nullable Numbers numbers;

  /**
   * An optimizer that has made no step yet.
   *
   * @throws IllegalArgumentException if there is no parameter, or one is given twice
   */
  public Optimizer(Collection<Parameter> parameters, Rule rule) {
    Set<Parameter> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Parameter parameter : parameters) {
      if (!seen.add(parameter)) {
        throw new IllegalArgumentException(
            "optimizer: parameter \"%s\" is given twice".formatted(parameter.name()));
      }
    }
    if (seen.isEmpty()) {
      throw new IllegalArgumentException("optimizer: there is no parameter to update");
    }
    this.rule = rule;
    this.learningRate = rule.learningRate();
    this.update = compile(rule);
    this.slots = parameters.stream().map(parameter -> new Slot(parameter, rule)).toList();
  }

  /** Inputs in the order in which {@link Slot#step} gives them. */
  private static Elementwise compile(Rule rule) {
    int states = rule.states().size();
    int numbers = rule.numbers(rule.learningRate(), 1).length;
    List<Formula> formulas =
        rule.step(
            new Rule.Terms(
                Formula.input(0),
                Formula.input(1),
                inputs(2, states),
                inputs(2 + states, numbers)));
    return Elementwise.of(formulas.toArray(Formula[]::new));
  }

  private static List<Formula> inputs(int first, int count) {
    return IntStream.range(first, first + count).mapToObj(Formula::input).toList();
  }

  /**
   * Updates, in place, every parameter that the gradients' output depends on; others keep their
   * numbers and do not count the step.
   *
   * @throws dev.lanegrad.autodiff.SubstitutionException inside {@link Parameter#substitute} of one
   *     of them; then nothing has been changed
   */
  public void step(Gradients gradients) {
    slots.forEach(slot -> slot.parameter.requireChangeable("optimizer"));
    for (Slot slot : slots) {
      if (slot.parameter.isTrainable() && gradients.contains(slot.parameter)) {
        slot.step(gradients.of(slot.parameter));
      }
    }
  }

  public Rule rule() {
    return rule;
  }

  /** The current learning rate, which a schedule may have changed. */
  public double learningRate() {
    return learningRate;
  }

  /**
   * Sets the learning rate of the steps to come.
   *
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public void setLearningRate(double learningRate) {
    Ranges.atLeastZero("optimizer", "learning rate", learningRate);
    this.learningRate = learningRate;
  }

  /** A rule's numbers as tensors, which most parameters of a step share. */
  private record Numbers(DType dtype, double learningRate, long step, Tensor[] values) {}

  private Tensor[] numbers(DType dtype, long step) {
    Numbers known = numbers;
    if (known == null
        || known.dtype != dtype
        || known.learningRate != learningRate
        || known.step != step) {
      double[] values = rule.numbers(learningRate, step);
      Tensor[] tensors = new Tensor[values.length];
      Arrays.setAll(tensors, k -> Tensor.scalar(dtype, values[k]));
      known = new Numbers(dtype, learningRate, step, tensors);
      numbers = known;
    }
    return known.values;
  }

  /** One parameter and what is remembered of it. */
  private final class Slot {
    private final Parameter parameter;
    private final List<Parameter> targets = new ArrayList<>();
    private long steps;

    Slot(Parameter parameter, Rule rule) {
      this.parameter = parameter;
      targets.add(parameter);
      Tensor zeros = Tensor.zeros(parameter.dtype(), parameter.shape().toArray());
      for (String state : rule.states()) {
        targets.add(Parameter.buffer(parameter.name() + "." + state, zeros));
      }
    }

    void step(Tensor gradient) {
      steps++;
      Tensor[] numbers = numbers(parameter.dtype(), steps);
      Tensor[] inputs = new Tensor[targets.size() + 1 + numbers.length];
      inputs[0] = parameter.tensor();
      inputs[1] = gradient;
      for (int k = 1; k < targets.size(); k++) {
        inputs[k + 1] = targets.get(k).tensor();
      }
      System.arraycopy(numbers, 0, inputs, targets.size() + 1, numbers.length);
      update.update(targets, inputs);
    }
  }
}
