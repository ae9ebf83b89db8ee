package dev.lanegrad.optim.schedule;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** A schedule of the learning rate alone. */
interface RateSchedule extends Chainable {
  /** The rate in a step. */
  double rate(long step, double start);

  /** The rate in a step that follows from the one before, as a {@link ChainedScheduler} goes. */
  double next(long step, double current, double start);

  @Override
  default SequencedMap<String, Double> at(long step, SequencedMap<String, Double> start) {
    return just(rate(Checks.step(step), of(start)));
  }

  @Override
  default SequencedMap<String, Double> next(
      long step, SequencedMap<String, Double> current, SequencedMap<String, Double> start) {
    return just(next(step, of(current), of(start)));
  }

  private static double of(SequencedMap<String, Double> settings) {
    Checks.start("schedule", settings);
    Double rate = settings.get("learningRate");
    if (rate == null) {
      throw new IllegalArgumentException(
          "schedule: there is no learningRate among the settings " + settings.keySet());
    }
    return rate;
  }

  private static SequencedMap<String, Double> just(double rate) {
    SequencedMap<String, Double> settings = new LinkedHashMap<>();
    settings.put("learningRate", rate);
    return settings;
  }
}
