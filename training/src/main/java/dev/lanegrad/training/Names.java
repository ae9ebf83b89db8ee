package dev.lanegrad.training;

import dev.lanegrad.autodiff.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** States inside of a state: names that begin alike, before a dot. */
final class Names {
  private Names() {}

  static void put(Map<String, Tensor> all, String part, Map<String, Tensor> state) {
    state.forEach((name, tensor) -> all.put(part + "." + name, tensor));
  }

  /** The state that was put there, empty if none was. */
  static SequencedMap<String, Tensor> under(Map<String, Tensor> all, String part) {
    SequencedMap<String, Tensor> state = new LinkedHashMap<>();
    String prefix = part + ".";
    all.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            state.put(name.substring(prefix.length()), tensor);
          }
        });
    return state;
  }
}
