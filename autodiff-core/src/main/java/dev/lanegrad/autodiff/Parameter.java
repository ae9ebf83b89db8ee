package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.internal.TensorAccess;
import dev.lanegrad.autodiff.internal.memory.Layout;
import dev.lanegrad.autodiff.internal.memory.Storage;
import dev.lanegrad.autodiff.op.Elementwise;
import java.util.List;

/**
 * A named tensor that is changed in place: a weight that an optimizer updates, or a buffer such as
 * a running mean, which needs no gradient.
 *
 * <p>One thread at a time may change a parameter. A graph that was recorded before a change refuses
 * {@link Tensor#backward()} where its rules would read the old numbers.
 */
public final class Parameter {
  private final String name;
  private final Tensor tensor;

  private Parameter(String name, Tensor tensor) {
    this.name = name;
    this.tensor = tensor;
  }

  /** A parameter that gradients are computed for, with a copy of the initial numbers. */
  public static Parameter of(String name, Tensor initial) {
    return new Parameter(name, copy(initial).requiresGrad());
  }

  /** A parameter that needs no gradient. */
  public static Parameter buffer(String name, Tensor initial) {
    return new Parameter(name, copy(initial));
  }

  private static Tensor copy(Tensor tensor) {
    TensorType type = new TensorType(tensor.dtype(), tensor.shape());
    Object elements =
        switch (tensor.dtype()) {
          case FLOAT32 -> tensor.toFloatArray();
          case FLOAT64 -> tensor.toDoubleArray();
          default -> throw new DTypeException("parameter: must be float32 or float64, not " + type);
        };
    return TensorAccess.get()
        .make(
            Storage.copyOf(type.dtype(), elements, type.shape().size()),
            Layout.rowMajor(type.shape()));
  }

  public String name() {
    return name;
  }

  /** The numbers, always the same tensor: what is computed from it now sees them as they are. */
  public Tensor tensor() {
    return tensor;
  }

  public Shape shape() {
    return tensor.shape();
  }

  public DType dtype() {
    return tensor.dtype();
  }

  /** The number of elements. */
  public int size() {
    return tensor.size();
  }

  /** How often the numbers have been changed. */
  public int version() {
    return TensorAccess.get().storage(tensor).version();
  }

  /** Counts a change; called by what changes the numbers. */
  public void changed() {
    TensorAccess.get().storage(tensor).changed();
  }

  /**
   * Replaces all numbers.
   *
   * @throws ShapeException if shapes differ
   */
  public void assign(Tensor values) {
    if (values.dtype() != dtype() || !values.shape().equals(shape())) {
      throw new ShapeException(
          "assign: parameter \"%s\" is %s%s, the values are %s%s"
              .formatted(name, dtype(), shape(), values.dtype(), values.shape()));
    }
    Elementwise.of(Formula.input(0)).update(List.of(this), values.detach());
  }

  @Override
  public String toString() {
    return name + " " + tensor.dtype() + tensor.shape();
  }
}
