package dev.lanegrad.optim.schedule;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Checks of what schedules are made with and asked for; NaN is in no range. */
final class Checks {
  private Checks() {}

  static long step(long step) {
    if (step < 0) {
      throw new IllegalArgumentException("schedule: steps count from 0, not from " + step);
    }
    return step;
  }

  /** A copy of a list, none of whose elements is null. */
  static <T> List<T> all(String schedule, String name, @Nullable List<? extends T> all) {
    Objects.requireNonNull(all, () -> "%s: %s is null".formatted(schedule, name));
    for (Object element : all) {
      Objects.requireNonNull(element, () -> "%s: one of %s is null".formatted(schedule, name));
    }
    return List.copyOf(all);
  }

  /** An array as a list; none of its elements is null. */
  static <T> List<T> all(String schedule, String name, T @Nullable [] all) {
    Objects.requireNonNull(all, () -> "%s: %s is null".formatted(schedule, name));
    return all(schedule, name, Arrays.asList(all));
  }

  /** The settings that an optimizer was made with. */
  static void start(String schedule, @Nullable SequencedMap<String, Double> start) {
    Objects.requireNonNull(start, () -> schedule + ": start is null");
  }

  static void require(boolean holds, String schedule, String name, String range, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(
          "%s: %s must be %s, not %s".formatted(schedule, name, range, value));
    }
  }

  /** What rates are multiplied with; a negative one would give a negative rate some steps later. */
  static void factor(String schedule, String name, double value) {
    rate(schedule, name, value);
  }

  static void rate(String schedule, String name, double value) {
    boolean holds = value >= 0 && value < Double.POSITIVE_INFINITY;
    require(holds, schedule, name, "finite and at least 0", value);
  }

  static void fraction(String schedule, String name, double value) {
    require(value >= 0 && value <= 1, schedule, name, "from 0 to 1", value);
  }

  static void positive(String schedule, String name, long value) {
    require(value > 0, schedule, name, "at least 1", value);
  }
}
