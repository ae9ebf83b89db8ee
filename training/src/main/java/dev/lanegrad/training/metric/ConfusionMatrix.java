package dev.lanegrad.training.metric;

/**
 * How many examples of each label were taken for each class: {@link Tally#details} is int32 {@code
 * [classes, classes]}, a row for each label, a column for each class chosen. The value is the
 * fraction on the diagonal, the accuracy.
 *
 * <p>Shapes and threshold are those of {@link Accuracy}; where classes are given as int32, there
 * are as many as the largest one says.
 *
 * @param threshold above which a single score means class 1
 */
public record ConfusionMatrix(double threshold) implements Metric {
  /** With a threshold of 0.5, which matters only where an example has a single score. */
  public ConfusionMatrix() {
    this(0.5);
  }

  @Override
  public String name() {
    return "confusion_matrix";
  }

  @Override
  public Tally start() {
    return new ClassCounts(name(), threshold, ClassCounts::accuracy, ClassCounts::matrix);
  }
}
