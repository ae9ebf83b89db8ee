package dev.lanegrad.examples.lectures.representation;

import dev.lanegrad.training.Callback;
import dev.lanegrad.training.History;
import dev.lanegrad.training.TrainerState;
import java.util.Locale;
import java.util.SequencedMap;

/** Stops at a training accuracy, also one that was resumed there. */
record UntilFit(double goal) implements Callback {
  @Override
  public void onStart(TrainerState state) {
    History resumed = state.history();
    if (resumed.series().containsKey(RandomLabels.ACCURACY)) {
      stopAt(state, resumed.last(RandomLabels.ACCURACY));
    }
  }

  @Override
  public void onReport(TrainerState state, SequencedMap<String, Double> values) {
    stopAt(state, values.getOrDefault(RandomLabels.ACCURACY, 0.0));
  }

  private void stopAt(TrainerState state, double accuracy) {
    if (accuracy >= goal) {
      state.stop(String.format(Locale.ROOT, "%s %% are right", 100 * goal));
    }
  }
}
