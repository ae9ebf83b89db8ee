package dev.lanegrad.benchmarks;

import static dev.lanegrad.benchmarks.DataCase.dims;
import static dev.lanegrad.benchmarks.DataCase.indices;
import static dev.lanegrad.benchmarks.DataCase.of;
import static dev.lanegrad.benchmarks.DataFunctions.copied;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.LayerNorm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Folds and movements of about a million elements, on one thread and on two, each next to a plain
 * loop that moves the same bytes: what such an operation waits for is memory.
 */
final class MemoryTable {
  /** Each next to a loop that reads as much. */
  private static final List<DataCase> FOLDS =
      List.of(
          of("SUM", "sum", dims(1_000_000), x -> x.sum(), "torch.sum(x)"),
          of("SUM_LAST", "sum, last axis", dims(1_000, 1_000), x -> x.sum(1), "torch.sum(x, [1])"),
          of(
              "SUM_FIRST",
              "sum, first axis",
              dims(1_000, 1_000),
              x -> x.sum(0),
              "torch.sum(x, [0])"),
          of(
              "SUM_MIDDLE",
              "sum, middle axis",
              dims(100, 100, 100),
              x -> x.sum(1),
              "torch.sum(x, [1])"),
          of("MEAN", "mean", dims(1_000_000), x -> x.mean(), "torch.mean(x)"),
          of(
              "MEAN_LAST",
              "mean, last axis",
              dims(1_000, 1_000),
              x -> x.mean(1),
              "torch.mean(x, [1])"),
          of(
              "MEAN_FIRST",
              "mean, first axis",
              dims(1_000, 1_000),
              x -> x.mean(0),
              "torch.mean(x, [0])"),
          of(
              "MEAN_MIDDLE",
              "mean, middle axis",
              dims(100, 100, 100),
              x -> x.mean(1),
              "torch.mean(x, [1])"),
          of("VARIANCE", "variance", dims(1_000_000), x -> x.var(), "torch.var(x, [0], True)"),
          of(
              "VARIANCE_LAST",
              "variance, last axis",
              dims(1_000, 1_000),
              x -> x.var(1),
              "torch.var(x, [1], True)"),
          of(
              "VARIANCE_FIRST",
              "variance, first axis",
              dims(1_000, 1_000),
              x -> x.var(0),
              "torch.var(x, [0], True)"),
          of(
              "VARIANCE_MIDDLE",
              "variance, middle axis",
              dims(100, 100, 100),
              x -> x.var(1),
              "torch.var(x, [1], True)"));

