package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * A step of training a network of linear layers with ReLU between them: forward, cross entropy,
 * backward, Adam. All contestants start from the same weights and see the same batch.
 *
 * @param productsOnly whether only the step's matrix products are done
 * @param batch examples in it
 * @param widths numbers of an example, outputs of each layer
 */
record TrainingTask(boolean productsOnly, int batch, List<Integer> widths) implements Task {
  static final String KIND = "training";
  static final double LEARNING_RATE = 1e-3;

  /** After so many steps the losses of all contestants are compared. */
  static final int CHECKED_STEPS = 3;

  private static final long WEIGHTS = 7;
  private static final long DATA = 8;

  static TrainingTask of(String... words) {
    List<Integer> numbers =
        Arrays.stream(words).skip(1).map(Integer::valueOf).collect(Collectors.toList());
    return new TrainingTask(
        Boolean.parseBoolean(words[0]), numbers.getFirst(), numbers.subList(1, numbers.size()));
  }

  static TrainingTask step(int batch, Integer... widths) {
    return new TrainingTask(false, batch, List.of(widths));
  }

  /** Its matrix products alone. */
  TrainingTask products() {
    return new TrainingTask(true, batch, widths);
  }

  @Override
  public DType dtype() {
    return DType.FLOAT32;
  }

  @Override
  public String key() {
    return "%s %s %d %s".formatted(KIND, productsOnly, batch, joined(" "));
  }

  @Override
  public String name() {
    return productsOnly ? "matmuls of a step" : "step";
  }

  @Override
  public String shape() {
    return "%s, batch %d".formatted(joined("-"), batch);
  }

  private String joined(String separator) {
    return widths.stream().map(String::valueOf).collect(Collectors.joining(separator));
  }

  int layers() {
    return widths.size() - 1;
  }

  int in(int layer) {
    return widths.get(layer);
  }

  int out(int layer) {
    return widths.get(layer + 1);
  }

  /** The initial weight of a layer, {@code [out, in]}, as {@code Linear} draws it. */
  float[] weight(int layer) {
    double bound = 1 / Math.sqrt(in(layer));
    return floats(WEIGHTS + 10L * layer, in(layer) * out(layer), -bound, bound);
  }

  /** The examples, {@code [batch, in]}. */
  float[] examples() {
    return floats(DATA, batch * widths.getFirst(), -1, 1);
  }

  /** A class for each example. */
  int[] labels() {
    int classes = widths.getLast();
    return new SplittableRandom(DATA + 1).ints(batch, 0, classes).toArray();
  }

  private static float[] floats(long seed, int count, double low, double high) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextDouble(low, high);
    }
    return numbers;
  }
}
