package dev.lanegrad.training.metric;

import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/**
 * The area under the receiver operating characteristic: the probability that an example of a class
 * has a larger score for it than one of another class; equal scores count one half. It is exact and
 * therefore keeps all scores.
 *
 * <p>Shapes: scores {@code [..]} of class 1 against class 0, or {@code [.., classes]}; labels
 * {@code [..]}. Of two classes it is the area of class 1 by the difference of both scores, so that
 * logits and their softmax give the same. Of more it is the mean of each class against the rest (as
 * scikit-learn's {@code multi_class="ovr"}; give probabilities, not logits, to compare). It is NaN
 * where a class has no example or all; {@link Tally#details} has the area of each class.
 *
 * <p>Source: Hanley and McNeil, "The meaning and use of the area under a receiver operating
 * characteristic (ROC) curve", Radiology 143, 1982: the rank sum of Mann and Whitney.
 */
public record AUC() implements Metric {
  @Override
  public String name() {
    return "auc";
  }

  @Override
  public Tally start() {
    return new Scores();
  }

  private static final class Scores implements Tally {
    private static final String NAME = "auc";

    /** How many scores an example has; 0 while nothing has been added. */
    private int width;

    private double[] scores = {};
    private double[] labels = {};
    private int examples;

    @Override
    public void add(Tensor output, Tensor target) {
      int[] added = Decisions.labels(NAME, output, target);
      boolean perClass = output.rank() > target.rank();
      int classes = perClass ? output.shape().dim(-1) : 2;
      Decisions.checkRange(NAME, added, classes, output);
      Decisions.checkNoNan(NAME, output);
      if (classes < 2) {
        throw new ShapeException("auc: takes scores of at least 2 classes, not " + output.shape());
      }
      double[] values = output.toDoubleArray();
      int each = classes == 2 ? 1 : classes;
      if (width != 0 && width != each) {
        throw new ShapeException(
            String.format(
                Locale.ROOT,
                "auc: scores of %d classes were added before, now %s",
                width == 1 ? 2 : width,
                output.shape()));
      }
      width = each;
      reserve(examples + added.length);
      for (int i = 0; i < added.length; i++) {
        labels[examples + i] = added[i];
        if (perClass && each == 1) {
          scores[examples + i] = difference(values[2 * i + 1], values[2 * i]);
        }
      }
      if (!perClass || each > 1) {
        System.arraycopy(values, 0, scores, examples * each, added.length * each);
      }
      examples += added.length;
    }

    /** Equal infinities are equal. */
    private static double difference(double one, double zero) {
      return one == zero ? 0 : one - zero;
    }

    private void reserve(int wanted) {
      if (wanted > labels.length) {
        int larger = Math.max(wanted, (int) Math.min(2L * labels.length, Integer.MAX_VALUE / 8));
        labels = Arrays.copyOf(labels, larger);
        scores = Arrays.copyOf(scores, Math.multiplyExact(larger, width));
      }
    }

    @Override
    public double value() {
      return examples == 0 ? Double.NaN : Arrays.stream(areas()).average().orElse(Double.NaN);
    }

    private double[] areas() {
      return width == 1
          ? new double[] {area(0, 1)}
          : IntStream.range(0, width).mapToDouble(c -> area(c, c)).toArray();
    }

    /** (rank sum of the class - n (n + 1) / 2) / (n m), ranks of equal scores being their mean. */
    private double area(int column, int label) {
      double[] own = column(column, label, true);
      double[] others = column(column, label, false);
      Arrays.sort(own);
      Arrays.sort(others);
      long halves = 0;
      int below = 0;
      int notAbove = 0;
      for (double score : own) {
        while (below < others.length && others[below] < score) {
          below++;
        }
        while (notAbove < others.length && others[notAbove] <= score) {
          notAbove++;
        }
        halves += below + (long) notAbove;
      }
      return halves / (2.0 * own.length * others.length);
    }

    /** Adding 0 makes -0 and 0 one number, which {@link Arrays#sort} would tell apart. */
    private double[] column(int column, int label, boolean isLabel) {
      return IntStream.range(0, examples)
          .filter(i -> (labels[i] == label) == isLabel)
          .mapToDouble(i -> scores[i * width + column] + 0.0)
          .toArray();
    }

    @Override
    public Tensor details() {
      return ClassCounts.vector(examples == 0 ? new double[0] : areas());
    }

    @Override
    public SequencedMap<String, Tensor> stateDict() {
      double[] all = new double[1 + examples + examples * width];
      all[0] = width;
      System.arraycopy(labels, 0, all, 1, examples);
      System.arraycopy(scores, 0, all, 1 + examples, examples * width);
      return Numbers.of(all);
    }

    @Override
    public void loadStateDict(Map<String, Tensor> state) {
      double[] all = Numbers.from(NAME, state);
      width = (int) all[0];
      examples = (all.length - 1) / (1 + width);
      labels = Arrays.copyOfRange(all, 1, 1 + examples);
      scores = Arrays.copyOfRange(all, 1 + examples, 1 + examples + examples * width);
    }
  }
}
