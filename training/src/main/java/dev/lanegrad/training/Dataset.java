package dev.lanegrad.training;

import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Examples in memory.
 *
 * @param x inputs, of shape [n, ..]
 * @param y labels or targets, of shape [n, ..]
 */
public record Dataset(Tensor x, Tensor y) {
  /** How far a sum of fractions may be from 1. */
  private static final double ROUNDING = 1e-9;

  /**
   * Checks that there are as many inputs as labels.
   *
   * @throws ShapeException if there are not
   */
  public Dataset {
    Batch.checkExamples("dataset", x.shape(), y.shape());
  }

  /** The number of examples. */
  public int size() {
    return x.shape().dim(0);
  }

  /** Examples from {@code start} (inclusive) to {@code end} (exclusive), as views. */
  public Batch batch(int start, int end) {
    return new Batch(x.slice(0, start, end), y.slice(0, start, end));
  }

  /**
   * All examples in order, so many at a time; the last batch holds what is left.
   *
   * @throws IllegalArgumentException if {@code batchSize} is less than 1
   */
  public List<Batch> batches(int batchSize) {
    if (batchSize < 1) {
      throw new IllegalArgumentException(
          "dataset: a batch has at least 1 example, not " + batchSize);
    }
    return IntStream.range(0, Math.ceilDiv(size(), batchSize))
        .mapToObj(i -> batch(i * batchSize, Math.min((i + 1) * batchSize, size())))
        .toList();
  }

  /** Examples from {@code start} (inclusive) to {@code end} (exclusive), as views. */
  public Dataset slice(int start, int end) {
    return new Dataset(x.slice(0, start, end), y.slice(0, start, end));
  }

  /**
   * Copies of the examples at some positions, in that order; one may come several times.
   *
   * @throws ShapeException if there is no such position
   */
  public Dataset select(int... indices) {
    Tensor chosen = Tensor.ofInts(Objects.requireNonNull(indices, "dataset: indices is null"));
    return new Dataset(x.indexSelect(0, chosen), y.indexSelect(0, chosen));
  }

  /** The same examples in another order; equal seeds give equal orders. */
  public Dataset shuffled(long seed) {
    return select(Seeds.permutation(size(), Seeds.generator(seed)));
  }

  /**
   * Parts of this data set in order, as views, such as {@code split(0.8, 0.2)}: the borders are the
   * sums of the fractions times the number of examples, rounded.
   *
   * @throws IllegalArgumentException if a fraction is negative, or their sum is not 1
   */
  public List<Dataset> split(double... fractions) {
    Objects.requireNonNull(fractions, "split: fractions is null");
    double total = Arrays.stream(fractions).sum();
    boolean fits =
        Math.abs(total - 1) <= ROUNDING && Arrays.stream(fractions).allMatch(f -> f >= 0);
    if (!fits) {
      throw new IllegalArgumentException(
          "split: fractions are not negative and add up to 1, unlike "
              + Arrays.toString(fractions));
    }
    List<Dataset> parts = new ArrayList<>();
    double sum = 0;
    int start = 0;
    for (double fraction : fractions) {
      sum += fraction;
      int end = Math.toIntExact(Math.round(Math.min(sum, 1) * size()));
      parts.add(slice(start, end));
      start = end;
    }
    return List.copyOf(parts);
  }
}
