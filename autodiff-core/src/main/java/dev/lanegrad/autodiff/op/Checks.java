package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import java.util.List;
import java.util.stream.Collectors;

/** Checks that several operations make of their inputs. */
final class Checks {
  private Checks() {}

  /** The one floating-point dtype of all inputs. */
  static DType floating(String operation, List<Tensor> inputs) {
    DType dtype = inputs.getFirst().dtype();
    for (Tensor input : inputs) {
      if (!input.dtype().isFloating() || input.dtype() != dtype) {
        throw new DTypeException(
            "%s: dtypes must be all float32 or all float64: %s"
                .formatted(operation, describe(inputs)));
      }
    }
    return dtype;
  }

  static void inputs(String operation, int expected, List<Tensor> inputs) {
    if (inputs.size() != expected) {
      throw new IllegalArgumentException(
          "%s: takes %d inputs, %d were given: %s"
              .formatted(operation, expected, inputs.size(), describe(inputs)));
    }
  }

  static List<Shape> shapes(List<Tensor> inputs) {
    return inputs.stream().map(Tensor::shape).toList();
  }

  static String describe(List<Tensor> inputs) {
    return inputs.stream()
        .map(t -> t.dtype().toString() + t.shape())
        .collect(Collectors.joining(" x "));
  }
}
