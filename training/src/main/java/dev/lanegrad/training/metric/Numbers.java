package dev.lanegrad.training.metric;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** The state of a tally as a map with one tensor of float64. */
final class Numbers {
  private static final String NAME = "seen";

  private Numbers() {}

  static SequencedMap<String, Tensor> of(double... values) {
    SequencedMap<String, Tensor> state = new LinkedHashMap<>();
    state.put(NAME, Tensor.ofDoubles(DType.FLOAT64, Shape.of(values.length), values));
    return state;
  }

  static double[] from(String metric, Map<String, Tensor> state) {
    Tensor values = state.get(NAME);
    if (values == null || state.size() != 1) {
      throw new IllegalArgumentException(
          "%s: its state is a tensor \"%s\", not %s".formatted(metric, NAME, state.keySet()));
    }
    return values.toDoubleArray();
  }
}
