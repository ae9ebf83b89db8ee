package dev.lanegrad.training;

import java.util.Iterator;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The batches of one epoch after another; the next one is prepared in the background while one is
 * in use. What an epoch holds depends on the settings and its number only, so a training that is
 * resumed there sees the same batches.
 *
 * <pre>{@code
 * DataLoader loader =
 *     new DataLoader(training, 64).shuffled(1).transformed(ImageTransforms.flip(), 2);
 * for (int epoch = 0; epoch < 10; epoch++) {
 *   for (Batch batch : loader.epoch(epoch)) {
 *     Autodiff.tidy(
 *         () -> {
 *           Tensor loss = Losses.crossEntropy(model.forward(batch.x()), batch.y());
 *           optimizer.step(loss.backward());
 *         });
 *   }
 * }
 * }</pre>
 *
 * @param dataset where the examples come from
 * @param batchSize examples in a batch; the last of an epoch holds what is left
 * @param order the seed of the order of the examples; null keeps the data set's
 * @param transform what is done to the inputs of a batch; null for nothing
 * @param transformSeed of the transform
 */
public record DataLoader(
    Dataset dataset,
    int batchSize,
    @Nullable Long order,
    @Nullable Transform transform,
    long transformSeed)
    implements Batches<Batch> {
  /**
   * Checks the batch size.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public DataLoader {
    if (batchSize < 1) {
      throw new IllegalArgumentException(
          "dataLoader: a batch has at least 1 example, not " + batchSize);
    }
  }

  /** All examples in order. */
  public DataLoader(Dataset dataset, int batchSize) {
    this(dataset, batchSize, null, null, 0);
  }

  /** The same with a new order in each epoch. */
  public DataLoader shuffled(long seed) {
    return new DataLoader(dataset, batchSize, seed, transform, transformSeed);
  }

  /** The same with a transform of the inputs, which draws anew for each batch of each epoch. */
  public DataLoader transformed(Transform chosen, long seed) {
    return new DataLoader(dataset, batchSize, order, chosen, seed);
  }

  @Override
  public int batches() {
    return Math.ceilDiv(dataset.size(), batchSize);
  }

  /**
   * The batches of one epoch, for one loop or several.
   *
   * @throws IllegalArgumentException if the number is negative
   */
  public Iterable<Batch> epoch(int epoch) {
    return epoch(epoch, 0);
  }

  /**
   * The batches of one epoch from one of them on, for one loop or several.
   *
   * @throws IllegalArgumentException if a number is negative, or there are not so many batches
   */
  @Override
  public Iterable<Batch> epoch(int epoch, int from) {
    if (epoch < 0) {
      throw new IllegalArgumentException("dataLoader: epochs count from 0, not " + epoch);
    }
    if (from < 0 || from > batches()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "dataLoader: an epoch has batches 0 to %d, so none begins at %d",
              batches() - 1,
              from));
    }
    return () -> iterator(epoch, from);
  }

  @Override
  public String description() {
    return String.format(
        Locale.ROOT,
        "%d examples of %s%s and %s%s, %d a batch, %s%s",
        dataset.size(),
        dataset.x().dtype(),
        dataset.x().shape(),
        dataset.y().dtype(),
        dataset.y().shape(),
        batchSize,
        order == null ? "in order" : "order " + order,
        transform == null ? "" : ", transformed by " + transformSeed);
  }

  private Iterator<Batch> iterator(int epoch, int from) {
    int[] indices =
        order == null
            ? IntStream.range(0, dataset.size()).toArray()
            : Seeds.permutation(dataset.size(), Seeds.generator(order, epoch));
    return new Prefetch<>(batches() - from, number -> prepare(epoch, from + number, indices));
  }

  private Batch prepare(int epoch, int number, int[] indices) {
    int start = number * batchSize;
    int end = (int) Math.min((long) start + batchSize, indices.length);
    Dataset chosen =
        order == null
            ? dataset.slice(start, end)
            : dataset.select(IntStream.range(start, end).map(i -> indices[i]).toArray());
    if (transform == null) {
      return new Batch(chosen.x(), chosen.y());
    }
    RandomGenerator random = Seeds.generator(transformSeed, epoch, number);
    return new Batch(transform.apply(chosen.x(), random), chosen.y());
  }
}
