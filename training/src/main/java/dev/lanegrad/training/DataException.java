package dev.lanegrad.training;

import dev.lanegrad.autodiff.LanegradException;

/** A file or folder does not hold the data that it should; the message begins with its path. */
public class DataException extends LanegradException {
  private static final long serialVersionUID = 1;

  public DataException(String message) {
    super(message);
  }

  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
