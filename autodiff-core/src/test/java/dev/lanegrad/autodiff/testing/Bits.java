package dev.lanegrad.autodiff.testing;

import dev.lanegrad.autodiff.DType;
import java.util.Arrays;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Arrays of float32 or float64 compared bit for bit, all NaN counting as one value. */
public final class Bits {
  private static final double[] SPECIAL = {
    0,
    -0.0,
    1,
    -1,
    2,
    -2,
    0.5,
    -0.5,
    3,
    -3.5,
    1e-3,
    -20,
    88,
    -104,
    710,
    -746,
    1e9,
    -1e9,
    1e-30,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN
  };

  private static final float[] EDGES_32 = {
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    -Float.MIN_NORMAL,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Math.nextDown(Float.MIN_NORMAL),
    Math.nextUp(1f),
    Math.nextDown(1f)
  };

  private static final double[] EDGES_64 = {
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MIN_NORMAL,
    -Double.MIN_NORMAL,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Math.nextDown(Double.MIN_NORMAL),
    Math.nextUp(1.0),
    Math.nextDown(1.0)
  };

  private Bits() {}

  /** An array of a dtype from doubles. */
  public static Object array(DType dtype, double... numbers) {
    if (dtype == DType.FLOAT64) {
      return numbers.clone();
    }
    float[] narrow = new float[numbers.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) numbers[i];
    }
    return narrow;
  }

  /** An array of so many numbers, all equal. */
  public static Object filled(DType dtype, int length, double number) {
    double[] numbers = new double[length];
    Arrays.fill(numbers, number);
    return array(dtype, numbers);
  }

  public static double[] doubles(Object array) {
    if (array instanceof double[] doubles) {
      return doubles.clone();
    }
    float[] floats = (float[]) array;
    double[] wide = new double[floats.length];
    Arrays.setAll(wide, i -> floats[i]);
    return wide;
  }

  /** Everything that rounding, comparing and bit tricks may stumble over. */
  public static double[] special(DType dtype) {
    double[] edges = dtype == DType.FLOAT32 ? doubles(EDGES_32) : EDGES_64;
    double[] all = Arrays.copyOf(SPECIAL, SPECIAL.length + edges.length);
    System.arraycopy(edges, 0, all, SPECIAL.length, edges.length);
    return all;
  }

  /** A number of any bit pattern. */
  public static double anyNumber(DType dtype, RandomGenerator random) {
    return dtype == DType.FLOAT32
        ? Float.intBitsToFloat(random.nextInt())
        : Double.longBitsToDouble(random.nextLong());
  }

  /** Fails, naming the first difference, unless the first {@code count} elements are the same. */
  public static void assertSame(Object expected, Object actual, int count, String what) {
    double[] wanted = doubles(expected);
    double[] given = doubles(actual);
    for (int i = 0; i < count; i++) {
      if (Double.doubleToLongBits(wanted[i]) != Double.doubleToLongBits(given[i])) {
        throw new AssertionError(
            String.format(
                Locale.ROOT,
                "%s: element %d of %d is %s, not %s",
                what,
                i,
                count,
                Double.toHexString(given[i]),
                Double.toHexString(wanted[i])));
      }
    }
  }

  /** {@link #assertSame(Object, Object, int, String)} for whole arrays. */
  public static void assertSame(Object expected, Object actual, String what) {
    int wanted = java.lang.reflect.Array.getLength(expected);
    int given = java.lang.reflect.Array.getLength(actual);
    if (wanted != given) {
      throw new AssertionError(
          String.format(Locale.ROOT, "%s: %d elements, not %d", what, given, wanted));
    }
    assertSame(expected, actual, wanted, what);
  }
}
