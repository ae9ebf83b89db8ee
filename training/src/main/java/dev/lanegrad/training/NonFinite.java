package dev.lanegrad.training;

/** What a {@link Trainer} does about NaN or infinity in a loss, in gradients or in parameters. */
public enum NonFinite {
  /**
   * Throws a {@link NonFiniteException} that names the operation or parameter where it began. The
   * model stays as it was before the step.
   */
  STOP,

  /**
   * Leaves the step out, as if its batches were not there: neither parameters nor buffers change.
   * Parameters that an update made so are put back, which costs a copy of them and of the
   * optimizers' state in each step.
   */
  SKIP,

  /** Says so once, with the name, and goes on. */
  WARN,

  /** Does not look. */
  IGNORE
}
