package dev.lanegrad.training;

import java.util.SequencedMap;

/**
 * Where a training stands.
 *
 * @param epoch which one, from 0
 * @param batch how many batches of the epoch are done
 * @param batches how many it has
 * @param step updates done
 * @param steps updates there will be if nothing stops it earlier; Long.MAX_VALUE if only time does
 * @param loss of the last update's batches, before the update, also where that was before a resume;
 *     NaN before the first
 * @param learningRate of the last update
 * @param trainer whose model and optimizers these are
 */
public record TrainerState(
    int epoch,
    int batch,
    int batches,
    long step,
    long steps,
    double loss,
    double learningRate,
    Trainer<?> trainer) {
  /** Loss and metrics over the batches since the last report, as they are now. */
  public SequencedMap<String, Double> metrics() {
    return trainer.run().running().values("");
  }

  /** Everything reported so far. */
  public History history() {
    return trainer.history();
  }

  /** Seconds of training so far, before a resume too. */
  public double seconds() {
    return trainer.run().progress().seconds();
  }

  /** Ends the training after this step; the reason will be in its history. */
  public void stop(String reason) {
    trainer.stop(reason);
  }
}
