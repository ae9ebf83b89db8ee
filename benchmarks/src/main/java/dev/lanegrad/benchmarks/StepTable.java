package dev.lanegrad.benchmarks;

import java.util.List;

/**
 * The steps of training by which versions of this library, and other libraries, are compared: from
 * one that is all calls to one that is all convolutions.
 */
final class StepTable {
  /** The convolutional network of {@code ./run mnist1d}. */
  static final TrainingTask MNIST_1D = TrainingTask.step(100, "40x1-25c5s2p1-25c3s2p1-25c3s2p1-10");

  /** 284 million floating-point operations. */
  static final TrainingTask SMALL_IMAGES = TrainingTask.step(64, "28x28x1-8c5p2-m2-16c5p2-m2-10");

  /**
   * Pooled after the second and the third convolution: 2.93 billion floating-point operations,
   * 22,600 us at 130 GFLOP/s. Pooled after each it would be .81 billion.
   */
  static final TrainingTask LARGE_IMAGES =
      TrainingTask.step(32, "32x32x3-32c3p1-32c3p1-m2-64c3p1-m2-128-10");

  /** Rows 1 to 7. */
  static final List<TrainingTask> STEPS =
      List.of(
          TrainingTask.step(4, "2-8-2"),
          TrainingTask.step(100, "40-100-100-10"),
          TrainingTask.step(64, "784-256-128-10"),
          TrainingTask.step(256, "784-1024-1024-10"),
          MNIST_1D,
          SMALL_IMAGES,
          LARGE_IMAGES);

  private StepTable() {}

  /** What a step is called in every table. */
  static String name(TrainingTask step) {
    return "step, row " + (STEPS.indexOf(step) + 1);
  }

  /** A row for each step, on as many threads as the user says. */
  static List<Row> rows(Checkout other) {
    return STEPS.stream()
        .map(step -> other.row(name(step), new Probe(Contender.VECTOR, step)))
        .toList();
  }
}
