package dev.lanegrad.training.files;

import dev.lanegrad.training.DataException;

/**
 * A sound file holds what a tensor cannot, or the other way about: complex numbers, integers beyond
 * int32, more elements than fit.
 */
public class ConversionException extends DataException {
  private static final long serialVersionUID = 1;

  /** What was wrong, and what would have worked. */
  public ConversionException(String message) {
    super(message);
  }
}
