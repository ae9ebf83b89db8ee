package dev.lanegrad.autodiff;

/** The element types a {@link Tensor} can have. */
public enum DType {
  /** 32 bits of IEEE 754, a Java float. PyTorch: {@code float32}. */
  FLOAT32("float32", 4),
  /** 64 bits of IEEE 754, a Java double. PyTorch: {@code float64}. */
  FLOAT64("float64", 8),
  /** A Java int, as of labels and indices. PyTorch: {@code int32}. */
  INT32("int32", 4),
  /** A Java boolean, as of comparisons. PyTorch: {@code bool}. */
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

  /**
   * Checks that there is such a number: whole ones from -2^31 to 2^31 - 1 in int32, 0 and 1 in
   * bool, any in float32 and float64, which round.
   */
  void requireHolding(String operation, double value) {
    boolean holds =
        switch (this) {
          case FLOAT32, FLOAT64 -> true;
          case INT32 -> value == (int) value;
          case BOOL -> value == 0 || value == 1;
        };
    if (!holds) {
      throw new DTypeException(
          "%s: %s has no %s: take float32 or float64, or a number that it has"
              .formatted(operation, this, value));
    }
  }
}
