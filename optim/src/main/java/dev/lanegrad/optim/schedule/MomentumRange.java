package dev.lanegrad.optim.schedule;

import java.util.SequencedMap;

/**
 * Between what a cyclic schedule moves the momentum of SGD, or the beta1 of Adam and its kin.
 *
 * @param base where the rate is highest, from 0 to 1
 * @param max where the rate is lowest, from 0 to 1
 */
public record MomentumRange(double base, double max) {
  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public MomentumRange {
    Checks.fraction("momentum", "base momentum", base);
    Checks.fraction("momentum", "max momentum", max);
  }

  /**
   * The name of the momentum among the settings of an optimizer.
   *
   * @throws IllegalArgumentException if it has none
   */
  static String name(String schedule, SequencedMap<String, Double> settings) {
    for (String name : new String[] {"beta1", "momentum"}) {
      if (settings.containsKey(name)) {
        return name;
      }
    }
    throw new IllegalArgumentException(
        ("%s: the optimizer has neither momentum nor beta1 to cycle, but %s: use"
                + " withCycleMomentum(false)")
            .formatted(schedule, settings.keySet()));
  }
}
