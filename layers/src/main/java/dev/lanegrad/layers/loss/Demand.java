package dev.lanegrad.layers.loss;

import dev.lanegrad.autodiff.Axes;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Fold;
import dev.lanegrad.autodiff.op.Op;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a loss demands of every element of a tensor: one sum of those that break it, which is little
 * beside the loss itself. It is an operation, made whenever the numbers are there, and nothing
 * depends on it.
 *
 * <p>Shapes: {@code s} gives nothing.
 *
 * @param loss its name
 * @param what is looked at
 * @param met whether element {@code Formula.input(0)} is right
 * @param wanted how a message says that
 */
record Demand(String loss, String what, Formula met, String wanted) implements Op {
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
    boolean fits = first.isFloating();
    for (Tensor tensor : tensors) {
      fits &= tensor.dtype() == first;
    }
    if (!fits) {
      throw new DTypeException(
          "%s: dtypes must be all float32 or all float64: %s"
              .formatted(
                  loss,
                  Arrays.stream(tensors)
                      .map(x -> x.dtype().toString() + x.shape())
                      .collect(Collectors.joining(" x "))));
    }
  }

  void check(Tensor x) {
    apply(List.of(x.detach()));
  }

  @Override
  public String name() {
    return loss;
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    return List.of();
  }

  /**
   * Looks at all elements.
   *
   * @throws IllegalArgumentException naming the first that breaks the demand
   */
  @Override
  public List<Tensor> forward(Call call) {
    Tensor numbers = call.input(0);
    int[] everything = Axes.normalizeAll(loss, new int[0], numbers.shape());
    if (new Fold(Reduction.SUM, met.logicalNot(), everything, false).applyTo(numbers).item() != 0) {
      throw broken(numbers);
    }
    return List.of();
  }

  private IllegalArgumentException broken(Tensor numbers) {
    float[] broken = Elementwise.of(met.logicalNot()).applyTo(numbers).toFloatArray();
    int first = 0;
    while (broken[first] == 0) {
      first++;
    }
    return new IllegalArgumentException(
        "%s: %s must be %s, not %s as at %s of %s"
            .formatted(
                loss,
                what,
                wanted,
                numbers.dtype() == DType.FLOAT32
                    ? Float.toString(numbers.toFloatArray()[first])
                    : Double.toString(numbers.toDoubleArray()[first]),
                position(first, numbers.shape().toArray()),
                numbers.type()));
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

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    return Collections.singletonList(null);
  }
}
