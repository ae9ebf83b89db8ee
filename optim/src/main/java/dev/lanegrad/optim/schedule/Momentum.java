package dev.lanegrad.optim.schedule;

import java.util.SequencedMap;

/** What cyclic schedules move besides the rate. */
final class Momentum {
  private Momentum() {}

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
