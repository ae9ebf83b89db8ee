package dev.lanegrad.optim;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/** Named numbers in a fixed order. */
final class Settings {
  static final SequencedMap<String, Double> NONE = of(List.of());
  static final String RATE = "learningRate";
  static final String MOMENTUM = "momentum";
  static final String BETA1 = "beta1";
  static final String BETA2 = "beta2";
  static final String EPSILON = "epsilon";
  static final String WEIGHT_DECAY = "weightDecay";

  private Settings() {}

  static SequencedMap<String, Double> of(List<String> names, double... values) {
    SequencedMap<String, Double> map = new LinkedHashMap<>();
    for (int k = 0; k < values.length; k++) {
      map.put(names.get(k), values[k]);
    }
    return Collections.unmodifiableSequencedMap(map);
  }

  static double[] values(SequencedMap<String, Double> settings) {
    double[] values = new double[settings.size()];
    int next = 0;
    for (double value : settings.values()) {
      values[next++] = value;
    }
    return values;
  }

  /** All settings of a rule in their order, one of them changed. */
  static double[] changed(Rule rule, String setting, double value) {
    return changed(rule.getClass().getSimpleName(), rule.settings(), setting, value);
  }

  static double[] changed(
      String owner, SequencedMap<String, Double> settings, String setting, double value) {
    Objects.requireNonNull(setting, owner + ": setting is null");
    double[] values = new double[settings.size()];
    int next = 0;
    int at = -1;
    for (Map.Entry<String, Double> e : settings.entrySet()) {
      if (e.getKey().equals(setting)) {
        at = next;
      }
      values[next++] = e.getValue();
    }
    if (at < 0) {
      throw new IllegalArgumentException(
          "%s: there is no setting \"%s\"; it has %s"
              .formatted(owner, setting, String.join(", ", settings.keySet())));
    }
    values[at] = value;
    return values;
  }
}
