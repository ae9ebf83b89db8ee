package dev.lanegrad.testing;

import java.util.HexFormat;

/**
 * A hash of the bits of numbers in order. All NaNs count as one value, 0 and -0 as two.
 *
 * <p>Each element goes through the finalizer of MurmurHash3 (Appleby), a bijection of 64 bits.
 */
public final class BitsHash {
  private long state;

  /** An array of a primitive type, with its length. */
  public BitsHash add(Object array) {
    switch (array) {
      case float[] numbers -> {
        add(numbers.length);
        for (float number : numbers) {
          add(Float.floatToIntBits(number));
        }
      }
      case double[] numbers -> {
        add(numbers.length);
        for (double number : numbers) {
          add(Double.doubleToLongBits(number));
        }
      }
      case int[] numbers -> {
        add(numbers.length);
        for (int number : numbers) {
          add(number);
        }
      }
      case boolean[] values -> {
        add(values.length);
        for (boolean value : values) {
          add(value ? 1 : 0);
        }
      }
      default -> throw new IllegalArgumentException("no bits of a " + array.getClass());
    }
    return this;
  }

  private void add(long bits) {
    long x = state * 31 + bits + 1;
    x = (x ^ x >>> 33) * 0xff51afd7ed558ccdL;
    x = (x ^ x >>> 33) * 0xc4ceb9fe1a85ec53L;
    state = x ^ x >>> 33;
  }

  /** 16 hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(state);
  }
}
