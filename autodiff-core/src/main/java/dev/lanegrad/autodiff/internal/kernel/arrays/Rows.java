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
      gather(floats, from, step, (float[]) target, to, count);
    } else {
      gather((double[]) source, from, step, (double[]) target, to, count);
    }
  }

  private static void gather(float[] source, int from, int step, float[] target, int to, int n) {
    for (int i = 0; i < n; i++) {
      target[to + i] = source[from + i * step];
    }
  }

  private static void gather(double[] source, int from, int step, double[] target, int to, int n) {
    for (int i = 0; i < n; i++) {
      target[to + i] = source[from + i * step];
    }
  }

  /** Neighbours are put {@code step} apart. */
  public static void scatter(Object source, int from, Object target, int to, int step, int count) {
    if (step == 1) {
      System.arraycopy(source, from, target, to, count);
    } else if (source instanceof float[] floats) {
      scatter(floats, from, (float[]) target, to, step, count);
    } else {
      scatter((double[]) source, from, (double[]) target, to, step, count);
    }
  }

  private static void scatter(float[] source, int from, float[] target, int to, int step, int n) {
    for (int i = 0; i < n; i++) {
      target[to + i * step] = source[from + i];
    }
  }

  private static void scatter(double[] source, int from, double[] target, int to, int step, int n) {
    for (int i = 0; i < n; i++) {
      target[to + i * step] = source[from + i];
    }
  }

  /** Neighbours are added to what lies {@code step} apart. */
  public static void scatterAdd(
      Object source, int from, Object target, int to, int step, int count) {
    if (source instanceof float[] floats) {
      scatterAdd(floats, from, (float[]) target, to, step, count);
    } else {
      scatterAdd((double[]) source, from, (double[]) target, to, step, count);
    }
  }

  private static void scatterAdd(
      float[] source, int from, float[] target, int to, int step, int n) {
    for (int i = 0; i < n; i++) {
      target[to + i * step] += source[from + i];
    }
  }

  private static void scatterAdd(
      double[] source, int from, double[] target, int to, int step, int n) {
    for (int i = 0; i < n; i++) {
      target[to + i * step] += source[from + i];
    }
  }

  /** target += factor * source, each element by one fused multiply-add. */
  public static void addScaled(
      Object factors, int factor, Object source, int from, Object target, int to, int count) {
    if (target instanceof float[] floats) {
      addScaled(((float[]) factors)[factor], (float[]) source, from, floats, to, count);
    } else {
      double[] doubles = (double[]) target;
      addScaled(((double[]) factors)[factor], (double[]) source, from, doubles, to, count);
    }
  }

  private static void addScaled(
      float factor, float[] source, int from, float[] target, int to, int count) {
    for (int i = 0; i < count; i++) {
      target[to + i] = Math.fma(factor, source[from + i], target[to + i]);
    }
  }

  private static void addScaled(
      double factor, double[] source, int from, double[] target, int to, int count) {
    for (int i = 0; i < count; i++) {
      target[to + i] = Math.fma(factor, source[from + i], target[to + i]);
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
