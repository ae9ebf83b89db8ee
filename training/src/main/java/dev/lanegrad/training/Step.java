package dev.lanegrad.training;

/**
 * What is computed from a batch: a function that may use any number of inputs and layers.
 *
 * <p>All its chance should come from the model's buffers (as {@code Dropout}'s does) or from the
 * batch, so that a step can be run again and a resumed training goes on as if never stopped.
 *
 * @param <B> a batch
 */
@FunctionalInterface
public interface Step<B> {
  /** The loss and what led to it, recorded. */
  Outcome run(B batch);
}
