package dev.lanegrad.training.metric;

import dev.lanegrad.autodiff.Tensor;
import java.util.Objects;

/**
 * Of the examples that were taken for a class, the fraction that belongs to it; 0 for a class that
 * none was taken for.
 *
 * <p>Shapes and threshold are those of {@link Accuracy}. {@link Tally#details} has the number of
 * each class, float64 {@code [classes]}.
 *
 * @param averaging how the numbers of the classes become one
 * @param threshold above which a single score means class 1
 */
public record Precision(ClassAveraging averaging, double threshold) implements Metric {
  /** Checks that there is an averaging. */
  public Precision {
    Objects.requireNonNull(averaging, "precision: averaging is null");
  }

  /** With a threshold of 0.5, which matters only where an example has a single score. */
  public Precision(ClassAveraging averaging) {
    this(averaging, 0.5);
  }

  /** The mean over classes. */
  public Precision() {
    this(ClassAveraging.MACRO);
  }

  @Override
  public String name() {
    return "precision";
  }

  @Override
  public Tally start() {
    return new ClassCounts(
        name(),
        threshold,
        counts -> averaging.of(counts, ClassAveraging.Share::precision),
        Precision::ofEachClass);
  }

  static Tensor ofEachClass(ClassCounts counts) {
    return ClassCounts.vector(ClassAveraging.ofEach(counts, ClassAveraging.Share::precision));
  }
}
