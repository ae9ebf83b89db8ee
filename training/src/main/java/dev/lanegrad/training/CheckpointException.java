package dev.lanegrad.training;

/** A checkpoint is damaged, or of another training; the message begins with its path. */
public class CheckpointException extends DataException {
  private static final long serialVersionUID = 1;

  /** What was wrong, and what would have worked. */
  public CheckpointException(String message) {
    super(message);
  }

  /** What was wrong, and what it came from. */
  public CheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
