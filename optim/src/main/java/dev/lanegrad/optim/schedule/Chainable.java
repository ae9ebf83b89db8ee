package dev.lanegrad.optim.schedule;

import java.util.SequencedMap;

/**
 * A schedule that can go on from what other schedules of a {@link ChainedScheduler} made of the
 * settings.
 */
interface Chainable extends Schedule {
  /**
   * The settings in a step.
   *
   * @param current what holds before it: in the step before, changed by the schedules that come
   *     earlier in the chain
   * @param start the settings that the optimizer was made with
   */
  SequencedMap<String, Double> next(
      long step, SequencedMap<String, Double> current, SequencedMap<String, Double> start);
}
