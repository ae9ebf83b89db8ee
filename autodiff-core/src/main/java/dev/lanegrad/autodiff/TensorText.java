package dev.lanegrad.autodiff;

/** A tensor as text, in the manner of NumPy; large ones are abbreviated. */
final class TensorText {
  private static final int WHOLE = 1_000;
  private static final int EDGE = 3;

  private final double[] values;
  private final int[] dims;
  private final DType dtype;
  private final boolean abbreviate;
  private final StringBuilder text = new StringBuilder();

  private TensorText(Tensor tensor) {
    this.values = tensor.toDoubleArray();
    this.dims = tensor.shape().toArray();
    this.dtype = tensor.dtype();
    this.abbreviate = values.length > WHOLE;
  }

  static String of(Tensor tensor) {
    TensorText writer = new TensorText(tensor);
    writer.text.append("Tensor(");
    writer.write(0, 0);
    return writer.text.append(", ").append(tensor.dtype()).append(tensor.shape()).append(')')
        .toString();
  }

  private void write(int axis, int index) {
    if (axis == dims.length) {
      text.append(number(values[index]));
      return;
    }
    text.append('[');
    for (int i = 0; i < dims[axis]; i++) {
      if (i > 0) {
        text.append(axis == dims.length - 1 ? ", " : ",\n" + " ".repeat(8 + axis));
      }
      if (abbreviate && i == EDGE && dims[axis] > 2 * EDGE) {
        text.append("...");
        i = dims[axis] - EDGE - 1;
      } else {
        write(axis + 1, index * dims[axis] + i);
      }
    }
    text.append(']');
  }

  private String number(double value) {
    return switch (dtype) {
      case INT32 -> Integer.toString((int) value);
      case BOOL -> Boolean.toString(value != 0);
      case FLOAT32 -> Float.toString((float) value);
      case FLOAT64 -> Double.toString(value);
    };
  }
}
