package dev.lanegrad.training;

import dev.lanegrad.autodiff.LanegradException;

/** A training has come upon NaN or infinity. */
public class NonFiniteException extends LanegradException {
  private static final long serialVersionUID = 1;

  /** What was wrong, and what would have worked. */
  public NonFiniteException(String message) {
    super(message);
  }
}
