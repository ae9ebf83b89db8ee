package dev.lanegrad.autodiff.internal.op;

import java.util.Arrays;

/**
 * The order of the elements of a line: stable, 0 and -0 equal, NaN larger than everything. Elements
 * become keys that are ordered as unsigned numbers, and these are sorted digit by digit (Knuth,
 * "The Art of Computer Programming", volume 3, section 5.2.5), short lines by insertion.
 */
final class Ranking {
  /** Up to here sorting by insertion is faster. */
  private static final int SHORT = 32;

  /** From here on counters for longer digits pay. */
  private static final int LONG = 8_192;

  private static final int SHORT_DIGIT = 8;
  private static final int LONG_DIGIT = 11;

  /** With so many more elements than are wanted, a heap of the wanted ones is faster. */
  private static final int FEW = 16;

  private final Object values;
  private final boolean descending;
  private final int length;
  private final int bits;
  private long[] keys;
  private int[] places;
  private long[] nextKeys;
  private int[] nextPlaces;

  /**
   * For lines of an array.
   *
   * @param values floats or doubles
   * @param length of a line
   * @param descending whether the largest comes first; equal ones keep their order even so
   */
  Ranking(Object values, int length, boolean descending) {
    this.values = values;
    this.descending = descending;
    this.length = length;
    this.bits = values instanceof float[] ? Float.SIZE : Double.SIZE;
    this.keys = new long[length];
    this.places = new int[length];
    this.nextKeys = new long[length > SHORT ? length : 0];
    this.nextPlaces = new int[length > SHORT ? length : 0];
  }

  /**
   * Writes the places of the first elements in order, counted from the start of the line.
   *
   * @param start of the line
   * @param wanted how many
   * @param results where they go, from {@code at} on
   */
  void rank(int start, int wanted, int[] results, int at) {
    readKeys(start);
    int count = length;
    if (wanted < length / FEW) {
      count = keepSmallest(wanted);
    } else {
      Arrays.setAll(places, i -> i);
    }
    sort(count);
    System.arraycopy(places, 0, results, at, wanted);
  }

  private void readKeys(int start) {
    long flip = descending ? -1L >>> (Double.SIZE - bits) : 0;
    if (values instanceof float[] floats) {
      for (int i = 0; i < length; i++) {
        int word = Float.floatToIntBits(floats[start + i] + 0f); // -0 + 0 is 0
        keys[i] = Integer.toUnsignedLong(word ^ (word >> 31 | Integer.MIN_VALUE)) ^ flip;
      }
    } else {
      double[] doubles = (double[]) values;
      for (int i = 0; i < length; i++) {
        long word = Double.doubleToLongBits(doubles[start + i] + 0.0);
        keys[i] = word ^ (word >> 63 | Long.MIN_VALUE) ^ flip;
      }
    }
  }

  /** Leaves the smallest keys alone, in the order in which they were. */
  private int keepSmallest(int wanted) {
    if (wanted == 0) {
      return 0;
    }
    long[] heap = new long[wanted];
    for (int i = 0; i < wanted; i++) {
      heap[i] = keys[i] + Long.MIN_VALUE; // ordered as signed numbers
    }
    for (int i = wanted / 2 - 1; i >= 0; i--) {
      sink(heap, i);
    }
    for (int i = wanted; i < length; i++) {
      long key = keys[i] + Long.MIN_VALUE;
      if (key < heap[0]) {
        heap[0] = key;
        sink(heap, 0);
      }
    }
    long largest = heap[0];
    int equal = 0;
    for (long key : heap) {
      equal += key == largest ? 1 : 0;
    }
    int count = 0;
    for (int i = 0; count < wanted; i++) {
      long key = keys[i] + Long.MIN_VALUE;
      if (key < largest || (key == largest && equal-- > 0)) {
        keys[count] = keys[i];
        places[count++] = i;
      }
    }
    return count;
  }

  /** Restores a heap with the largest first, of which one element may be too small. */
  private static void sink(long[] heap, int from) {
    long key = heap[from];
    int i = from;
    for (int child = 2 * i + 1; child < heap.length; child = 2 * i + 1) {
      if (child + 1 < heap.length && heap[child + 1] > heap[child]) {
        child++;
      }
      if (heap[child] <= key) {
        break;
      }
      heap[i] = heap[child];
      i = child;
    }
    heap[i] = key;
  }

  private void sort(int count) {
    if (count <= SHORT) {
      insert(count);
      return;
    }
    int digit = count < LONG ? SHORT_DIGIT : LONG_DIGIT;
    int[] starts = new int[1 << digit];
    for (int shift = 0; shift < bits; shift += digit) {
      if (countDigits(count, shift, starts)) {
        distribute(count, shift, starts);
      }
    }
  }

  private void insert(int count) {
    for (int i = 1; i < count; i++) {
      long key = keys[i];
      int place = places[i];
      int j = i - 1;
      while (j >= 0 && Long.compareUnsigned(keys[j], key) > 0) {
        keys[j + 1] = keys[j];
        places[j + 1] = places[j];
        j--;
      }
      keys[j + 1] = key;
      places[j + 1] = place;
    }
  }

  /** Where the keys of each digit begin; or false if all have the same. */
  private boolean countDigits(int count, int shift, int[] starts) {
    int mask = starts.length - 1;
    long[] from = keys;
    Arrays.fill(starts, 0);
    for (int i = 0; i < count; i++) {
      starts[(int) (from[i] >>> shift) & mask]++;
    }
    if (starts[(int) (from[0] >>> shift) & mask] == count) {
      return false;
    }
    int start = 0;
    for (int d = 0; d < starts.length; d++) {
      int next = start + starts[d];
      starts[d] = start;
      start = next;
    }
    return true;
  }

  private void distribute(int count, int shift, int[] starts) {
    int mask = starts.length - 1;
    long[] from = keys;
    int[] fromPlaces = places;
    long[] to = nextKeys;
    int[] toPlaces = nextPlaces;
    for (int i = 0; i < count; i++) {
      long key = from[i];
      int at = starts[(int) (key >>> shift) & mask]++;
      to[at] = key;
      toPlaces[at] = fromPlaces[i];
    }
    keys = to;
    places = toPlaces;
    nextKeys = from;
    nextPlaces = fromPlaces;
  }
}
