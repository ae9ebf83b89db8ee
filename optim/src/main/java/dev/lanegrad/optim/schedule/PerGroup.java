package dev.lanegrad.optim.schedule;

import dev.lanegrad.optim.Adjustable;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * A schedule of its own for each group of parameters, as PyTorch's lists of rates or of functions.
 *
 * @param schedules one for each group
 */
public record PerGroup(List<? extends Schedule> schedules) implements Schedule {
  /**
   * Checks the schedules.
   *
   * @throws IllegalArgumentException if there is none
   */
  public PerGroup {
    schedules = Checks.all("PerGroup", "schedules", schedules);
    Checks.require(!schedules.isEmpty(), "PerGroup", "schedules", "at least one", schedules);
  }

  /** A schedule for each group. */
  public PerGroup(Schedule... schedules) {
    this(Checks.all("PerGroup", "schedules", schedules));
  }

  /** The settings of the first group. */
  @Override
  public SequencedMap<String, Double> at(long step, SequencedMap<String, Double> start) {
    Checks.start("PerGroup", start);
    return schedules.getFirst().at(step, start);
  }

  /**
   * Gives each group what its schedule says.
   *
   * @throws IllegalArgumentException if there are not as many groups as schedules
   */
  @Override
  public void apply(Adjustable optimizer, long step) {
    Objects.requireNonNull(optimizer, "PerGroup: optimizer is null");
    if (optimizer.groups() != schedules.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "PerGroup: %d schedules for %d groups of parameters",
              schedules.size(),
              optimizer.groups()));
    }
    for (int group = 0; group < schedules.size(); group++) {
      schedules.get(group).apply(optimizer, group, step);
    }
  }
}
