package dev.lanegrad.optim;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Update;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One parameter of an optimizer and what is remembered of it. */
final class Slot {
  private final Parameter parameter;

  /** The parameter, then its states. */
  private final List<Parameter> targets = new ArrayList<>();

  private List<String> names = List.of();
  private List<String> memoryNames = List.of();
  private double[] memory = {};
  private long steps;
  private @Nullable Update update;

  Slot(Parameter parameter, Rule rule) {
    this.parameter = parameter;
    targets.add(parameter);
    remember(rule);
  }

  /** From now on remembers what a rule says; what was remembered before stays as it is. */
  void remember(Rule rule) {
    SequencedMap<String, Tensor> states = initialStates(rule);
    List<Parameter> next = new ArrayList<>(List.of(parameter));
    for (Map.Entry<String, Tensor> state : states.entrySet()) {
      int known = names.indexOf(state.getKey());
      next.add(
          known >= 0
              ? targets.get(known + 1)
              : Parameter.buffer(parameter.name() + "." + state.getKey(), state.getValue()));
    }
    double[] numbers = Settings.values(rule.memory());
    List<String> numberNames = List.copyOf(rule.memory().keySet());
    for (int k = 0; k < numbers.length; k++) {
      int known = memoryNames.indexOf(numberNames.get(k));
      numbers[k] = known >= 0 ? memory[known] : numbers[k];
    }
    targets.clear();
    targets.addAll(next);
    names = List.copyOf(states.keySet());
    memoryNames = numberNames;
    memory = numbers;
  }

  private SequencedMap<String, Tensor> initialStates(Rule rule) {
    if (rule instanceof TensorRule whole) {
      return whole.states(parameter.tensor().detach());
    }
    ElementwiseRule elements = (ElementwiseRule) rule;
    SequencedMap<String, Tensor> states = new LinkedHashMap<>();
    int[] shape = parameter.shape().toArray();
    for (String name : elements.states()) {
      states.put(name, Tensor.full(parameter.dtype(), elements.initial(name), shape));
    }
    return states;
  }

  Parameter parameter() {
    return parameter;
  }

  DType dtype() {
    return parameter.dtype();
  }

  long steps() {
    return steps;
  }

  /** What the rule's numbers remember, to be changed in place. */
  double[] memory() {
    return memory;
  }

  void countStep() {
    steps++;
  }

  /**
   * One of the states as it is now.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  Tensor state(String name) {
    int known = names.indexOf(name);
    if (known < 0) {
      throw new IllegalArgumentException(
          "optimizer: of parameter \"%s\" there is no state \"%s\"; there are %s"
              .formatted(parameter.name(), name, names));
    }
    return StateDict.copy(targets.get(known + 1).tensor());
  }

  /** From now on {@link #update(Tensor[])} evaluates these formulas. */
  void follow(Elementwise formulas) {
    update = new Update(formulas, targets);
  }

  /**
   * Changes the parameter and its states in one pass.
   *
   * @param given the gradient, then the rule's numbers
   */
  void update(Tensor[] given) {
    if (update == null) {
      throw new IllegalStateException("there are no formulas to follow");
    }
    update.apply(given);
  }

  /** Changes the parameter and its states by what a rule makes of them. */
  void update(TensorRule rule, Tensor gradient, Tensor[] numbers) {
    List<Tensor> results = results(rule, gradient, numbers);
    for (int k = 0; k < targets.size(); k++) {
      targets.get(k).assign(results.get(k));
    }
  }

  /**
   * What a rule makes of the parameter and its states.
   *
   * @throws IllegalArgumentException if these are not as many tensors of the same shapes
   */
  List<Tensor> results(TensorRule rule, Tensor gradient, Tensor[] numbers) {
    List<Tensor> now = targets.stream().map(target -> target.tensor().detach()).toList();
    TensorRule.Terms terms =
        new TensorRule.Terms(
            now.getFirst(), gradient, now.subList(1, now.size()), Arrays.asList(numbers));
    List<Tensor> results = Autodiff.withoutGradient(() -> rule.step(terms));
    if (!types(results).equals(types(now))) {
      throw new IllegalArgumentException(
          "optimizer: the rule %s must give %s for parameter \"%s\" and its states %s, not %s"
              .formatted(rule, types(now), parameter.name(), names, types(results)));
    }
    return results;
  }

  private static List<String> types(List<Tensor> tensors) {
    return tensors.stream().map(t -> t == null ? "null" : t.dtype() + "" + t.shape()).toList();
  }

  /**
   * Adds what is remembered to a state, under names that begin alike.
   *
   * @param copy what is made of each tensor
   */
  void writeTo(SequencedMap<String, Tensor> state, String prefix, UnaryOperator<Tensor> copy) {
    state.put(prefix + "step", StateDict.number(steps));
    for (int k = 0; k < memory.length; k++) {
      state.put(prefix + memoryNames.get(k), StateDict.number(memory[k]));
    }
    for (int k = 0; k < names.size(); k++) {
      state.put(prefix + names.get(k), copy.apply(targets.get(k + 1).tensor()));
    }
  }

  /** Goes on from what {@link #writeTo} wrote, which has been found to fit. */
  void readFrom(StateDict.Reader state, String prefix) {
    steps = (long) state.number(prefix + "step");
    for (int k = 0; k < memory.length; k++) {
      memory[k] = state.number(prefix + memoryNames.get(k));
    }
    for (int k = 0; k < names.size(); k++) {
      targets.get(k + 1).assign(state.tensor(prefix + names.get(k)));
    }
  }
}