  /** Each next to a loop that copies as much. */
  private static final List<DataCase> MOVES =
      List.of(
          of("SOFTMAX", "softmax", dims(1_000_000), x -> x.softmax(0), "torch.softmax(x, 0)"),
          of(
              "SOFTMAX_LAST",
              "softmax, last axis",
              dims(1_000, 1_000),
              x -> x.softmax(1),
              "torch.softmax(x, 1)"),
          of(
              "SOFTMAX_FIRST",
              "softmax, first axis",
              dims(1_000, 1_000),
              x -> x.softmax(0),
              "torch.softmax(x, 0)"),
          of(
              "SOFTMAX_MIDDLE",
              "softmax, middle axis",
              dims(100, 100, 100),
              x -> x.softmax(1),
              "torch.softmax(x, 1)"),
          of(
              "LAYER_NORM",
              "layer norm, last axis",
              dims(1_000, 1_000),
              normalizing(1_000),
              "torch.layer_norm(x, [1000])"),
          of(
              "LAYER_NORM_SHORT",
              "layer norm, last axis",
              dims(16_000, 64),
              normalizing(64),
              "torch.layer_norm(x, [64])"),
          of(
              "LAYER_NORM_OF_TWO",
              "layer norm, last two axes",
              dims(100, 100, 100),
              normalizing(100, 100),
              "torch.layer_norm(x, [100, 100])"),
          of(
              "TRANSPOSE",
              "transpose",
              dims(1_000, 1_000),
              x -> copied(x.transpose()),
              "x.t().clone(memory_format=0)"),
          of(
              "TRANSPOSE_POWER",
              "transpose",
              dims(1_024, 1_024),
              x -> copied(x.transpose()),
              "x.t().clone(memory_format=0)"),
          permuted("LAST_FIRST", dims(100, 100, 100), 2, 0, 1),
          permuted("REVERSED", dims(100, 100, 100), 2, 1, 0),
          permuted("SHORT_ROWS", dims(1_000, 100, 10), 1, 0, 2),
          permuted("CHANNELS_LAST", dims(32, 3, 100, 100), 0, 2, 3, 1),
          permuted("HEADS", dims(16, 128, 8, 64), 0, 2, 1, 3),
          of(
              "CONCAT_ROWS",
              "concat, first axis",
              dims(500, 1_000),
              x -> Tensor.concat(0, List.of(x, x)),
              "torch.cat([x, x], 0)"),
          of(
              "CONCAT_MIDDLE",
              "concat, middle axis",
              dims(100, 50, 100),
              x -> Tensor.concat(1, List.of(x, x)),
              "torch.cat([x, x], 1)"),
          of(
              "CONCAT_COLUMNS",
              "concat, last axis",
              dims(1_000, 500),
              x -> Tensor.concat(1, List.of(x, x)),
              "torch.cat([x, x], 1)"),
          of(
              "CONCAT_NARROW",
              "concat of ten, last axis",
              dims(10_000, 10),
              x -> Tensor.concat(1, Collections.nCopies(10, x)),
              "torch.cat([x, x, x, x, x, x, x, x, x, x], 1)"),
          of(
              "STACK",
              "concat of single columns",
              dims(500_000),
              x -> Tensor.stack(1, List.of(x, x)),
              "torch.stack([x, x], 1)"),
          of(
              "GATHER",
              "gather",
              dims(1_000_000),
              indices(1_000_000, 1_000_000),
              (x, i) -> x.gather(0, i),
              "torch.gather(x, 0, i)"),
          of(
              "GATHER_IN_ROWS",
              "gather, last axis",
              dims(1_000, 1_000),
              indices(1_000, 1_000, 1_000),
              (x, i) -> x.gather(1, i),
              "torch.gather(x, 1, i)"),
          of(
              "GATHER_IN_COLUMNS",
              "gather, first axis",
              dims(1_000, 1_000),
              indices(1_000, 1_000, 1_000),
              (x, i) -> x.gather(0, i),
              "torch.gather(x, 0, i)"),
          of(
              "GATHER_ROWS",
              "gather of rows",
              dims(10_000, 100),
              indices(10_000, 10_000),
              (x, i) -> x.indexSelect(0, i),
              "torch.index_select(x, 0, i)"),
          of(
              "GATHER_COLUMNS",
              "gather of columns",
              dims(1_000, 1_000),
              indices(1_000, 1_000),
              (x, i) -> x.indexSelect(1, i),
              "torch.index_select(x, 1, i)"),
          of(
              "GATHER_GRADIENT",
              "gather, gradient",
              dims(1_000_000),
              indices(1_000_000, 1_000_000),
              (x, i) -> x.gather(0, i),
              "torch.gather(x, 0, i)"));

  static final List<DataCase> CASES = Stream.of(FOLDS, MOVES).flatMap(List::stream).toList();

  private MemoryTable() {}

  private static UnaryOperator<Tensor> normalizing(int... dims) {
    return new LayerNorm(dims).withoutParameters()::forward;
  }

  private static DataCase permuted(String name, List<Integer> dims, Integer... axes) {
    List<Integer> order = List.of(axes);
    return of(
        name,
        "transpose to " + order,
        dims,
        x -> copied(x.permute(order.stream().mapToInt(Integer::intValue).toArray())),
        "x.permute(%s).clone(memory_format=0)".formatted(order));
  }

  /** In both dtypes, against PyTorch and against the loop. */
  static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      FOLDS.forEach(data -> rows.add(row(new DataTask(data, dtype), MemoryTask.Loop.SUM)));
      MOVES.forEach(data -> rows.add(row(new DataTask(data, dtype), MemoryTask.Loop.COPY)));
    }
    return rows;
  }

  private static Row row(DataTask task, MemoryTask.Loop loop) {
    MemoryTask memory = new MemoryTask(loop, task.dtype());
    List<Probe> probes = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    for (int threads = 1; threads <= 2; threads++) {
      boolean alone = threads == 1;
      Contender ours = alone ? Contender.LANEGRAD : Contender.LANEGRAD_2;
      int first = probes.size();
      probes.add(new Probe(ours, task));
      probes.add(new Probe(alone ? Contender.PYTORCH : Contender.PYTORCH_2, task));
      probes.add(new Probe(ours, memory));
      lines.add(Line.of(task, threads, first, Contender.PYTORCH.toString(), first + 1));
      lines.add(Line.of(task, threads, first, memory.name(), first + 2));
    }
    return new Row(probes, lines);
  }
}
