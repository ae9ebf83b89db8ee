package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The table of {@link Layer#summary}: runs a layer once and notes the shapes of all outputs. */
final class LayerSummary {
  private static final ScopedValue<Map<Layer, Shape>> SHAPES = ScopedValue.newInstance();

  /** Looking for a binding costs more than this, for every layer. */
  private static volatile boolean everMade;

  private record Row(String layer, String output, String parameters) {}

  private LayerSummary() {}

  /** The output of a layer, which is noted while a summary is made. */
  static Tensor applied(Layer layer, Tensor x) {
    if (x == null) {
      throw new NullPointerException("%s: x is null".formatted(LayerTree.typeOf(layer)));
    }
    return seen(layer, layer.forward(x));
  }

  /** Notes an output while a summary is made. */
  static Tensor seen(Layer layer, @Nullable Tensor output) {
    if (output == null) {
      throw new NullPointerException(
          "%s: forward returned null".formatted(LayerTree.typeOf(layer)));
    }
    if (isBeingMade()) {
      SHAPES.get().putIfAbsent(layer, output.shape());
    }
    return output;
  }

  static boolean isBeingMade() {
    return everMade && SHAPES.isBound();
  }

  /** That of the first parameter. */
  static DType dtype(Layer layer) {
    return layer.parameters().stream().map(Parameter::dtype).findFirst().orElse(DType.FLOAT32);
  }

  /** Shapes that have been seen, and warnings. */
  private record Seen(Map<Layer, Shape> shapes, List<String> strays) {}

  private static Seen run(Layer layer, Tensor x) {
    Map<Layer, Shape> shapes = new IdentityHashMap<>();
    List<Mode> training = LayerTree.modes(layer).stream().filter(Mode::isTraining).toList();
    layer.eval();
    everMade = true;
    try {
      List<String> strays =
          ScopedValue.where(SHAPES, shapes).call(() -> Autodiff.tidy(() -> strays(layer, x)));
      return new Seen(shapes, strays);
    } finally {
      training.forEach(mode -> mode.set(true));
    }
  }

  static String of(Layer layer, Tensor x) {
    Seen seen = run(layer, x);
    List<Row> table = new ArrayList<>();
    table.add(new Row("layer", "output", "parameters"));
    for (SummaryRow row : rows(layer, seen.shapes)) {
      String name = row.depth() == 0 ? "" : row.name() + ": ";
      table.add(
          new Row(
              "  ".repeat(row.depth()) + name + LayerTree.typeOf(row.layer()),
              row.output() == null ? "" : row.output().toString(),
              count(row.parameters())));
    }
    return table(table) + totals(layer) + String.join("", seen.strays);
  }

  static List<SummaryRow> rows(Layer layer, Tensor x) {
    return rows(layer, run(layer, x).shapes);
  }

  private static List<SummaryRow> rows(Layer layer, Map<Layer, Shape> shapes) {
    List<LayerTree.Place> places = LayerTree.places(layer);
    Map<LayerTree.Place, Long> counts = LayerTree.parameterCounts(places);
    return places.stream()
        .map(
            place ->
                new SummaryRow(
                    place.depth(),
                    place.name(),
                    place.layer(),
                    LayerTree.lineOf(place.layer()),
                    shapes.get(place.layer()),
                    counts.getOrDefault(place, 0L)))
        .toList();
  }

  /** A warning for each tensor that requires a gradient and is no parameter. */
  private static List<String> strays(Layer layer, Tensor x) {
    Set<Tensor> known = Collections.newSetFromMap(new IdentityHashMap<>());
    layer.parameters().forEach(parameter -> known.add(parameter.tensor()));
    return Autodiff.leaves(Autodiff.withoutEffects(() -> layer.apply(x.detach()))).stream()
        .filter(leaf -> !known.contains(leaf))
        .map(
            leaf ->
                "\n%s%s requires a gradient and is no parameter, so that no optimizer changes it"
                        .formatted(leaf.dtype(), leaf.shape())
                    + " and no state holds it: make it one by Parameter.of, or detach() it")
        .toList();
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
