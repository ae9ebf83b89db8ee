package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.ShapeException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What settings of layers have to be, checked before anything is made of them. */
final class Require {
  private Require() {}

  /**
   * An argument that has to be there.
   *
   * @return the argument
   * @throws NullPointerException if it is null
   */
  static <T> T present(String layer, String name, @Nullable T argument) {
    if (argument == null) {
      throw missing(layer, name);
    }
    return argument;
  }

  private static NullPointerException missing(String layer, String name) {
    return new NullPointerException("%s: %s is null".formatted(layer, name));
  }

  /**
   * A copy of a list, whose elements have to be there too.
   *
   * @throws NullPointerException if it or one of them is null
   */
  static <T> List<T> all(String layer, String name, @Nullable List<T> list) {
    List<T> given = present(layer, name, list);
    for (int i = 0; i < given.size(); i++) {
      if (given.get(i) == null) {
        throw missing(layer, String.format(Locale.ROOT, "%s[%d]", name, i));
      }
    }
    return List.copyOf(given);
  }

  /** {@link #all(String, String, List)} of numbers. */
  static List<Integer> all(String layer, String name, int... numbers) {
    return Arrays.stream(present(layer, name, numbers)).boxed().toList();
  }

  /**
   * Lengths of a tensor that a layer makes.
   *
   * @param what the tensor and the names of its dimensions, such as {@code a weight [out, in]}
   * @return these lengths
   * @throws ShapeException if one is less than 1, there is none, or they are too many elements
   */
  static int[] lengths(String layer, String what, int... lengths) {
    present(layer, "lengths", lengths);
    boolean fits = lengths.length > 0;
    for (int length : lengths) {
      fits &= length >= 1;
    }
    if (!fits) {
      throw new ShapeException(
          "%s: takes %s of lengths of at least 1, not %s"
              .formatted(layer, what, Arrays.toString(lengths)));
    }
    long size = 1;
    for (int length : lengths) {
      size = Math.min(size * length, Integer.MAX_VALUE + 1L);
    }
    if (size > Integer.MAX_VALUE) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "%s: %s of %s has more than the %,d elements that a tensor holds",
              layer,
              what,
              Arrays.toString(lengths),
              Integer.MAX_VALUE));
    }
    return lengths;
  }

  /** As {@link #lengths}, of a dtype that has fractions. */
  static int[] lengths(String layer, DType dtype, String what, int... lengths) {
    if (!dtype.isFloating()) {
      throw new DTypeException(
          "%s: parameters are float32 or float64, not %s".formatted(layer, dtype));
    }
    return lengths(layer, what, lengths);
  }

  /**
   * A weight and a bias that meet.
   *
   * @throws DTypeException if their dtypes differ
   */
  static void oneDtype(String layer, @Nullable Parameter weight, @Nullable Parameter bias) {
    if (weight != null && bias != null && weight.dtype() != bias.dtype()) {
      throw new DTypeException(
          "%s: weight and bias must have one dtype, not %s%s and %s%s"
              .formatted(layer, weight.dtype(), weight.shape(), bias.dtype(), bias.shape()));
    }
  }

  /**
   * A number.
   *
   * @throws IllegalArgumentException if it is NaN or infinite
   */
  static void finite(String layer, String what, double value) {
    if (!(Math.abs(value) <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "%s: %s must be finite, not %s".formatted(layer, what, value));
    }
  }

  /**
   * A size.
   *
   * @throws IllegalArgumentException if it is NaN, infinite or less than 0
   */
  static void notNegative(String layer, String what, double value) {
    if (!(value >= 0 && value <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "%s: %s must be finite and at least 0, not %s".formatted(layer, what, value));
    }
  }

  /**
   * A part of a whole.
   *
   * @throws IllegalArgumentException if it is not in [0, 1]
   */
  static void part(String layer, String what, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "%s: %s %s is not in [0, 1]".formatted(layer, what, value));
    }
  }
}
