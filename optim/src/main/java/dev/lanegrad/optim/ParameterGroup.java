package dev.lanegrad.optim;

import dev.lanegrad.autodiff.Parameter;
import java.util.Collection;
import java.util.List;
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
    parameters = Present.all("optimizer", "parameters", parameters);
    Objects.requireNonNull(rule, "optimizer: rule is null");
    if (parameters.isEmpty()) {
      throw new IllegalArgumentException("optimizer: there is no parameter to update");
    }
  }

  /** The same for any collection. */
  public static ParameterGroup of(Collection<Parameter> parameters, Rule rule) {
    return new ParameterGroup(Present.all("optimizer", "parameters", parameters), rule);
  }
}
