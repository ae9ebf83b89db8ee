package dev.lanegrad.autodiff;

/**
 * A parameter that is changed where another tensor stands in its place, or used on a thread that
 * does not know of one.
 */
public class SubstitutionException extends LanegradException {
  private static final long serialVersionUID = 1;

  /** What was wrong, and what would have worked. */
  public SubstitutionException(String message) {
    super(message);
  }
}
