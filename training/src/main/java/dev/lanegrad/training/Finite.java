package dev.lanegrad.training;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.op.Fold;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Looks for NaN and infinity, and says in words where the first is. */
final class Finite {
  /** 0 for every finite number, else NaN: so the sum of it tells of all, in one pass. */
  private static final Formula NOTHING = Formula.input(0).mul(0);

  /** Up to so many elements a copy is read sooner than an operation begins. */
  private static final int SMALL = 1_024;

  private static final int INFINITY_BITS = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

  /** By rank, over all axes. */
  private static final List<Fold> SUMS =
      IntStream.range(0, 9)
          .mapToObj(
              rank -> new Fold(Reduction.SUM, NOTHING, IntStream.range(0, rank).toArray(), false))
          .toList();

  private Finite() {}

  /** Whether all numbers of the gradients of parameters are finite. */
  static boolean isTrue(Gradients gradients, Collection<Parameter> parameters) {
    for (Parameter parameter : parameters) {
      if (gradients.contains(parameter) && !isTrue(gradients.of(parameter))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isTrue(Tensor tensor) {
    if (tensor.size() <= SMALL && tensor.dtype() == DType.FLOAT32) {
      return isTrue(tensor.toFloatArray());
    }
    Tensor some = tensor.rank() < SUMS.size() ? tensor : tensor.reshape(tensor.size());
    return SUMS.get(some.rank()).applyTo(some).item() == 0;
  }

  /** NaN and infinity have the largest bits but for the sign. */
  private static boolean isTrue(float[] numbers) {
    int largest = 0;
    for (float number : numbers) {
      largest = Math.max(largest, Float.floatToRawIntBits(number) & Integer.MAX_VALUE);
    }
    return largest < INFINITY_BITS;
  }

  static @Nullable String badLoss(double loss) {
    return Double.isFinite(loss) ? null : "the loss is " + loss;
  }

  /**
   * The first parameter with such a number, or null.
   *
   * @param words with a place for the number
   */
  static @Nullable String firstBad(String words, Map<String, Parameter> parameters) {
    for (Map.Entry<String, Parameter> entry : parameters.entrySet()) {
      double bad = firstBad(entry.getValue().tensor());
      if (bad != 0) {
        return String.format(Locale.ROOT, words, bad) + " \"" + entry.getKey() + "\"";
      }
    }
    return null;
  }

  /** The first parameter whose gradient has such a number. */
  static String firstBad(Gradients gradients, Map<String, Parameter> parameters) {
    for (Map.Entry<String, Parameter> entry : parameters.entrySet()) {
      if (gradients.contains(entry.getValue())) {
        double bad = firstBad(gradients.of(entry.getValue()));
        if (bad != 0) {
          return "there is %s in the gradient of \"%s\"".formatted(bad, entry.getKey());
        }
      }
    }
    return "the norm of the gradients is not finite";
  }

  /** The first such number of inputs or targets, or null. */
  static @Nullable String firstBad(Batch batch) {
    double x = firstBad(batch.x());
    double y = firstBad(batch.y());
    if (x == 0 && y == 0) {
      return null;
    }
    return x == 0
        ? "there is %s in y of the batch".formatted(y)
        : "there is %s in x of the batch".formatted(x);
  }

  /** The first such number, or 0. */
  private static double firstBad(Tensor tensor) {
    if (tensor.dtype().isFloating()) {
      for (double value : tensor.toDoubleArray()) {
        if (!Double.isFinite(value)) {
          return value;
        }
      }
    }
    return 0;
  }
}
