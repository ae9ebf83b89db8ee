package dev.lanegrad.benchmarks;

import java.util.Arrays;
import java.util.List;

/** The rows of the comparison of layers with the operations under them, in one process. */
final class LayerTable {
  private static final String BY_HAND = "its operations by hand";

  private LayerTable() {}

  static List<Row> rows() {
    return Arrays.stream(LayerCase.values()).map(LayerTable::row).toList();
  }

  private static Row row(LayerCase layer) {
    Task own = new LayerTask(false, layer);
    return new Row(
        List.of(
            new Probe(Contender.VECTOR, own),
            new Probe(Contender.VECTOR, new LayerTask(true, layer))),
        List.of(Line.of(own, 1, 0, BY_HAND, 1)));
  }

  /** Whether a row has both sides of its comparison, and not another checkout alone. */
  static boolean isComplete(Row row) {
    return row.lines().getFirst().against().equals(BY_HAND);
  }

  /** What the table says of the times of a row. */
  static LayerCost cost(Row row, Samples samples) {
    return new LayerCost(
        row.probes().getFirst().task(),
        samples.nanos(0),
        samples.nanos(1),
        samples.median(t -> t[0] - t[1]));
  }
}
