package dev.lanegrad.optim.schedule;

import dev.lanegrad.optim.Adjustable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * Settings of an optimizer as a pure function of the step: it survives a resume with nothing to
 * restore.
 *
 * <pre>{@code
 * Schedule schedule = new CosineAnnealingLR(100);
 * for (int epoch = 0; epoch < 100; epoch++) {
 *   schedule.apply(optimizer, epoch);
 * }
 * }</pre>
 *
 * <p>What a step is, an epoch or a batch, is up to who calls it; step 0 is the first one. PyTorch's
 * {@code step()} without arguments is {@code apply} of the next number. The classes of this package
 * are those of PyTorch's {@code torch.optim.lr_scheduler}, with its names and defaults.
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

  /**
   * The learning rate in a step of an optimizer that was made with another one, as for a curve of a
   * schedule; the optimizer has a momentum, which cyclic schedules look for.
   */
  default double learningRate(long step, double start) {
    SequencedMap<String, Double> settings = new LinkedHashMap<>();
    settings.put("learningRate", start);
    settings.put("momentum", 0.0);
    return at(step, settings).getOrDefault("learningRate", start);
  }

  /**
   * Gives all groups of an optimizer the settings that hold in a step.
   *
   * @throws IllegalArgumentException if the step is negative
   */
  default void apply(Adjustable optimizer, long step) {
    Objects.requireNonNull(optimizer, "schedule: optimizer is null");
    for (int group = 0; group < optimizer.groups(); group++) {
      apply(optimizer, group, step);
    }
  }

  /**
   * Gives one group of an optimizer the settings that hold in a step.
   *
   * @throws IllegalArgumentException if the step is negative, or there is no such group
   */
  default void apply(Adjustable optimizer, int group, long step) {
    Checks.step(step);
    for (Map.Entry<String, Double> e : at(step, optimizer.initialSettings(group)).entrySet()) {
      optimizer.set(group, e.getKey(), e.getValue());
    }
  }
}
