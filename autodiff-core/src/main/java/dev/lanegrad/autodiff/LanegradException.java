package dev.lanegrad.autodiff;

/** What every exception of Lanegrad extends; thrown before any kernel runs. */
public class LanegradException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public LanegradException(String message) {
    super(message);
  }

  public LanegradException(String message, Throwable cause) {
    super(message, cause);
  }
}
