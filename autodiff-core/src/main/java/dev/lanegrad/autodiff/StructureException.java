package dev.lanegrad.autodiff;

/** Something that holds tensors which cannot be read, or cannot be replaced by others. */
public class StructureException extends LanegradException {
  private static final long serialVersionUID = 1;

  /** What was wrong, and what would have worked. */
  public StructureException(String message) {
    super(message);
  }

  /** What was wrong, and what it came from. */
  public StructureException(String message, Throwable cause) {
    super(message, cause);
  }
}
