package dev.lanegrad.autodiff;

/** A gradient that cannot be computed as asked. */
public class GradientException extends LanegradException {
  private static final long serialVersionUID = 1;

  public GradientException(String message) {
    super(message);
  }

  public GradientException(String message, Throwable cause) {
    super(message, cause);
  }
}
