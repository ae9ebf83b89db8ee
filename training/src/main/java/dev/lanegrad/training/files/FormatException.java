package dev.lanegrad.training.files;

import dev.lanegrad.training.DataException;

/** A file breaks a rule of its format: it is damaged, cut off, or of another kind. */
public class FormatException extends DataException {
  private static final long serialVersionUID = 1;

  /** What was wrong, and what would have worked. */
  public FormatException(String message) {
    super(message);
  }

  /** What was wrong, and what it came from. */
  public FormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
