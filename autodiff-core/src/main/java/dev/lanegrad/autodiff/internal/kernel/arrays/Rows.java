package dev.lanegrad.autodiff.internal.kernel.arrays;

import java.util.Arrays;

/** Single rows of float32 or float64 elements. */
public final class Rows {
  private Rows() {}

  /** Elements that lie {@code step} apart become neighbours. */
  public static void gather(Object source, int from, int step, Object target, int to, int count) {
    if (step == 1) {
      System.arraycopy(source, from, target, to, count);
    } else if (source instanceof float[] floats) {
      FloatRows.gather(floats, from, step, (float[]) target, to, count);
    } else {
      DoubleRows.gather((double[]) source, from, step, (double[]) target, to, count);
    }
  }

  /** Neighbours are put {@code step} apart. */
  public static void scatter(Object source, int from, Object target, int to, int step, int count) {
    if (step == 1) {
      System.arraycopy(source, from, target, to, count);
    } else if (source instanceof float[] floats) {
      FloatRows.scatter(floats, from, (float[]) target, to, step, count);
    } else {
      DoubleRows.scatter((double[]) source, from, (double[]) target, to, step, count);
    }
  }

  /** Neighbours are added to what lies {@code step} apart. */
  public static void scatterAdd(
      Object source, int from, Object target, int to, int step, int count) {
    if (source instanceof float[] floats) {
      FloatRows.scatterAdd(floats, from, (float[]) target, to, step, count);
    } else {
      DoubleRows.scatterAdd((double[]) source, from, (double[]) target, to, step, count);
    }
  }

  /** target += factor * source, each element by one fused multiply-add. */
  public static void addScaled(
      Object factors, int factor, Object source, int from, Object target, int to, int count) {
    if (target instanceof float[] floats) {
      FloatRows.addScaled(((float[]) factors)[factor], (float[]) source, from, floats, to, count);
    } else {
      double[] doubles = (double[]) target;
      DoubleRows.addScaled(
          ((double[]) factors)[factor], (double[]) source, from, doubles, to, count);
    }
  }

  /** target += source. */
  public static void add(Object source, Object target, int count) {
    add(source, target, 0, count);
  }

  /** target += source between two places, which are the same in both: so it is done by vectors. */
  public static void add(Object source, Object target, int from, int end) {
    if (target instanceof float[] floats) {
      FloatRows.add((float[]) source, floats, from, end);
    } else {
      DoubleRows.add((double[]) source, (double[]) target, from, end);
    }
  }

  /**
   * Copies rows that lie {@code step} apart in both arrays; what is between them becomes zeros.
   *
   * @param rows how many, at least one
   * @param count elements of a row
   */
  public static void copy(
      Object source, int from, Object target, int to, int step, int rows, int count) {
    if (target instanceof float[] floats) {
      FloatRows.copy((float[]) source, from, floats, to, step, rows, count);
    } else {
      DoubleRows.copy((double[]) source, from, (double[]) target, to, step, rows, count);
    }
  }

  /** Repeats one element. */
  public static void fill(Object elements, int element, Object target, int to, int count) {
    double value =
        elements instanceof float[] floats ? floats[element] : ((double[]) elements)[element];
    fill(target, to, count, value);
  }

  /** Neighbours become one number. */
  public static void fill(Object array, int from, int count, double number) {
    if (array instanceof float[] floats) {
      Arrays.fill(floats, from, from + count, (float) number);
    } else {
      Arrays.fill((double[]) array, from, from + count, number);
    }
  }
}
