package dev.lanegrad.training;

import dev.lanegrad.layers.Layer;
import dev.lanegrad.optim.Averaging;
import dev.lanegrad.optim.schedule.ReduceLROnPlateau;
import dev.lanegrad.optim.schedule.ReduceLROnPlateau.Options;
import dev.lanegrad.training.metric.AUC;
import dev.lanegrad.training.metric.Accuracy;
import java.nio.file.Path;
import java.util.Arrays;

/** A training that goes on from its newest checkpoint: what the tests kill. */
final class CheckpointedProgram {
  private static final int STEPS_BETWEEN = 3;

  private CheckpointedProgram() {}

  /**
   * Trains.
   *
   * @param arguments a folder, and after how many steps it ends
   */
  public static void main(String... arguments) {
    Layer model = Small.model(7);
    Trainer<Batch> trainer = trainer(model, Path.of(arguments[0]));
    trainer.resume();
    System.out.println("from step " + trainer.step());
    trainer.fit(Small.loader(), Small.validation(), Limit.steps(Long.parseLong(arguments[1])));
    System.out.println(summary(trainer));
  }

  static Trainer<Batch> trainer(Layer model, Path folder) {
    return Small.trainer(model)
        .metrics(new Accuracy(), new AUC())
        .accumulate(2)
        .average(Averaging.exponential(0.9))
        .plateau(new ReduceLROnPlateau(Options.DEFAULT.withPatience(1)), "val_loss")
        .callbacks(new EarlyStopping("val_loss").patience(1_000_000).keepingLast())
        .checkpoints(new Checkpoints(folder).every(STEPS_BETWEEN).keepBest("val_accuracy"));
  }

  /** The bits of all numbers, and of all that was reported. */
  static String summary(Trainer<?> trainer) {
    StringBuilder text = new StringBuilder("weights ");
    text.append(Fingerprint.of(trainer.model().parameters()));
    text.append(Fingerprint.of(trainer.model().namedBuffers().values()));
    trainer
        .history()
        .series()
        .forEach((name, points) -> text.append(' ').append(name).append(points.hashCode()));
    trainer
        .optimizers()
        .forEach(
            optimizer ->
                optimizer
                    .stateDict()
                    .forEach(
                        (name, t) -> text.append(' ').append(Arrays.hashCode(t.toDoubleArray()))));
    trainer.averages().swap();
    text.append(' ').append(Fingerprint.of(trainer.model().parameters()));
    trainer.averages().swap();
    return text.toString();
  }
}
