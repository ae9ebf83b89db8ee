package dev.lanegrad.training;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * What a training goes through: the same number of batches in each epoch, of any type, such as a
 * record of several inputs. What an epoch holds depends on its number only; so a training that is
 * resumed in the midst of an epoch sees what it would have seen. A {@link DataLoader} is one.
 *
 * @param <B> a batch
 */
public interface Batches<B> {
  /** How many batches an epoch has, at least 1. */
  int batches();

  /**
   * The batches of an epoch from one of them on.
   *
   * @param epoch from 0
   * @param from the first one, from 0 to {@link #batches()}
   */
  Iterable<B> epoch(int epoch, int from);

  /**
   * What the batches are made from, in words. A checkpoint keeps it, and is not resumed with
   * batches that are described otherwise.
   */
  String description();

  /** A batch by the number of its epoch and its own number in it. */
  @FunctionalInterface
  interface Maker<B> {
    /**
     * A batch.
     *
     * @param epoch counted from 0
     * @param number of the batch in the epoch, counted from 0
     */
    B make(int epoch, int number);
  }

  /**
   * The same batches in the same order in each epoch.
   *
   * @throws IllegalArgumentException if there is no batch
   */
  static <B> Batches<B> of(List<B> batches) {
    Objects.requireNonNull(batches, "batches: batches is null");
    batches.forEach(batch -> Objects.requireNonNull(batch, "batches: one of batches is null"));
    List<B> all = List.copyOf(batches);
    return made(
        String.format(Locale.ROOT, "%d batches in order", all.size()),
        all.size(),
        (_, k) -> all.get(k));
  }

  /**
   * Batches that are made when they are needed.
   *
   * @param description see {@link #description()}
   * @param perEpoch how many an epoch has
   * @throws IllegalArgumentException if that is less than 1
   */
  static <B> Batches<B> made(String description, int perEpoch, Maker<B> maker) {
    Objects.requireNonNull(description, "batches: description is null");
    Objects.requireNonNull(maker, "batches: maker is null");
    if (perEpoch < 1) {
      throw new IllegalArgumentException("batches: an epoch has at least 1 batch, not " + perEpoch);
    }
    return new Batches<>() {
      @Override
      public int batches() {
        return perEpoch;
      }

      @Override
      public Iterable<B> epoch(int epoch, int from) {
        return () -> iterator(epoch, from);
      }

      private Iterator<B> iterator(int epoch, int from) {
        return IntStream.range(from, perEpoch).mapToObj(k -> maker.make(epoch, k)).iterator();
      }

      @Override
      public String description() {
        return description;
      }
    };
  }

  /** The first batches of each epoch only, for a quick look whether everything works. */
  default Batches<B> first(int count) {
    Batches<B> all = this;
    String words = String.format(Locale.ROOT, "the first %d of %s", count, description());
    return new Batches<>() {
      @Override
      public int batches() {
        return Math.min(count, all.batches());
      }

      @Override
      public Iterable<B> epoch(int epoch, int from) {
        return () -> {
          Iterator<B> rest = all.epoch(epoch, from).iterator();
          return IntStream.range(from, batches()).mapToObj(_ -> rest.next()).iterator();
        };
      }

      @Override
      public String description() {
        return words;
      }
    };
  }
}
