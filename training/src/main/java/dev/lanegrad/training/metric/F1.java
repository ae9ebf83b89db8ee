package dev.lanegrad.training.metric;

import dev.lanegrad.autodiff.Tensor;
import java.util.Objects;

/**
 * The harmonic mean of {@link Precision} and {@link Recall}, 2 hits / (examples + those taken for
 * the class); 0 for a class that has no example and that none was taken for.
 *
 * <p>Shapes and threshold are those of {@link Accuracy}. {@link Tally#details} has the number of
 * each class, float64 {@code [classes]}.
 *
 * @param averaging how the numbers of the classes become one
 * @param threshold above which a single score means class 1
 */
public record F1(ClassAveraging averaging, double threshold) implements Metric {
  /** Checks that there is an averaging. */
  public F1 {
    Objects.requireNonNull(averaging, "f1: averaging is null");
  }

  /** With a threshold of 0.5, which matters only where an example has a single score. */
  public F1(ClassAveraging averaging) {
    this(averaging, 0.5);
  }

  /** The mean over classes. */
  public F1() {
    this(ClassAveraging.MACRO);
  }

  @Override
  public String name() {
    return "f1";
  }

  @Override
  public Tally start() {
    return new ClassCounts(
        name(),
        threshold,
        counts -> averaging.of(counts, ClassAveraging.Share::f1),
        F1::ofEachClass);
  }

  static Tensor ofEachClass(ClassCounts counts) {
    return ClassCounts.vector(ClassAveraging.ofEach(counts, ClassAveraging.Share::f1));
  }
}
