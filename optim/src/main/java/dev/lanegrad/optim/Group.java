package dev.lanegrad.optim;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.GradientException;
import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.op.Elementwise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parameters that share a rule, and what the rule is at the moment. */
final class Group {
  private final List<Slot> slots;
  private final Map<DType, Numbers> numbers = new EnumMap<>(DType.class);
  private final SequencedMap<String, Double> initialSettings;
  private Rule rule;
  private SequencedMap<String, Double> settings;
  private @Nullable Elementwise update;

  /**
   * A group that has made no step yet.
   *
   * @throws IllegalArgumentException if the rule contradicts itself, or does not take a parameter
   */
  Group(ParameterGroup group) {
    this.rule = group.rule();
    this.settings = rule.settings();
    this.initialSettings = settings;
    checkNames(rule);
    this.update = compile(rule);
    List<Slot> made = new ArrayList<>();
    for (Parameter parameter : group.parameters()) {
      made.add(new Slot(parameter, rule));
    }
    this.slots = List.copyOf(made);
    if (rule instanceof TensorRule whole) {
      tryOut(whole);
    }
    follow();
  }

  private static void checkNames(Rule rule) {
    if (!rule.settings().containsKey(Settings.RATE)) {
      throw new IllegalArgumentException(
          "optimizer: the rule %s must have a setting \"learningRate\"; it has %s"
              .formatted(rule, rule.settings().keySet()));
    }
    Set<String> seen = new HashSet<>(Set.of("step"));
    seen.addAll(rule.memory().keySet());
    if (rule instanceof ElementwiseRule elements) {
      for (String state : elements.states()) {
        if (!seen.add(state)) {
          throw new IllegalArgumentException(
              "optimizer: the rule %s remembers \"%s\" twice (\"step\" is the step number)"
                  .formatted(rule, state));
        }
      }
    }
    int count = first(rule).length;
    double[] later = rule.numbers(2, Settings.values(rule.memory()));
    if (later.length != count) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "optimizer: the rule %s gives %d numbers in step 1 and %d in step 2",
              rule,
              count,
              later.length));
    }
  }

  private static double[] first(Rule rule) {
    return rule.numbers(1, Settings.values(rule.memory()));
  }

  /** Of what is changed, as {@link dev.lanegrad.autodiff.op.Update} has it, and what is given. */
  private static @Nullable Elementwise compile(Rule rule) {
    if (!(rule instanceof ElementwiseRule elements)) {
      return null;
    }
    int states = elements.states().size();
    int numbers = first(rule).length;
    List<Formula> formulas =
        elements.step(
            new ElementwiseRule.Terms(
                Formula.input(0),
                Formula.input(1 + states),
                inputs(1, states),
                inputs(2 + states, numbers)));
    if (formulas.size() != 1 + states) {
      throw new IllegalArgumentException(
          String.format(
                  Locale.ROOT,
                  "optimizer: the rule %s must give 1 formula for the parameter and %d for its"
                      + " states %s,",
                  rule,
                  states,
                  elements.states())
              + String.format(Locale.ROOT, " not %d", formulas.size()));
    }
    for (Formula formula : formulas) {
      if (formula == null || formula.inputs() > 2 + states + numbers) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "optimizer: a formula of the rule %s must be made of its %d terms, and is %s",
                rule,
                2 + states + numbers,
                formula));
      }
    }
    return Elementwise.of(formulas.toArray(Formula[]::new));
  }

  private static List<Formula> inputs(int first, int count) {
    List<Formula> inputs = new ArrayList<>(count);
    for (int k = 0; k < count; k++) {
      inputs.add(Formula.input(first + k));
    }
    return Collections.unmodifiableList(inputs);
  }

  /** One step for nothing of each kind of parameter. */
  private void tryOut(TensorRule whole) {
    Set<Object> tried = new HashSet<>();
    for (Slot slot : slots) {
      if (tried.add(List.of(slot.dtype(), slot.parameter().shape()))) {
        Tensor ones = Tensor.ones(slot.dtype(), slot.parameter().shape().toArray());
        slot.results(whole, ones, tensors(slot.dtype(), first(rule)));
      }
    }
  }

  List<Slot> slots() {
    return slots;
  }

  /** The slots as they would be under another rule; its states may not be those of this one. */
  List<Slot> slotsUnder(Rule other) {
    boolean remembersMore =
        other instanceof ElementwiseRule then
            && rule instanceof ElementwiseRule now
            && !then.states().equals(now.states());
    return remembersMore
        ? slots.stream().map(slot -> new Slot(slot.parameter(), other)).toList()
        : slots;
  }

  Rule rule() {
    return rule;
  }

  SequencedMap<String, Double> settings() {
    return settings;
  }

  /** Those that the group was made with. */
  SequencedMap<String, Double> initialSettings() {
    return initialSettings;
  }

  /** Goes on with another rule of the same kind. */
  void become(Rule changed) {
    if (changed.equals(rule)) {
      return;
    }
    Elementwise before = update;
    update = compile(changed);
    if (changed instanceof ElementwiseRule next
        && rule instanceof ElementwiseRule last
        && !next.states().equals(last.states())) {
      slots.forEach(slot -> slot.remember(changed));
    }
    if (!Objects.equals(update, before)) {
      follow();
    }
    rule = changed;
    settings = changed.settings();
    numbers.clear();
  }

  private void follow() {
    Elementwise formulas = update;
    if (formulas != null) {
      for (Slot slot : slots) {
        slot.follow(formulas);
      }
    }
  }

  void step(Gradients gradients) {
    for (Slot slot : slots) {
      Parameter parameter = slot.parameter();
      Tensor gradient = parameter.isTrainable() ? gradients.find(parameter) : null;
      if (gradient != null) {
        step(slot, gradient);
      }
    }
  }

  private void step(Slot slot, Tensor gradient) {
    if (gradient.isMeta()) {
      throw new GradientException(
          "optimizer: the gradient of parameter \"%s\" has no numbers: the loss comes from a"
                  .formatted(slot.parameter().name())
              + " Tensor.meta, which says what shapes are");
    }
    Tensor[] scalars = numbersOfNextStep(slot);
    if (rule instanceof TensorRule whole) {
      slot.update(whole, gradient, scalars);
    } else {
      Tensor[] given = new Tensor[1 + scalars.length];
      given[0] = gradient;
      System.arraycopy(scalars, 0, given, 1, scalars.length);
      slot.update(given);
    }
    slot.countStep();
  }

  /**
   * A rule's numbers as tensors, which most parameters of a step share.
   *
   * @param before what was remembered, which the numbers follow from
   * @param after what is remembered from then on
   */
  private record Numbers(long step, double[] before, double[] after, Tensor[] values) {
    boolean follow(Slot slot) {
      return step == slot.steps() + 1 && Arrays.equals(before, slot.memory());
    }
  }

  private Tensor[] numbersOfNextStep(Slot slot) {
    Numbers known = numbers.get(slot.dtype());
    if (known == null || !known.follow(slot)) {
      long step = slot.steps() + 1;
      double[] before = slot.memory().clone();
      double[] after = slot.memory().clone();
      double[] values = rule.numbers(step, after);
      known = new Numbers(step, before, after, tensors(slot.dtype(), values));
      numbers.put(slot.dtype(), known);
    }
    System.arraycopy(known.after, 0, slot.memory(), 0, known.after.length);
    return known.values;
  }

  private static Tensor[] tensors(DType dtype, double[] values) {
    Tensor[] tensors = new Tensor[values.length];
    for (int k = 0; k < values.length; k++) {
      tensors[k] = Tensor.scalar(dtype, values[k]);
    }
    return tensors;
  }
}
