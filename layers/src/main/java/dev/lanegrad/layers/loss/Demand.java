package dev.lanegrad.layers.loss;

import dev.lanegrad.autodiff.Axes;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Fold;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a loss demands of every element of a tensor: one sum of those that break it, which is little
 * beside the loss itself.
 *
 * @param loss its name
 * @param what is looked at
 * @param met whether element {@code Formula.input(0)} is right
 * @param wanted how a message says that
 */
record Demand(String loss, String what, Formula met, String wanted) {
  /**
   * That there is an argument at all.
   *
   * @throws NullPointerException if it is null
   */
  static void present(String loss, String name, @Nullable Object argument) {
    if (argument == null) {
      throw new NullPointerException("%s: %s is null".formatted(loss, name));
    }
  }

  /**
   * The same of a setting.
   *
   * @throws IllegalArgumentException if it is NaN, infinite or less than 0
   */
  static void notNegative(String loss, String what, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "%s: %s must be finite and at least 0, not %s".formatted(loss, what, value));
    }
  }

  /**
   * The same of the tensors that a loss compares.
   *
   * @throws DTypeException unless all are float32 or all float64
   */
  static void oneDtype(String loss, Tensor... tensors) {
    DType first = tensors[0].dtype();
    if (!first.isFloating() || Arrays.stream(tensors).anyMatch(x -> x.dtype() != first)) {
      throw new DTypeException(
          "%s: dtypes must be all float32 or all float64: %s"
              .formatted(
                  loss,
                  Arrays.stream(tensors)
                      .map(x -> x.dtype().toString() + x.shape())
                      .collect(Collectors.joining(" x "))));
    }
  }

  /**
   * Looks at all elements.
   *
   * @throws IllegalArgumentException naming the first that breaks the demand
   */
  void check(Tensor x) {
    if (x.isMeta()) {
      return;
    }
    Tensor numbers = x.detach();
    int[] everything = Axes.normalizeAll(loss, new int[0], x.shape());
    if (new Fold(Reduction.SUM, met.logicalNot(), everything, false).applyTo(numbers).item() == 0) {
      return;
    }
    float[] broken = Elementwise.of(met.logicalNot()).applyTo(numbers).toFloatArray();
    int first = 0;
    while (broken[first] == 0) {
      first++;
    }
    throw new IllegalArgumentException(
        "%s: %s must be %s, not %s as at %s of %s%s"
            .formatted(
                loss,
                what,
                wanted,
                x.dtype() == DType.FLOAT32
                    ? Float.toString(numbers.toFloatArray()[first])
                    : Double.toString(numbers.toDoubleArray()[first]),
                position(first, x.shape().toArray()),
                x.dtype(),
                x.shape()));
  }

  private static List<Integer> position(int index, int... dims) {
    List<Integer> position = new ArrayList<>();
    int rest = index;
    for (int axis = dims.length - 1; axis >= 0; axis--) {
      position.addFirst(rest % dims[axis]);
      rest /= dims[axis];
    }
    return position;
  }
}
