package dev.lanegrad.autodiff;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * A tensor as text, in the manner of NumPy's {@code repr}: up to 8 decimals, columns aligned,
 * scientific where numbers are very large, very small or far apart, and only the edges of a large
 * tensor.
 */
final class TensorText {
  private static final int WHOLE = 1_000;
  private static final int EDGE = 3;
  private static final int DECIMALS = 8;
  private static final String OPENING = "Tensor(";

  private final String[] cells;
  private int written;
  private final int[] dims;
  private final boolean abbreviate;
  private final StringBuilder text = new StringBuilder(OPENING);

  private TensorText(Tensor tensor) {
    this.dims = tensor.shape().toArray();
    this.abbreviate = tensor.size() > WHOLE;
    this.cells = cells(tensor);
  }

  /** The places of the elements that are shown, in order. */
  private void shown(int axis, int index, IntConsumer place) {
    if (axis == dims.length) {
      place.accept(index);
      return;
    }
    for (int i = 0; i < dims[axis]; i++) {
      if (isLeftOut(axis, i)) {
        i = dims[axis] - EDGE;
      }
      shown(axis + 1, index * dims[axis] + i, place);
    }
  }

  private boolean isLeftOut(int axis, int i) {
    return abbreviate && i == EDGE && dims[axis] > 2 * EDGE;
  }

  static String of(Tensor tensor) {
    TensorText writer = new TensorText(tensor);
    writer.write(0);
    return writer.text + ", " + tensor.dtype() + tensor.shape() + ")";
  }

  private void write(int axis) {
    if (axis == dims.length) {
      text.append(cells[written++]);
      return;
    }
    boolean last = axis == dims.length - 1;
    String blankLines = "\n".repeat(dims.length - 1 - axis);
    String separator = last ? ", " : "," + blankLines + " ".repeat(OPENING.length() + axis + 1);
    text.append('[');
    for (int i = 0; i < dims[axis]; i++) {
      if (i > 0) {
        text.append(separator);
      }
      if (isLeftOut(axis, i)) {
        text.append("...");
        i = dims[axis] - EDGE - 1;
      } else {
        write(axis + 1);
      }
    }
    text.append(']');
  }

  private String[] cells(Tensor tensor) {
    double[] all = tensor.toDoubleArray();
    IntStream.Builder places = IntStream.builder();
    shown(0, 0, places::add);
    double[] values = places.build().mapToDouble(place -> all[place]).toArray();
    String[] cells = new String[values.length];
    switch (tensor.dtype()) {
      case INT32 -> Arrays.setAll(cells, i -> Integer.toString((int) values[i]));
      case BOOL -> Arrays.setAll(cells, i -> values[i] != 0 ? "true" : "false");
      default -> {
        boolean scientific = isScientific(values);
        boolean single = tensor.dtype() == DType.FLOAT32;
        Arrays.setAll(cells, i -> number(values[i], single, scientific));
        alignPoints(cells, scientific);
      }
    }
    int width = Arrays.stream(cells).mapToInt(String::length).max().orElse(0);
    Arrays.setAll(cells, i -> " ".repeat(width - cells[i].length()) + cells[i]);
    return cells;
  }

  private static boolean isScientific(double[] values) {
    double largest = 0;
    double smallest = Double.POSITIVE_INFINITY;
    for (double value : values) {
      double magnitude = Math.abs(value);
      if (Double.isFinite(value) && magnitude > 0) {
        largest = Math.max(largest, magnitude);
        smallest = Math.min(smallest, magnitude);
      }
    }
    return largest > 0 && (largest >= 1e8 || smallest < 1e-4 || largest / smallest > 1000);
  }

  private static String number(double value, boolean single, boolean scientific) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
    }
    String sign = value < 0 || (value == 0 && 1 / value < 0) ? "-" : "";
    double magnitude = Math.abs(value);
    BigDecimal exact =
        new BigDecimal(single ? Float.toString((float) magnitude) : Double.toString(magnitude));
    int exponent = scientific && value != 0 ? exact.precision() - exact.scale() - 1 : 0;
    BigDecimal shown = exact.movePointLeft(exponent).setScale(DECIMALS, RoundingMode.HALF_EVEN);
    String digits = shown.stripTrailingZeros().toPlainString();
    String pointed = digits.contains(".") ? digits : digits + ".";
    return sign + pointed + (scientific ? String.format(Locale.ROOT, "e%+03d", exponent) : "");
  }

  /** Adds blanks, or zeros before an exponent, so that all have as many decimals. */
  private static void alignPoints(String[] cells, boolean scientific) {
    int decimals = Arrays.stream(cells).mapToInt(TensorText::decimals).max().orElse(0);
    for (int i = 0; i < cells.length; i++) {
      int missing = decimals - decimals(cells[i]);
      if (!cells[i].contains(".")) {
        continue;
      }
      int end = mantissaEnd(cells[i]);
      String padding = (scientific ? "0" : " ").repeat(missing);
      cells[i] = cells[i].substring(0, end) + padding + cells[i].substring(end);
    }
  }

  private static int mantissaEnd(String cell) {
    int exponent = cell.indexOf('e');
    return exponent < 0 ? cell.length() : exponent;
  }

  private static int decimals(String cell) {
    int point = cell.indexOf('.');
    return point < 0 ? 0 : mantissaEnd(cell) - point - 1;
  }
}
