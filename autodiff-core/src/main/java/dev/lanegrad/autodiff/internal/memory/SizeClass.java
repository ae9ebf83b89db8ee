package dev.lanegrad.autodiff.internal.memory;

/**
 * The lengths that recycled arrays have: eight between a power of two and the next, so that arrays
 * serve neighbouring lengths, and are an eighth longer than asked for at most.
 *
 * <p>They lie {@link #UNIT} elements below the round numbers: with its header an array of a class
 * still fits into a region of G1, where one element more would take two.
 */
final class SizeClass {
  /** More than there are. */
  static final int COUNT = 256;

  /** The class of arrays for single numbers, which are not padded. */
  private static final int SINGLE = 0;

  private static final int SINGLE_LENGTH = 3;
  private static final int UNIT = 16;
  private static final int LONGEST = Integer.MAX_VALUE - 47;

  private SizeClass() {}

  /** The class of arrays for so many elements, padding included. */
  static int of(int length) {
    if (length <= SINGLE_LENGTH) {
      return SINGLE;
    }
    int units = (length - 1) / UNIT + 2;
    int shift = Math.max(0, 28 - Integer.numberOfLeadingZeros(units - 1));
    return 8 * shift + ((units - 1) >> shift) + 1;
  }

  /** The length of a class's arrays. */
  static int length(int sizeClass) {
    if (sizeClass == SINGLE) {
      return SINGLE_LENGTH;
    }
    int shift = Math.max(0, (sizeClass - 9) / 8);
    long units = (long) (sizeClass - 8 * shift) << shift;
    return (int) Math.min(LONGEST, UNIT * (units - 1));
  }

  /** The last class whose arrays may stand in for those of a class: at most twice as long. */
  static int last(int sizeClass) {
    return sizeClass > 8 ? sizeClass + 8 : 2 * sizeClass;
  }
}
