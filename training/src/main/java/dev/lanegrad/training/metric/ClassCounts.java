package dev.lanegrad.training.metric;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** How many examples of each label were taken for each class. */
final class ClassCounts implements Tally {
  private final String metric;
  private final double threshold;
  private final ToDoubleFunction<ClassCounts> value;
  private final Function<ClassCounts, Tensor> details;
  private int classes;
  private long[] counts = {};

  ClassCounts(
      String metric,
      double threshold,
      ToDoubleFunction<ClassCounts> value,
      Function<ClassCounts, Tensor> details) {
    this.metric = metric;
    this.threshold = threshold;
    this.value = value;
    this.details = details;
  }

  @Override
  public void add(Tensor output, Tensor target) {
    Decisions decisions = Decisions.of(metric, output, target, threshold);
    grow(decisions.classes());
    int[] labels = decisions.labels();
    int[] chosen = decisions.chosen();
    for (int i = 0; i < labels.length; i++) {
      counts[labels[i] * classes + chosen[i]]++;
    }
  }

  private void grow(int wanted) {
    if (wanted > classes) {
      long[] larger = new long[Shape.of(wanted, wanted).size()];
      for (int row = 0; row < classes; row++) {
        System.arraycopy(counts, row * classes, larger, row * wanted, classes);
      }
      counts = larger;
      classes = wanted;
    }
  }

  int classes() {
    return classes;
  }

  /** Examples of a label that were taken for a class. */
  long count(int label, int chosen) {
    return counts[label * classes + chosen];
  }

  long hits(int label) {
    return count(label, label);
  }

  long hits() {
    long sum = 0;
    for (int label = 0; label < classes; label++) {
      sum += hits(label);
    }
    return sum;
  }

  /** Examples that have a label. */
  long labelled(int label) {
    long sum = 0;
    for (int chosen = 0; chosen < classes; chosen++) {
      sum += count(label, chosen);
    }
    return sum;
  }

  /** Examples that were taken for a class. */
  long taken(int chosen) {
    long sum = 0;
    for (int label = 0; label < classes; label++) {
      sum += count(label, chosen);
    }
    return sum;
  }

  long examples() {
    return Arrays.stream(counts).sum();
  }

  /** int32 [classes, classes]: row is the label, column the class chosen. */
  Tensor matrix() {
    int[] all = Arrays.stream(counts).mapToInt(Math::toIntExact).toArray();
    return Tensor.ofInts(Shape.of(classes, classes), all);
  }

  @Override
  public double value() {
    return examples() == 0 ? Double.NaN : value.applyAsDouble(this);
  }

  @Override
  public Tensor details() {
    return details.apply(this);
  }

  @Override
  public SequencedMap<String, Tensor> stateDict() {
    return Numbers.of(Arrays.stream(counts).asDoubleStream().toArray());
  }

  @Override
  public void loadStateDict(Map<String, Tensor> state) {
    long[] loaded = Arrays.stream(Numbers.from(metric, state)).mapToLong(c -> (long) c).toArray();
    int side = (int) Math.round(Math.sqrt(loaded.length));
    if (side * side != loaded.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: its state is a square of counts, not %d numbers",
              metric,
              loaded.length));
    }
    counts = loaded;
    classes = side;
  }

  /** One number for each class, float64 [classes]. */
  static Tensor vector(double[] values) {
    return Tensor.ofDoubles(DType.FLOAT64, Shape.of(values.length), values);
  }
}
