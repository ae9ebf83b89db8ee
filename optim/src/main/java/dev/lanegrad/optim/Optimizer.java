package dev.lanegrad.optim;

import dev.lanegrad.autodiff.GradientException;
import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Applies a {@link Rule} to parameters and keeps what it remembers of each.
 *
 * <pre>{@code
 * Optimizer optimizer = new Optimizer(model.parameters(), new Adam(1e-3));
 * optimizer.step(loss.backward());
 * }</pre>
 *
 * Parameters may be in several groups, each with a rule and settings of its own:
 *
 * <pre>{@code
 * Optimizer optimizer =
 *     new Optimizer(
 *         new ParameterGroup(weights, new AdamW(1e-3)),
 *         new ParameterGroup(biases, new AdamW(1e-3).withWeightDecay(0)));
 * }</pre>
 *
 * Like its parameters, an optimizer is for one thread at a time.
 */
public final class Optimizer implements Adjustable, Stateful {
  private final List<Group> groups;
  private final List<Slot> slots;
  private boolean hasStepped;

  /**
   * An optimizer of one group that has made no step yet.
   *
   * @throws NullPointerException naming what is null
   * @throws IllegalArgumentException if there is no parameter, one is given twice, or the rule
   *     contradicts itself or does not take one
   */
  public Optimizer(Collection<Parameter> parameters, Rule rule) {
    this(List.of(ParameterGroup.of(parameters, rule)));
  }

  /** An optimizer of several groups that has made no step yet. */
  public Optimizer(ParameterGroup... groups) {
    this(Arrays.asList(Objects.requireNonNull(groups, "optimizer: groups is null")));
  }

  /**
   * An optimizer of several groups that has made no step yet.
   *
   * @throws IllegalArgumentException if there is no group, or a parameter is given twice
   */
  public Optimizer(List<ParameterGroup> groups) {
    List<ParameterGroup> all = Present.all("optimizer", "groups", groups);
    List<Parameter> parameters = new ArrayList<>();
    for (ParameterGroup group : all) {
      parameters.addAll(group.parameters());
    }
    requireDistinct(parameters);
    List<Group> made = new ArrayList<>();
    List<Slot> inside = new ArrayList<>();
    for (ParameterGroup group : all) {
      made.add(new Group(group));
      inside.addAll(made.getLast().slots());
    }
    this.groups = List.copyOf(made);
    this.slots = List.copyOf(inside);
  }

  static void requireDistinct(Collection<Parameter> parameters) {
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
  }

  /**
   * Updates, in place, every parameter that the gradients' output depends on; others keep their
   * numbers and do not count the step. The first step logs a warning if the output depends on
   * tensors that require a gradient and are no parameters at all.
   *
   * @throws GradientException if the output depends on none of the parameters
   * @throws dev.lanegrad.autodiff.SubstitutionException inside {@link Parameter#substitute} of one
   *     of them; in both cases nothing has been changed
   */
  public void step(Gradients gradients) {
    Objects.requireNonNull(gradients, "optimizer: gradients is null");
    for (Slot slot : slots) {
      slot.parameter().requireChangeable("optimizer");
    }
    if (!hasAny(gradients)) {
      throw new GradientException(
          String.format(
              Locale.ROOT,
              "optimizer: the gradients hold none of its %d parameters (%s) but %s: the loss was"
                  + " computed from other ones, or while all were frozen",
              slots.size(),
              parameterNames(groups),
              gradients));
    }
    if (!hasStepped) {
      hasStepped = true;
      warnOfOthers(gradients);
    }
    for (Group group : groups) {
      group.step(gradients);
    }
  }

  private boolean hasAny(Gradients gradients) {
    for (Slot slot : slots) {
      if (gradients.contains(slot.parameter())) {
        return true;
      }
    }
    return false;
  }

  /** What was meant to be a parameter would stay as it is without a word. */
  private static void warnOfOthers(Gradients gradients) {
    if (!gradients.others().isEmpty()) {
      System.Logger logger = System.getLogger("dev.lanegrad.optim");
      logger.log(
          System.Logger.Level.WARNING,
          "optimizer: the loss also depends on tensors that require a gradient and are no"
              + " parameters, %s: no step changes them; Parameter.of makes parameters"
                  .formatted(gradients.others()));
    }
  }

  @Override
  public int groups() {
    return groups.size();
  }

  /** The rule of the first group, with its current settings. */
  public Rule rule() {
    return rule(0);
  }

  /** The rule of a group, with its current settings. */
  public Rule rule(int group) {
    return group(group).rule();
  }

