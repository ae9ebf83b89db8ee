package dev.lanegrad.training;

import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a model makes of a batch.
 *
 * @param loss a scalar, the mean over the batch
 * @param output what metrics compare with the target, or null
 * @param target what would have been right, or null
 * @param examples how many the loss is a mean of: how much it counts in the mean of many batches
 */
public record Outcome(Tensor loss, @Nullable Tensor output, @Nullable Tensor target, int examples) {
  /**
   * Checks that the loss is a scalar.
   *
   * @throws ShapeException if it is not
   */
  public Outcome {
    if (loss.size() != 1) {
      throw new ShapeException(
          "trainer: the loss of a batch is one number, not %s; take its mean or sum"
              .formatted(loss.shape()));
    }
  }

  /** A loss that counts once, without anything for metrics. */
  public static Outcome of(Tensor loss) {
    return new Outcome(loss, null, null, 1);
  }

  /** A loss, and what metrics compare; as many examples as the target has. */
  public static Outcome of(Tensor loss, Tensor output, Tensor target) {
    Objects.requireNonNull(output, "outcome: output is null");
    Objects.requireNonNull(target, "outcome: target is null");
    return new Outcome(loss, output, target, target.rank() == 0 ? 1 : target.shape().dim(0));
  }
}
