package dev.lanegrad.autodiff;

/**
 * A parameter that is changed where another tensor stands in its place, or used on a thread that
 * does not know of one.
 */
public class SubstitutionException extends LanegradException {
  private static final long serialVersionUID = 1;

  public SubstitutionException(String message) {
    super(message);
  }
}
