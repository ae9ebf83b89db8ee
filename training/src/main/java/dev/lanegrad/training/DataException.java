package dev.lanegrad.training;

import dev.lanegrad.autodiff.LanegradException;

/** A file or folder does not hold the data that it should; the message begins with its path. */
public class DataException extends LanegradException {
  private static final long serialVersionUID = 1;

  /** What was wrong, and what would have worked. */
  public DataException(String message) {
    super(message);
  }

  /** What was wrong, and what it came from. */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
