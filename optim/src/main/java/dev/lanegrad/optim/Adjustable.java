package dev.lanegrad.optim;

import java.util.SequencedMap;

/**
 * An optimizer as schedules see it: groups of parameters, each with named numbers that may change
 * from step to step, such as {@code learningRate}, {@code momentum} or {@code beta1}.
 */
public interface Adjustable {
  /** How many groups of parameters there are. */
  int groups();

  /** What the settings of a group are now. */
  SequencedMap<String, Double> settings(int group);

  /**
   * What the settings of a group were when the optimizer was made: schedules start from them, so
   * that they can be computed for any step.
   */
  SequencedMap<String, Double> initialSettings(int group);

  /**
   * Changes a setting of a group, for the steps to come.
   *
   * @throws IllegalArgumentException if the group has no such setting, or the value is out of range
   */
  void set(int group, String setting, double value);

  /** Changes a setting of all groups, for the steps to come. */
  default void set(String setting, double value) {
    for (int group = 0; group < groups(); group++) {
      set(group, setting, value);
    }
  }

  /**
   * The current learning rate of the first group, which a schedule may have changed.
   *
   * @throws IllegalStateException if there is no such setting
   */
  default double learningRate() {
    return learningRate(0);
  }

  /**
   * The current learning rate of a group.
   *
   * @throws IllegalStateException if there is no such setting
   */
  default double learningRate(int group) {
    Double rate = settings(group).get(Settings.RATE);
    if (rate == null) {
      throw new IllegalStateException("group " + group + " has no learning rate");
    }
    return rate;
  }

  /**
   * Sets the learning rate of all groups, for the steps to come.
   *
   * @throws IllegalArgumentException if it is negative or not finite
   */
  default void setLearningRate(double learningRate) {
    set(Settings.RATE, learningRate);
  }
}