  private Group group(int number) {
    if (number < 0 || number >= groups.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "optimizer: there is no group %d; groups are counted from 0 to %d",
              number,
              groups.size() - 1));
    }
    return groups.get(number);
  }

  /** The parameters of all groups, in their order. */
  public List<Parameter> parameters() {
    return slots.stream().map(Slot::parameter).toList();
  }

  /** The parameters of a group. */
  public List<Parameter> parameters(int group) {
    return group(group).slots().stream().map(Slot::parameter).toList();
  }

  /**
   * A copy of what the rule remembers of a parameter, such as {@code firstMoment}.
   *
   * @throws IllegalArgumentException if the parameter is not one of these, or there is no such
   *     state
   */
  public Tensor state(Parameter parameter, String name) {
    Objects.requireNonNull(parameter, "optimizer: parameter is null");
    Objects.requireNonNull(name, "optimizer: name is null");
    for (Slot slot : slots) {
      if (slot.parameter().equals(parameter)) {
        return slot.state(name);
      }
    }
    throw new IllegalArgumentException("optimizer: parameter %s is not here".formatted(parameter));
  }

  @Override
  public SequencedMap<String, Double> settings(int group) {
    return group(group).settings();
  }

  @Override
  public SequencedMap<String, Double> initialSettings(int group) {
    return group(group).initialSettings();
  }

  @Override
  public void set(int group, String setting, double value) {
    Objects.requireNonNull(setting, "optimizer: setting is null");
    Group changing = group(group);
    Double now = changing.settings().get(setting);
    if (now == null || now != value) {
      changing.become(changing.rule().with(setting, value));
    }
  }

  /**
   * The settings of each group as {@code group.0.learningRate} and so on; of each parameter its
   * number of steps, {@code state.NAME.step}, and what the rule remembers, such as {@code
   * state.NAME.firstMoment}. A second parameter of a name is NAME#2.
   */
  @Override
  public SequencedMap<String, Tensor> stateDict() {
    return stateOf(groups.stream().map(Group::rule).toList(), StateDict::copy);
  }

  /** What would be remembered under certain rules. */
  private SequencedMap<String, Tensor> stateOf(List<Rule> rules, UnaryOperator<Tensor> copy) {
    SequencedMap<String, Tensor> state = new LinkedHashMap<>();
    for (int group = 0; group < groups.size(); group++) {
      String prefix = String.format(Locale.ROOT, "group.%d.", group);
      rules
          .get(group)
          .settings()
          .forEach((name, value) -> state.put(prefix + name, StateDict.number(value)));
    }
    Iterator<String> names = names().iterator();
    for (int group = 0; group < groups.size(); group++) {
      for (Slot slot : groups.get(group).slotsUnder(rules.get(group))) {
        slot.writeTo(state, names.next(), copy);
      }
    }
    return state;
  }

  @Override
  public void loadStateDict(Map<String, Tensor> state) {
    Objects.requireNonNull(state, "optimizer: the state is null");
    List<Rule> rules = new ArrayList<>();
    for (int group = 0; group < groups.size(); group++) {
      rules.add(restored(rule(group), String.format(Locale.ROOT, "group.%d.", group), state));
    }
    StateDict.Reader reader =
        StateDict.check("optimizer", stateOf(rules, UnaryOperator.identity()), state);
    List<String> names = names();
    names.forEach(name -> reader.count(name + "step"));
    for (int group = 0; group < groups.size(); group++) {
      groups.get(group).become(rules.get(group));
    }
    for (int k = 0; k < slots.size(); k++) {
      slots.get(k).readFrom(reader, names.get(k));
    }
  }

  /** A rule with the settings of a state, as far as it has them. */
  private static Rule restored(Rule rule, String prefix, Map<String, Tensor> state) {
    Rule restored = rule;
    for (String setting : rule.settings().keySet()) {
      Tensor value = state.get(prefix + setting);
      if (value != null && value.size() == 1) {
        restored = restored.with(setting, value.item());
      }
    }
    return restored;
  }

  /** How the names of what is remembered of each parameter begin. */
  private List<String> names() {
    return StateDict.distinct(parameters()).stream().map("state.%s."::formatted).toList();
  }

  private static String parameterNames(List<Group> groups) {
    List<String> names =
        groups.stream()
            .flatMap(group -> group.slots().stream())
            .map(slot -> slot.parameter().name())
            .limit(4)
            .toList();
    int all = groups.stream().mapToInt(group -> group.slots().size()).sum();
    return String.join(", ", names) + (all > names.size() ? ", ..." : "");
  }

  /** The rule of each group and what it is for. */
  @Override
  public String toString() {
    return groups.stream()
        .map(
            group ->
                String.format(
                    Locale.ROOT,
                    "%s of %d parameters (%s)",
                    group.rule(),
                    group.slots().size(),
                    parameterNames(List.of(group))))
        .collect(Collectors.joining("; ", "Optimizer[", "]"));
  }
}
