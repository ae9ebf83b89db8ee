package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.internal.graph.TensorAccess;
import dev.lanegrad.autodiff.internal.memory.Layout;
import dev.lanegrad.autodiff.internal.memory.Storage;
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
    this.abbreviate = isLong(dims);
    this.cells = cells(tensor);
  }

  /** Brackets around nothing count as well: of [1000000, 0] there are as many as rows. */
  private static boolean isLong(int[] dims) {
    long cells = 1;
    for (int i = 0; i < dims.length && cells <= WHOLE; i++) {
      cells *= Math.max(dims[i], 1);
    }
    return cells > WHOLE;
  }

  /** The places in memory of the elements that are shown, in order. */
  private void shown(int axis, int place, int[] strides, IntConsumer places) {
    if (axis == dims.length) {
      places.accept(place);
      return;
    }
    for (int i = 0; i < dims[axis]; i++) {
      if (isLeftOut(axis, i)) {
        i = dims[axis] - EDGE;
      }
      shown(axis + 1, place + i * strides[axis], strides, places);
    }
  }

  private boolean isLeftOut(int axis, int i) {
    return abbreviate && i == EDGE && dims[axis] > 2 * EDGE;
  }

  /** Nothing else is read: the text of a large tensor takes no longer than that of a small one. */
  private double[] values(Tensor tensor) {
    if (tensor.size() == 0) {
      return new double[0];
    }
    Storage storage = TensorAccess.get().storage(tensor);
    Layout layout = TensorAccess.get().layout(tensor);
    IntStream.Builder places = IntStream.builder();
    shown(0, layout.offset(), layout.strides(), places::add);
    Object array = storage.array();
    double[] values = places.build().mapToDouble(place -> value(array, place)).toArray();
    storage.requireUnreleased();
    return values;
  }

  private static double value(Object array, int place) {
    return switch (array) {
      case float[] floats -> floats[place];
      case double[] doubles -> doubles[place];
      case int[] ints -> ints[place];
      case boolean[] booleans -> booleans[place] ? 1 : 0;
      default -> throw new AssertionError(array);
    };
  }

  static String of(Tensor tensor) {
    if (tensor.isMeta()) {
      return "Tensor(meta, " + tensor.type() + ")";
    }
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
    double[] values = values(tensor);
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
