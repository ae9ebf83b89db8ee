package dev.lanegrad.training.metric;

import dev.lanegrad.autodiff.Tensor;
import java.util.Objects;

/**
 * Of the examples of a class, the fraction that was taken for it; 0 for a class without examples.
 *
 * <p>Shapes and threshold are those of {@link Accuracy}. {@link Tally#details} has the number of
 * each class, float64 {@code [classes]}.
 *
 * @param averaging how the numbers of the classes become one
 * @param threshold above which a single score means class 1
 */
public record Recall(ClassAveraging averaging, double threshold) implements Metric {
  /** Checks that there is an averaging. */
  public Recall {
    Objects.requireNonNull(averaging, "recall: averaging is null");
  }

  /** With a threshold of 0.5, which matters only where an example has a single score. */
  public Recall(ClassAveraging averaging) {
    this(averaging, 0.5);
  }

  /** The mean over classes. */
  public Recall() {
    this(ClassAveraging.MACRO);
  }

  @Override
  public String name() {
    return "recall";
  }

  @Override
  public Tally start() {
    return new ClassCounts(
        name(),
        threshold,
        counts -> averaging.of(counts, ClassAveraging.Share::recall),
        Recall::ofEachClass);
  }

  static Tensor ofEachClass(ClassCounts counts) {
    return ClassCounts.vector(ClassAveraging.ofEach(counts, ClassAveraging.Share::recall));
  }
}
