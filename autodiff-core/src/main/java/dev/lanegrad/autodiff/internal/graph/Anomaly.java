package dev.lanegrad.autodiff.internal.graph;

import dev.lanegrad.autodiff.AnomalyException;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.internal.UserCall;
import dev.lanegrad.autodiff.op.Op;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks for NaN and infinity in what operations and reverse rules give, where it is asked to. */
public final class Anomaly {
  private static final ScopedValue<Boolean> WATCHED = ScopedValue.newInstance();

  /** Looking for a binding costs more than this, for every operation. */
  private static volatile boolean everAskedFor;

  private Anomaly() {}

  public static <T> T detect(Supplier<T> action) {
    everAskedFor = true;
    return ScopedValue.where(WATCHED, true).call(action::get);
  }

  /** Runs a part of an operation or of a reverse rule: what counts is what the whole gives. */
  static <T> T ignore(Supplier<T> action) {
    return ScopedValue.where(WATCHED, false).call(action::get);
  }

  /** Runs something watched or not. */
  public static <T> T with(boolean watched, Supplier<T> action) {
    return watched == isWatched() ? action.get() : watched ? detect(action) : ignore(action);
  }

  public static boolean isWatched() {
    return everAskedFor && WATCHED.orElse(false);
  }

  static void checkValue(Op op, List<Tensor> inputs, Tensor output) {
    double bad = firstBad(output);
    if (bad != 0) {
      throw new AnomalyException(
          "%s%s gave %s in its result of shape %s from %s"
              .formatted(
                  UserCall.nameOr(op.name()),
                  Origin.ofCaller(),
                  bad,
                  output.shape(),
                  describe(inputs)));
    }
  }

  /** Looks at parameters that were just changed. */
  static void checkUpdate(Write write, Tensor[] given) {
    for (Parameter changed : write.targets()) {
      double bad = firstBad(changed.tensor());
      if (bad != 0) {
        throw new AnomalyException(
            "an update%s gave %s in parameter \"%s\" of shape %s from %s"
                .formatted(
                    Origin.ofCaller(),
                    bad,
                    changed.name(),
                    changed.shape(),
                    describe(write.inputs(given))));
      }
    }
  }

  /** Looks at the sum of gradients that reach one result of a node along several paths. */
  static void checkSum(Node node, Tensor sum) {
    double bad = firstBad(sum);
    if (bad != 0) {
      throw new AnomalyException(
          "the sum of the gradients that reach the result of %s, of shape %s, has become %s"
              .formatted(node.describe(), sum.shape(), bad));
    }
  }

  static void checkGradient(Node node, int input, @Nullable Tensor gradient) {
    double bad = gradient == null ? 0 : firstBad(gradient);
    if (bad != 0) {
      throw new AnomalyException(
          String.format(
              Locale.ROOT,
              "the reverse rule of %s gave %s in the gradient of input %d; inputs %s",
              node.describe(),
              bad,
              input,
              describe(node.inputs())));
    }
  }

  private static String describe(List<Tensor> inputs) {
    return inputs.stream()
        .map(t -> t.dtype().toString() + t.shape())
        .collect(Collectors.joining(" x "));
  }

  /** The first NaN or infinity, or 0 if there is none. */
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
