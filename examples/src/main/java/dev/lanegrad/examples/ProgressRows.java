package dev.lanegrad.examples;

import dev.lanegrad.training.Callback;
import dev.lanegrad.training.TrainerState;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** A word a second between the reports of a training, where no bar can be drawn. */
final class ProgressRows implements Callback {
  private final Function<TrainerState, String> position;
  private final Consumer<Progress> rows;
  private final Pulse pulse = new Pulse(System::nanoTime);

  ProgressRows(Function<TrainerState, String> position, Consumer<Progress> rows) {
    this.position = position;
    this.rows = rows;
  }

  @Override
  public void onStep(TrainerState state) {
    if (pulse.isDue()) {
      rows.accept(new Progress(position.apply(state), state.loss(), state.seconds()));
    }
  }

  @Override
  public void onReport(TrainerState state, SequencedMap<String, Double> values) {
    pulse.beat();
  }
}
