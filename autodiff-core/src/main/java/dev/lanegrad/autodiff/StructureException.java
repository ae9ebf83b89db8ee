package dev.lanegrad.autodiff;

/** Something that holds tensors which cannot be read, or cannot be replaced by others. */
public class StructureException extends LanegradException {
  private static final long serialVersionUID = 1;

  public StructureException(String message) {
    super(message);
  }

  public StructureException(String message, Throwable cause) {
    super(message, cause);
  }
}
