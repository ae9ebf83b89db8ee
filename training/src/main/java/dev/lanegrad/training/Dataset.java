package dev.lanegrad.training;

import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Examples in memory.
 *
 * @param x inputs, of shape [n, ..]
 * @param y labels or targets, of shape [n, ..]
 */
public record Dataset(Tensor x, Tensor y) {
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
}
