package dev.lanegrad.training;

import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.optim.Stateful;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Is told what happens in a training, in the order of these methods. It may stop it by {@link
 * TrainerState#stop}, and what it throws ends it.
 *
 * <p>One that remembers something defines {@link #stateDict} and {@link #loadStateDict} too, so
 * that a checkpoint keeps it.
 */
public interface Callback extends Stateful {
  /** Before the first step, also after a resume. */
  default void onStart(TrainerState state) {}

  /**
   * Gradients as the optimizers get them, accumulated and clipped; the state is that before the
   * update. They are gone when this returns.
   */
  default void onGradients(TrainerState state, Gradients gradients) {}

  /** After every update. */
  default void onStep(TrainerState state) {}

  /**
   * After every epoch, or as often as {@link Trainer#reportEvery} says, and after the last step.
   *
   * @param values the new points of the history
   */
  default void onReport(TrainerState state, SequencedMap<String, Double> values) {}

  /** After every epoch, once it was reported. */
  default void onEpochEnd(TrainerState state) {}

  /** After the last step, whether by its reason or by an exception; it is called once. */
  default void onEnd(TrainerState state) {}

  @Override
  default SequencedMap<String, Tensor> stateDict() {
    return new LinkedHashMap<>();
  }

  @Override
  default void loadStateDict(Map<String, Tensor> state) {
    if (!state.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: remembers nothing, but the state has %s"
              .formatted(getClass().getSimpleName(), state.keySet()));
    }
  }
}
