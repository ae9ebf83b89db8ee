package dev.lanegrad.training;

/** A checkpoint is damaged, or of another training; the message begins with its path. */
public class CheckpointException extends DataException {
  private static final long serialVersionUID = 1;

  public CheckpointException(String message) {
    super(message);
  }

  public CheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
