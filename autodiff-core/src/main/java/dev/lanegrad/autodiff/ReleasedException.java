package dev.lanegrad.autodiff;

/** A tensor that is used after the scope that made it has ended. */
public class ReleasedException extends LanegradException {
  private static final long serialVersionUID = 1;

  /** What was wrong, and what would have worked. */
  public ReleasedException(String message) {
    super(message);
  }
}
