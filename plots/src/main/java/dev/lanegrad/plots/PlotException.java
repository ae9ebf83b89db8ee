package dev.lanegrad.plots;

import dev.lanegrad.autodiff.LanegradException;

/** A picture has nothing to show, or cannot be written; the message names the picture or file. */
public class PlotException extends LanegradException {
  private static final long serialVersionUID = 1;

  /** With what is wrong and what would have worked. */
  public PlotException(String message) {
    super(message);
  }

  /** With what is wrong and where it came from. */
  public PlotException(String message, Throwable cause) {
    super(message, cause);
  }
}
