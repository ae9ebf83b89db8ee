package dev.lanegrad.plots;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Arguments that have to be there: one that is null is refused by its name. */
final class Present {
  private Present() {}

  static <T> T of(String picture, String name, @Nullable T argument) {
    return Objects.requireNonNull(argument, () -> "%s: %s is null".formatted(picture, name));
  }

  /** A copy of a list, none of whose elements is null. */
  static <T> List<T> all(String picture, String name, @Nullable List<T> all) {
    for (T element : of(picture, name, all)) {
      of(picture, "one of " + name, element);
    }
    return List.copyOf(all);
  }

  /** An array as a list; none of its elements is null. */
  static <T> List<T> all(String picture, String name, T @Nullable [] all) {
    return all(picture, name, Arrays.asList(of(picture, name, all)));
  }
}
