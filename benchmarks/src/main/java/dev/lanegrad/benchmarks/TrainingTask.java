package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A step of training a {@link Network}: forward, cross entropy, backward, Adam. All contestants
 * start from the same weights and see the same batch.
 *
 * @param productsOnly whether only the step's matrix products and convolutions are done
 * @param batch examples in it
 */
record TrainingTask(boolean productsOnly, int batch, Network network) implements Task {
  static final String KIND = "training";

  /** Of the steps after which losses are compared. */
  static final double CHECKED_RATE = 1e-3;

  /**
   * Of the steps that are timed: millions of them on one batch would end in a network whose
   * gradients are subnormal numbers, which some contestants take a hundred times as long for.
   */
  static final double TIMED_RATE = 1e-7;

  /** After so many steps the losses of all contestants are compared. */
  static final int CHECKED_STEPS = 3;

  private static final long WEIGHTS = 7;
  private static final long DATA = 8;

  static TrainingTask of(String... words) {
    return new TrainingTask(
        Boolean.parseBoolean(words[0]), Integer.parseInt(words[1]), new Network(words[2]));
  }

  static TrainingTask step(int batch, String network) {
    return new TrainingTask(false, batch, new Network(network));
  }

  /** Its matrix products and convolutions alone. */
  TrainingTask products() {
    return new TrainingTask(true, batch, network);
  }

  @Override
  public DType dtype() {
    return DType.FLOAT32;
  }

  @Override
  public String key() {
    return String.format(Locale.ROOT, "%s %s %d %s", KIND, productsOnly, batch, network.word());
  }

  @Override
  public String name() {
    return productsOnly ? "products of a step" : "step";
  }

  @Override
  public String shape() {
    return String.format(Locale.ROOT, "%s, batch %d", network.word(), batch);
  }

  /** The initial weight of a layer, uniform between -1 and 1 over the root of its fan-in. */
  float[] weight(int layer) {
    Part.Weighted part = network.weighted().get(layer);
    double bound = 1 / Math.sqrt(part.fanIn());
    return floats(WEIGHTS + 10L * layer, Part.product(part.weight()), -bound, bound);
  }

  /** The shape of a batch. */
  List<Integer> inputs() {
    return Part.batched(batch, network.input());
  }

  /** The examples, of the shape {@link #inputs}. */
  float[] examples() {
    return floats(DATA, Part.product(inputs()), -1, 1);
  }

  /** A class for each example. */
  int[] labels() {
    return new SplittableRandom(DATA + 1).ints(batch, 0, network.outputs()).toArray();
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
