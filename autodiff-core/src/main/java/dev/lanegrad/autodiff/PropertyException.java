package dev.lanegrad.autodiff;

/** A system property of Lanegrad has a value that it cannot have. */
public class PropertyException extends LanegradException {
  private static final long serialVersionUID = 1;

  /** What was wrong, and what would have worked. */
  public PropertyException(String message) {
    super(message);
  }
}
