package dev.lanegrad.autodiff;

/** A value or gradient that is NaN or infinite, found while looking for one. */
public class AnomalyException extends LanegradException {
  private static final long serialVersionUID = 1;

  /** What was wrong, and what would have worked. */
  public AnomalyException(String message) {
    super(message);
  }
}
