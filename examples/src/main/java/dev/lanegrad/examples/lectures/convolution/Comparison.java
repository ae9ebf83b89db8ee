package dev.lanegrad.examples.lectures.convolution;

import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.layers.Layer;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * One quantity measured without and with what a lecture is about, for several seeds.
 *
 * @param quantity such as {@code test loss}
 * @param without the name of the first way
 * @param with the name of the second way
 * @param pairs by seed, from 1: the quantity without, and with
 */
record Comparison(String quantity, String without, String with, List<double[]> pairs) {
  private static final int SEEDS = 3;

  /** Measures for the seeds 1, 2 and 3. */
  static Comparison of(
      String quantity, String without, String with, LongFunction<double[]> measure) {
    return new Comparison(quantity, without, with, seeds().mapToObj(measure).toList());
  }

  /** Measures models that were trained with the seeds 1, 2 and 3. */
  static Comparison ofModels(
      String quantity,
      String without,
      String with,
      List<Layer> plain,
      List<Layer> changed,
      ToDoubleFunction<Layer> measure) {
    return of(
        quantity,
        without,
        with,
        seed -> {
          int i = Math.toIntExact(seed) - 1;
          return new double[] {
            measure.applyAsDouble(plain.get(i)), measure.applyAsDouble(changed.get(i))
          };
        });
  }

  /** A model for each of the seeds 1, 2 and 3. */
  static List<Layer> models(LongFunction<Layer> train) {
    return seeds().mapToObj(train).toList();
  }

  private static LongStream seeds() {
    return LongStream.rangeClosed(1, SEEDS);
  }

  /** A table of the seeds, and the means. */
  Comparison showIn(Notebook notebook) {
    notebook.table(
        quantity + " by seed",
        List.of("seed", without, with),
        IntStream.range(0, pairs.size())
            .mapToObj(i -> List.of(i + 1, pairs.get(i)[0], pairs.get(i)[1]))
            .toList());
    notebook.number("mean " + quantity + ", " + without, mean(0));
    notebook.number("mean " + quantity + ", " + with, mean(1));
    return this;
  }

  /** Whether it grows by so much at least, for every seed. */
  boolean growsBy(double margin) {
    return pairs.stream().allMatch(pair -> pair[1] >= pair[0] + margin);
  }

  /** Whether it grows by so much at least on average. */
  boolean growsOnAverageBy(double margin) {
    return mean(1) >= mean(0) + margin;
  }

  /** Whether at most this part of it is left, for every seed. */
  boolean fallsTo(double part) {
    return pairs.stream().allMatch(pair -> pair[1] <= part * pair[0]);
  }

  private double mean(int way) {
    return pairs.stream().mapToDouble(pair -> pair[way]).average().orElseThrow();
  }
}
