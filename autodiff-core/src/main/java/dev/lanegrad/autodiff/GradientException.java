package dev.lanegrad.autodiff;

/** A gradient that cannot be computed as asked. */
public class GradientException extends LanegradException {
  private static final long serialVersionUID = 1;

  /** What was wrong, and what would have worked. */
  public GradientException(String message) {
    super(message);
  }

  /** What was wrong, and what it came from. */
  public GradientException(String message, Throwable cause) {
    super(message, cause);
  }
}
