package dev.lanegrad.autodiff;

/** Thrown where numbers are asked for of a tensor that has none, see {@link Tensor#meta}. */
public final class NoNumbersException extends LanegradException {
  private static final long serialVersionUID = 1L;

  /** What was wrong, and what would have worked. */
  public NoNumbersException(String message) {
    super(message);
  }
}
