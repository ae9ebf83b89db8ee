package dev.lanegrad.benchmarks;

/** Who can do tasks. */
interface Contestant {
  /** Who it is, with its version; one line. */
  String description();

  /** Done once, after all tasks are prepared and before any is timed. */
  default void prepareForLongRun() {}

  /**
   * A task with data of its own.
   *
   * @throws IllegalArgumentException if it cannot do such a task
   */
  Work prepare(Task task);
}
