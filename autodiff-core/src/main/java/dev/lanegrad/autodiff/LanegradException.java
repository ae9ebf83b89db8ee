package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.internal.UserCall;

/**
 * What every exception of Lanegrad extends; thrown before any kernel runs. A message that begins
 * with the name of an operation gets that of the method of {@link Tensor} that was called, if that
 * is made of several operations.
 */
public class LanegradException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What was wrong, and what would have worked. */
  public LanegradException(String message) {
    super(UserCall.renamed(message));
  }

  /** What was wrong, and what it came from. */
  public LanegradException(String message, Throwable cause) {
    super(UserCall.renamed(message), cause);
  }
}
