package dev.lanegrad.training;

import dev.lanegrad.autodiff.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * What a model is worth on a data set.
 *
 * @param loss the mean over all examples
 * @param values of the metrics, by name
 * @param details what the values are made of, see {@link
 *     dev.lanegrad.training.metric.Tally#details}
 */
public record Evaluation(
    double loss, SequencedMap<String, Double> values, SequencedMap<String, Tensor> details) {
  /** Copies what is given. */
  public Evaluation {
    values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
    details = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(details));
  }

  /**
   * The value of a metric, or of {@code loss}.
   *
   * @throws IllegalArgumentException if there is none, naming those that there are
   */
  public double value(String name) {
    Objects.requireNonNull(name, "evaluation: name is null");
    if (name.equals("loss")) {
      return loss;
    }
    Double value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "evaluation: there is no metric \"%s\", only loss and %s"
              .formatted(name, values.keySet()));
    }
    return value;
  }
}
