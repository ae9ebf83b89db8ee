package dev.lanegrad.training;

import dev.lanegrad.autodiff.Tensor;
import java.util.Map;
import java.util.SequencedMap;

/** Something that changes while a training runs and that a checkpoint therefore keeps. */
public interface Stateful {
  /** A copy of all that is remembered, by name; going on does not change it. */
  SequencedMap<String, Tensor> stateDict();

  /**
   * Puts back what {@link #stateDict} gave.
   *
   * @throws IllegalArgumentException naming what is missing or does not fit
   */
  void loadStateDict(Map<String, Tensor> state);
}
