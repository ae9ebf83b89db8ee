package dev.lanegrad.autodiff.internal.types;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Checks that several operations make of their inputs. */
public final class Checks {
  private Checks() {}

  /** The one floating-point dtype of all inputs. */
  public static DType floating(String operation, List<TensorType> inputs) {
    DType dtype = inputs.getFirst().dtype();
    for (int i = 0; i < inputs.size(); i++) {
      if (!dtype.isFloating() || inputs.get(i).dtype() != dtype) {
        throw new DTypeException(
            "%s: dtypes must be all float32 or all float64: %s; cast(..) makes them so"
                .formatted(operation, describe(inputs)));
      }
    }
    return dtype;
  }

  /** The one dtype of all inputs. */
  public static DType sameDType(String operation, List<TensorType> inputs) {
    DType dtype = inputs.getFirst().dtype();
    for (TensorType input : inputs) {
      if (input.dtype() != dtype) {
        throw new DTypeException(
            "%s: dtypes must be the same: %s; cast(..) makes them so"
                .formatted(operation, describe(inputs)));
      }
    }
    return dtype;
  }

  public static void inputs(String operation, int expected, List<TensorType> inputs) {
    if (inputs.size() != expected) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: takes %d inputs, %d were given: %s",
              operation,
              expected,
              inputs.size(),
              describe(inputs)));
    }
  }

  public static void atLeast(String operation, int least, List<TensorType> inputs) {
    inputs(operation, Math.max(least, inputs.size()), inputs);
  }

  /** An axis of an operation counts from the front: tensors' methods have turned negative ones. */
  public static void axis(String operation, Shape shape, int axis) {
    if (axis < 0 || axis >= shape.rank()) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "%s: axis %d is out of range for shape %s (%d axes, counted from 0)",
              operation,
              axis,
              shape,
              shape.rank()));
    }
  }

  /** An axis along which something is chosen or normalised must have an element. */
  public static void nonEmpty(String operation, Shape shape, int axis) {
    axis(operation, shape, axis);
    if (shape.dim(axis) == 0) {
      throw new ShapeException(
          String.format(Locale.ROOT, "%s: axis %d of shape %s is empty", operation, axis, shape));
    }
  }

  public static void square(String operation, Shape shape) {
    if (shape.rank() != 2 || shape.dim(0) != shape.dim(1)) {
      throw new ShapeException("%s: takes a square matrix, not %s".formatted(operation, shape));
    }
  }

  /**
   * A shape whose dimensions were computed.
   *
   * @throws ShapeException if a dimension or the elements in all are more than a tensor can have
   */
  public static Shape shape(String operation, long... dims) {
    int[] narrowed = new int[dims.length];
    boolean empty = false;
    for (long dim : dims) {
      empty |= dim == 0;
    }
    long size = 1;
    for (int i = 0; i < dims.length; i++) {
      size = empty ? 0 : size * dims[i];
      if (dims[i] > Integer.MAX_VALUE || size > Integer.MAX_VALUE) {
        throw new ShapeException(
            String.format(
                Locale.ROOT,
                "%s: a result of shape %s: a tensor has at most %,d elements, also along a"
                    + " dimension",
                operation,
                Arrays.toString(dims),
                Integer.MAX_VALUE));
      }
      narrowed[i] = (int) dims[i];
    }
    return Shape.of(narrowed);
  }

  public static List<Shape> shapes(List<TensorType> inputs) {
    List<Shape> shapes = new ArrayList<>(inputs.size());
    for (TensorType input : inputs) {
      shapes.add(input.shape());
    }
    return shapes;
  }

  public static String describe(List<TensorType> inputs) {
    return inputs.stream().map(TensorType::toString).collect(Collectors.joining(" x "));
  }
}
