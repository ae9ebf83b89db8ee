package dev.lanegrad.training.metric;

import dev.lanegrad.autodiff.Tensor;

/**
 * A number that says how good predictions are. A metric is only a description; what it has seen so
 * far is in a {@link Tally}.
 *
 * <pre>{@code
 * Tally accuracy = new Accuracy().start();
 * for (Batch batch : test.batches(500)) {
 *   accuracy.add(model.forward(batch.x()), batch.y());
 * }
 * double value = accuracy.value();
 * }</pre>
 *
 * The value is that of all examples taken together, not a mean over batches. Names and values are
 * those of scikit-learn.
 */
public interface Metric {
  /** What it is called in a history or a log, such as {@code accuracy}. */
  String name();

  /** A tally that has seen nothing. */
  Tally start();

  /** Whether a larger value is a better one. */
  default boolean isBetterLarger() {
    return true;
  }

  /** The value for one batch. */
  default double of(Tensor output, Tensor target) {
    Tally tally = start();
    tally.add(output, target);
    return tally.value();
  }
}
