package dev.lanegrad.optim;

import dev.lanegrad.autodiff.Parameter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Parameters that share a rule and its settings: weights that decay and biases that do not, or
 * matrices for {@link Muon} and everything else for {@link AdamW}.
 *
 * @param parameters at least one
 * @param rule what a step does to them
 */
public record ParameterGroup(List<Parameter> parameters, Rule rule) {
  /**
   * Checks the parameters.
   *
   * @throws NullPointerException naming what is null
   * @throws IllegalArgumentException if there is no parameter
   */
  public ParameterGroup {
    Objects.requireNonNull(parameters, "optimizer: parameters is null");
    Objects.requireNonNull(rule, "optimizer: rule is null");
    int position = 0;
    for (Parameter parameter : parameters) {
      if (parameter == null) {
        throw new NullPointerException(
            String.format(Locale.ROOT, "optimizer: parameter %d is null", position));
      }
      position++;
    }
    if (parameters.isEmpty()) {
      throw new IllegalArgumentException("optimizer: there is no parameter to update");
    }
    parameters = List.copyOf(parameters);
  }

  /** The same for any collection. */
  public static ParameterGroup of(Collection<Parameter> parameters, Rule rule) {
    Objects.requireNonNull(parameters, "optimizer: parameters is null");
    return new ParameterGroup(new java.util.ArrayList<>(parameters), rule);
  }
}
