package dev.lanegrad.autodiff;

/** The element types a {@link Tensor} can have. */
public enum DType {
  FLOAT32("float32", 4),
  FLOAT64("float64", 8),
  INT32("int32", 4),
  BOOL("bool", 1);

  private final String label;
  private final int bytes;

  DType(String label, int bytes) {
    this.label = label;
    this.bytes = bytes;
  }

  /** Bytes one element takes in memory. */
  public int bytes() {
    return bytes;
  }

  /** Whether gradients can flow through elements of this type. */
  public boolean isFloating() {
    return this == FLOAT32 || this == FLOAT64;
  }

  /** The name as NumPy and PyTorch write it, such as {@code float32}. */
  @Override
  public String toString() {
    return label;
  }
}
