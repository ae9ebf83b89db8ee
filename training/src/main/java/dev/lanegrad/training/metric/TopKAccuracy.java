package dev.lanegrad.training.metric;

import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The fraction of examples whose class is among the k with the largest scores; of equal scores the
 * first ones count, so that with k = 1 this is {@link Accuracy}.
 *
 * <p>Shapes: scores {@code [.., classes]} and labels {@code [..]}.
 *
 * @param k at least 1
 */
public record TopKAccuracy(int k) implements Metric {
  /**
   * Checks k.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public TopKAccuracy {
    if (k < 1) {
      throw new IllegalArgumentException("topKAccuracy: k is at least 1, not " + k);
    }
  }

  @Override
  public String name() {
    return String.format(Locale.ROOT, "top_%d_accuracy", k);
  }

  @Override
  public Tally start() {
    return new Hits();
  }

  private final class Hits implements Tally {
    private long hits;
    private long examples;

    @Override
    public void add(Tensor output, Tensor target) {
      if (output.rank() != target.rank() + 1) {
        throw new ShapeException(
            "%s: takes scores [.., classes] and labels [..], not %s and %s"
                .formatted(name(), output.shape(), target.shape()));
      }
      int[] labels = Decisions.labels(name(), output, target);
      int classes = output.shape().dim(-1);
      Decisions.checkRange(name(), labels, classes, output);
      Decisions.checkNoNan(name(), output);
      double[] scores = output.toDoubleArray();
      for (int i = 0; i < labels.length; i++) {
        hits += rank(scores, i * classes, classes, labels[i]) < k ? 1 : 0;
      }
      examples += labels.length;
    }

    /** How many scores come before that of a label. */
    private static int rank(double[] scores, int start, int classes, int label) {
      double own = scores[start + label];
      int before = 0;
      for (int c = 0; c < classes; c++) {
        double other = scores[start + c];
        before += other > own || (other == own && c < label) ? 1 : 0;
      }
      return before;
    }

    @Override
    public double value() {
      return (double) hits / examples;
    }

    @Override
    public SequencedMap<String, Tensor> stateDict() {
      return Numbers.of((double) hits, (double) examples);
    }

    @Override
    public void loadStateDict(Map<String, Tensor> state) {
      double[] seen = Numbers.from(name(), state);
      hits = (long) seen[0];
      examples = (long) seen[1];
    }
  }
}
