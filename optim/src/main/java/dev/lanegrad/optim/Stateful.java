package dev.lanegrad.optim;

import dev.lanegrad.autodiff.Tensor;
import java.util.Map;
import java.util.SequencedMap;

/** What remembers something from step to step that a checkpoint has to keep. */
public interface Stateful {
  /**
   * All that is remembered, by name: copies, of float32 and float64 only, so that the map can be
   * written as a safetensors file. Counts are float64.
   */
  SequencedMap<String, Tensor> stateDict();

  /**
   * Goes on from what {@link #stateDict} gave. Nothing is changed if anything does not fit.
   *
   * @throws IllegalArgumentException naming what is missing, what is not known here, and what has
   *     another shape, dtype or range
   */
  void loadStateDict(Map<String, Tensor> state);
}
