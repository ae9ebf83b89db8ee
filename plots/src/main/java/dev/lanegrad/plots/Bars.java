package dev.lanegrad.plots;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Bars in groups, one group for each label and in it one bar for each series that has it.
 *
 * @param title stands above
 * @param axis what the heights of the bars are
 * @param heights for each series, in the order of the legend, the height by label; the labels go
 *     from left to right in the order in which they first occur; there is no bar where it is NaN,
 *     infinite, or beyond 1e100
 */
public record Bars(String title, String axis, Map<String, Map<String, Double>> heights)
    implements Picture {
  /** Keeps copies of the maps. */
  public Bars {
    Present.of("bars", "title", title);
    Present.of("bars", "axis", axis);
    Present.of("bars", "heights", heights);
    Map<String, Map<String, Double>> copy = new LinkedHashMap<>();
    heights.forEach(
        (name, bars) -> copy.put(name, Collections.unmodifiableMap(new LinkedHashMap<>(bars))));
    heights = Collections.unmodifiableMap(copy);
  }

  /** The labels of all series. */
  List<String> labels() {
    List<String> labels = new ArrayList<>();
    for (Map<String, Double> bars : heights.values()) {
      bars.keySet().stream().filter(label -> !labels.contains(label)).forEach(labels::add);
    }
    return labels;
  }
}
