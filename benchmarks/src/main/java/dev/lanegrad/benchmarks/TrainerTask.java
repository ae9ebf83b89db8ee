package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.training.Batch;
import dev.lanegrad.training.Batches;
import dev.lanegrad.training.Limit;
import dev.lanegrad.training.Trainer;

/**
 * A step of training the MNIST-1D network by a {@code Trainer} as it is made, which looks for
 * numbers that are not finite.
 *
 * @param byHand whether it is made in a bare loop instead
 */
record TrainerTask(boolean byHand) implements Task {
  static final String KIND = "trainer";

  private static final int BATCH = 100;

  /** So many in one call, so that what a call costs itself does not count. */
  private static final int STEPS = 400;

  private static final int CHECKED_STEPS = 50;

  static TrainerTask of(String... words) {
    return new TrainerTask(Boolean.parseBoolean(words[0]));
  }

  @Override
  public String key() {
    return "%s %s".formatted(KIND, byHand);
  }

  @Override
  public String name() {
    return "Trainer, a step of the mlp";
  }

  @Override
  public DType dtype() {
    return DType.FLOAT32;
  }

  @Override
  public String shape() {
    return "batch " + BATCH;
  }

  Work prepare() {
    Runnable steps = steps(new Mlp(dtype(), BATCH), STEPS);
    return new Work(
        steps,
        STEPS,
        () -> {
          Mlp mlp = new Mlp(dtype(), BATCH);
          steps(mlp, CHECKED_STEPS).run();
          return mlp.loss();
        });
  }

  private Runnable steps(Mlp mlp, int count) {
    if (byHand) {
      return () -> {
        for (int i = 0; i < count; i++) {
          mlp.step();
        }
      };
    }
    Trainer<Batch> trainer = mlp.trainer().reportEvery(count);
    Batches<Batch> batches = Batches.of(mlp.batches());
    return () -> trainer.fit(batches, Limit.steps(trainer.step() + count));
  }
}
