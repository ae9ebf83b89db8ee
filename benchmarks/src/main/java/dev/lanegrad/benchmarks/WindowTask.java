package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The convolutions and poolings of a {@link Network}, each on an input of its own, and with a
 * gradient of its output given.
 *
 * @param batch examples in an input
 */
record WindowTask(Pass pass, DType dtype, int batch, Network network) implements Task {
  static final String KIND = "window";

  /** What is done. */
  enum Pass {
    FORWARD,
    /** From an output that is there already: with respect to input, weight and bias. */
    GRADIENTS,
    FORWARD_AND_GRADIENTS;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  static WindowTask of(String... words) {
    return new WindowTask(
        Pass.valueOf(words[0]),
        DType.valueOf(words[1]),
        Integer.parseInt(words[2]),
        new Network(words[3]));
  }

  @Override
  public String key() {
    return String.format(
        Locale.ROOT, "%s %s %s %d %s", KIND, pass.name(), dtype.name(), batch, network.word());
  }

  @Override
  public String name() {
    Part part = parts().getFirst();
    String kind =
        switch (part) {
          case Part.Convolution _ -> "conv";
          case Part.Transposed _ -> "convTranspose";
          default -> "max pool ";
        };
    return String.format(Locale.ROOT, "%s%dd %s", kind, Part.dimensions(network.input()), pass);
  }

  @Override
  public String shape() {
    return String.format(Locale.ROOT, "%s, batch %d", network.word(), batch);
  }

  /** Its convolutions and poolings. */
  List<Part> parts() {
    return network.parts().stream()
        .filter(part -> part instanceof Part.Filter || part instanceof Part.MaxPool)
        .toList();
  }

  Work prepare() {
    return new WindowWork(this).work();
  }

  /**
   * Numbers from 1/2 to 1 for a tensor, so that sums of them say something.
   *
   * @param part the number of the part that the tensor is for
   * @param tensor which of its tensors
   */
  double[] numbers(int part, int tensor, List<Integer> shape) {
    return new SplittableRandom(10L * part + tensor).doubles(Part.product(shape), 0.5, 1).toArray();
  }
}
