package dev.lanegrad.autodiff;

/** Shapes, axes or indices that an operation cannot work with. */
public class ShapeException extends LanegradException {
  private static final long serialVersionUID = 1;

  /** What was wrong, and what would have worked. */
  public ShapeException(String message) {
    super(message);
  }
}
