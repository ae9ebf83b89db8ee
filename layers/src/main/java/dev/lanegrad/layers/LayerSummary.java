package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table of {@link Layer#summary}: runs a layer once and notes the shapes of all outputs. */
final class LayerSummary {
  private static final ScopedValue<Map<Layer, Shape>> SHAPES = ScopedValue.newInstance();

  /** Looking for a binding costs more than this, for every layer. */
  private static volatile boolean everMade;

  private record Row(String layer, String output, String parameters) {}

  private LayerSummary() {}

  /** Notes an output while a summary is made. */
  static Tensor seen(Layer layer, Tensor output) {
    if (isBeingMade()) {
      SHAPES.get().putIfAbsent(layer, output.shape());
    }
    return output;
  }

  static boolean isBeingMade() {
    return everMade && SHAPES.isBound();
  }

  static Tensor zeros(Layer layer, int... shape) {
    DType dtype =
        layer.parameters().stream().map(Parameter::dtype).findFirst().orElse(DType.FLOAT32);
    return Tensor.zeros(dtype, shape);
  }

  static String of(Layer layer, Tensor x) {
    Map<Layer, Shape> shapes = new IdentityHashMap<>();
    List<Mode> training = LayerTree.modes(layer).stream().filter(Mode::isTraining).toList();
    layer.eval();
    everMade = true;
    try {
      ScopedValue.where(SHAPES, shapes)
          .run(() -> Autodiff.withoutGradient(() -> Autodiff.tidy(() -> layer.apply(x).shape())));
    } finally {
      training.forEach(mode -> mode.set(true));
    }
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("layer", "output", "parameters"));
    for (LayerTree.Place place : LayerTree.places(layer)) {
      Shape shape = shapes.get(place.layer());
      String name = place.path().isEmpty() ? "" : place.name() + ": ";
      rows.add(
          new Row(
              "  ".repeat(place.depth()) + name + LayerTree.typeOf(place.layer()),
              shape == null ? "" : shape.toString(),
              count(place.layer().parameterCount())));
    }
    return table(rows) + totals(layer);
  }

  private static String table(List<Row> rows) {
    int layers = rows.stream().mapToInt(row -> row.layer.length()).max().orElse(0);
    int outputs = rows.stream().mapToInt(row -> row.output.length()).max().orElse(0);
    int counts = rows.stream().mapToInt(row -> row.parameters.length()).max().orElse(0);
    String format = String.format(Locale.ROOT, "%%-%ds  %%-%ds  %%%ds\n", layers, outputs, counts);
    StringBuilder table = new StringBuilder();
    for (Row row : rows) {
      table.append(String.format(Locale.ROOT, format, row.layer, row.output, row.parameters));
    }
    return table.toString();
  }

  private static String totals(Layer layer) {
    long frozen =
        layer.parameters().stream()
            .filter(parameter -> !parameter.isTrainable())
            .mapToLong(Parameter::size)
            .sum();
    String total = count(layer.parameterCount()) + " parameters";
    return frozen == 0 ? total : total + ", " + count(frozen) + " of them frozen";
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
