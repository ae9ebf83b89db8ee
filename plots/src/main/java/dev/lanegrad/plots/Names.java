package dev.lanegrad.plots;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** A legend tells things apart by their names. */
final class Names {
  private Names() {}

  static void requireDistinct(String title, Collection<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new IllegalArgumentException(
            "picture \"" + title + "\": two series have the name \"" + name + "\"");
      }
    }
  }
}
