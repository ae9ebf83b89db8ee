package dev.lanegrad.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * The rows of the comparison of layers with the operations under them, and of a trainer with the
 * bare loop, in one process.
 */
final class LayerTable {
  private static final String BY_HAND = "its operations by hand";

  private LayerTable() {}

  static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (LayerCase layer : LayerCase.values()) {
      rows.add(row(new LayerTask(false, layer), new LayerTask(true, layer)));
    }
    rows.add(row(new TrainerTask(false), new TrainerTask(true)));
    return rows;
  }

  private static Row row(Task own, Task byHand) {
    return new Row(
        List.of(new Probe(Contender.VECTOR, own), new Probe(Contender.VECTOR, byHand)),
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
