package dev.lanegrad.optim.schedule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Several schedules at once: in each step every one goes on from what the one before it made of the
 * settings. Factors multiply; {@link LambdaLR} and those that say what the rate is, such as {@link
 * OneCycleLR}, replace what came before them.
 *
 * <p>A step that follows one that was asked for is quick, another one takes as long as all before
 * it.
 */
public final class ChainedScheduler implements Chainable {
  private final List<Schedule> schedules;
  private final Map<SequencedMap<String, Double>, Reached> known = new ConcurrentHashMap<>();

  /** The settings in a step. */
  private record Reached(long step, SequencedMap<String, Double> settings) {}

  /**
   * A chain.
   *
   * @throws IllegalArgumentException if there is no schedule
   */
  public ChainedScheduler(List<? extends Schedule> schedules) {
    this.schedules = Checks.all("ChainedScheduler", "schedules", schedules);
    if (this.schedules.isEmpty()) {
      throw new IllegalArgumentException("ChainedScheduler: there is no schedule");
    }
  }

  /** A chain. */
  public ChainedScheduler(Schedule... schedules) {
    this(Checks.all("ChainedScheduler", "schedules", schedules));
  }

  @Override
  public SequencedMap<String, Double> at(long step, SequencedMap<String, Double> start) {
    Checks.step(step);
    Checks.start("ChainedScheduler", start);
    Reached reached = known.get(start);
    if (reached == null || reached.step > step) {
      reached = new Reached(0, next(0, start, start));
    }
    for (long k = reached.step + 1; k <= step; k++) {
      reached = new Reached(k, next(k, reached.settings, start));
    }
    known.put(new LinkedHashMap<>(start), reached);
    return new LinkedHashMap<>(reached.settings);
  }

  @Override
  public SequencedMap<String, Double> next(
      long step, SequencedMap<String, Double> current, SequencedMap<String, Double> start) {
    Checks.start("ChainedScheduler", start);
    SequencedMap<String, Double> settings =
        new LinkedHashMap<>(Objects.requireNonNull(current, "ChainedScheduler: current is null"));
    for (Schedule schedule : schedules) {
      settings.putAll(
          schedule instanceof Chainable chainable
              ? chainable.next(step, settings, start)
              : schedule.at(step, start));
    }
    return settings;
  }

  @Override
  public String toString() {
    return "ChainedScheduler" + schedules;
  }
}
