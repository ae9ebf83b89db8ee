package dev.lanegrad.training.metric;

/**
 * The fraction of examples that are taken for their class.
 *
 * <p>Shapes: scores {@code [.., classes]} and labels {@code [..]}, the largest score counts, of
 * equal ones the first; or int32 classes {@code [..]}; or scores {@code [..]} of class 1 against
 * class 0. The {@link Tally#details} are the share of each class that is found, as {@link
 * Recall}'s.
 *
 * @param threshold above which a single score means class 1: 0.5 for probabilities, 0 for logits
 */
public record Accuracy(double threshold) implements Metric {
  /** With a threshold of 0.5, which matters only where an example has a single score. */
  public Accuracy() {
    this(0.5);
  }

  @Override
  public String name() {
    return "accuracy";
  }

  @Override
  public Tally start() {
    return new ClassCounts(name(), threshold, ClassCounts::accuracy, Recall::ofEachClass);
  }
}
