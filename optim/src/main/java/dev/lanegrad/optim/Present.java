package dev.lanegrad.optim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Arguments that have to be there: one that is null is refused by its name. */
final class Present {
  private Present() {}

  /**
   * An unmodifiable copy of a collection, none of whose elements is null.
   *
   * @throws NullPointerException if it or one of them is null
   */
  static <T> List<T> all(String owner, String name, @Nullable Collection<? extends T> all) {
    if (all == null) {
      throw new NullPointerException("%s: %s is null".formatted(owner, name));
    }
    List<T> copy = new ArrayList<>(all);
    int hole = copy.indexOf(null);
    if (hole >= 0) {
      throw new NullPointerException(
          String.format(Locale.ROOT, "%s: %s[%d] is null", owner, name, hole));
    }
    return Collections.unmodifiableList(copy);
  }
}
