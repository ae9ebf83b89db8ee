package dev.lanegrad.optim.schedule;

import dev.lanegrad.optim.Adjustable;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Settings of an optimizer as a pure function of the step: it survives a resume with nothing to
 * restore.
 *
 * <pre>{@code
 * Schedule schedule = new CosineAnnealingLR(100);
 * for (int epoch = 0; epoch < 100; epoch++) {
 *   schedule.apply(optimizer, epoch);
 *   ...
 * }
 * }</pre>
 *
 * What a step is, an epoch or a batch, is up to who calls it. Step 0 gives what the first one uses.
 */
@FunctionalInterface
public interface Schedule {
  /**
   * The settings that hold in a step, such as {@code learningRate} and {@code momentum}.
   *
   * @param step from 0 on
   * @param start the settings that the optimizer was made with
   */
  SequencedMap<String, Double> at(long step, SequencedMap<String, Double> start);

  /** The learning rate in a step of an optimizer that was made with another one. */
  default double learningRate(long step, double start) {
    SequencedMap<String, Double> settings = new java.util.LinkedHashMap<>();
    settings.put("learningRate", start);
    Double rate = at(step, settings).get("learningRate");
    return rate == null ? start : rate;
  }

  /** Gives all groups of an optimizer the settings that hold in a step. */
  default void apply(Adjustable optimizer, long step) {
    for (int group = 0; group < optimizer.groups(); group++) {
      for (Map.Entry<String, Double> e : at(step, optimizer.initialSettings(group)).entrySet()) {
        optimizer.set(group, e.getKey(), e.getValue());
      }
    }
  }
}
