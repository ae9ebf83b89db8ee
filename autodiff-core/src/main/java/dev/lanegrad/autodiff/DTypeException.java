package dev.lanegrad.autodiff;

/** Element types that an operation cannot work with. */
public class DTypeException extends LanegradException {
  private static final long serialVersionUID = 1;

  /** What was wrong, and what would have worked. */
  public DTypeException(String message) {
    super(message);
  }
}
