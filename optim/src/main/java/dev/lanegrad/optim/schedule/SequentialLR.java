package dev.lanegrad.optim.schedule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * One schedule after another: from milestone k on, schedule k + 1 with steps that count from there.
 * Settings that a schedule does not give stay as the one before left them.
 *
 * @param schedules at least one
 * @param milestones rising, one fewer than schedules
 */
public record SequentialLR(List<? extends Schedule> schedules, List<Long> milestones)
    implements Schedule {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if there are not as many as needed, or they do not rise
   */
  public SequentialLR {
    schedules = Checks.all("SequentialLR", "schedules", schedules);
    milestones = Checks.all("SequentialLR", "milestones", milestones);
    if (schedules.isEmpty() || milestones.size() != schedules.size() - 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "SequentialLR: %d schedules need %d milestones, not %d",
              schedules.size(),
              Math.max(schedules.size() - 1, 0),
              milestones.size()));
    }
    long before = 0;
    for (long milestone : milestones) {
      Checks.require(milestone > before, "SequentialLR", "milestones", "rising", milestones);
      before = milestone;
    }
  }

  /** Two schedules. */
  public SequentialLR(Schedule first, Schedule second, long milestone) {
    this(
        List.of(
            Objects.requireNonNull(first, "SequentialLR: first is null"),
            Objects.requireNonNull(second, "SequentialLR: second is null")),
        List.of(milestone));
  }

  @Override
  public SequencedMap<String, Double> at(long step, SequencedMap<String, Double> start) {
    Checks.step(step);
    Checks.start("SequentialLR", start);
    SequencedMap<String, Double> settings = new LinkedHashMap<>();
    long begin = 0;
    for (int k = 0; k < schedules.size() && begin <= step; k++) {
      long end = k < milestones.size() ? milestones.get(k) : Long.MAX_VALUE;
      settings.putAll(schedules.get(k).at(Math.min(step, end - 1) - begin, start));
      begin = end;
    }
    return settings;
  }
}
