package dev.lanegrad.autodiff;

/** A matrix whose numbers do not allow what was asked for; found while computing, not before. */
public class LinearAlgebraException extends LanegradException {
  private static final long serialVersionUID = 1;

  /** What was wrong, and what would have worked. */
  public LinearAlgebraException(String message) {
    super(message);
  }
}
