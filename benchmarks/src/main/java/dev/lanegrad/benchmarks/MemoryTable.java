package dev.lanegrad.benchmarks;

import static dev.lanegrad.benchmarks.DataCase.dims;
import static dev.lanegrad.benchmarks.DataCase.indices;
import static dev.lanegrad.benchmarks.DataCase.of;
import static dev.lanegrad.benchmarks.DataFunctions.copied;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.LayerNorm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Folds and movements of about a million elements, on one thread and on two, each next to PyTorch
 * and to a plain loop that moves the bytes that the operation must move: what it waits for is
 * memory. Wanted is the speed of the slower of the two.
 */
final class MemoryTable {
  private static final int MILLION = 1_000_000;

  /** They read a million elements. */
  private static final List<DataCase> FOLDS =
      List.of(
          of("SUM", "sum", dims(1_000_000), x -> x.sum(), "torch.sum(x)"),
          of("SUM_LAST", "sum, last axis", dims(1_000, 1_000), x -> x.sum(1), "torch.sum(x, [1])"),
          of("SUM_SHORT", "sum, last axis", dims(20_000, 50), x -> x.sum(1), "torch.sum(x, [1])"),
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

  /** They read a million elements, and write as many. */
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
              "torch.index_select(x, 1, i)"));

  /** They read a million elements and as many indices, and write as many elements. */
  private static final List<DataCase> GATHERS =
      List.of(
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
              "torch.gather(x, 0, i)"));

  /**
   * Forward and backward, with the millions of elements that both together read and write at least.
   */
  private static final Map<DataCase, Double> GRADIENTS = gradients();

  static final List<DataCase> CASES =
      Stream.of(FOLDS, MOVES, GATHERS, GRADIENTS.keySet()).flatMap(Collection::stream).toList();

  private MemoryTable() {}

  private static Map<DataCase, Double> gradients() {
    Map<DataCase, Double> gradients = new LinkedHashMap<>();
    gradients.put(gradientOf("MEAN_LAST"), 1.0); // what it repeats need not be written
    gradients.put(gradientOf("VARIANCE_LAST"), 3.0);
    gradients.put(gradientOf("VARIANCE_FIRST"), 3.0);
    gradients.put(gradientOf("SOFTMAX_LAST"), 5.0);
    gradients.put(gradientOf("SOFTMAX_FIRST"), 5.0);
    gradients.put(gradientOf("LAYER_NORM"), 5.0);
    gradients.put(gradientOf("LAYER_NORM_SHORT"), 5.0);
    gradients.put(gradientOf("TRANSPOSE"), 4.0);
    gradients.put(gradientOf("CONCAT_COLUMNS"), 3.5);
    gradients.put(gradientOf("GATHER"), 6.0);
    return gradients;
  }

  private static DataCase gradientOf(String name) {
    DataCase forward =
        Stream.of(FOLDS, MOVES, GATHERS)
            .flatMap(List::stream)
            .filter(data -> data.name().equals(name))
            .findFirst()
            .orElseThrow();
    return forward.withItsGradient();
  }

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

  static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    FOLDS.forEach(data -> rows.add(row(data, MemoryTask.Loop.SUM, MILLION)));
    MOVES.forEach(data -> rows.add(row(data, MemoryTask.Loop.COPY, MILLION)));
    GATHERS.forEach(data -> rows.add(row(data, MemoryTask.Loop.COPY, 3 * MILLION / 2)));
    GRADIENTS.forEach(
        (data, moved) -> {
          MemoryTask.Loop loop = moved == 1 ? MemoryTask.Loop.SUM : MemoryTask.Loop.COPY;
          double each = loop == MemoryTask.Loop.COPY ? moved / 2 : moved;
          rows.add(row(data, loop, (int) (each * MILLION)));
        });
    return rows;
  }

  private static Row row(DataCase data, MemoryTask.Loop loop, int elements) {
    DataTask task = new DataTask(data, DType.FLOAT32);
    MemoryTask memory = new MemoryTask(loop, DType.FLOAT32, elements);
    Target target = Target.ofSlower(1);
    List<Probe> probes = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    for (int threads = 1; threads <= 2; threads++) {
      boolean alone = threads == 1;
      Contender ours = alone ? Contender.LANEGRAD : Contender.LANEGRAD_2;
      int first = probes.size();
      probes.add(new Probe(ours, task));
      probes.add(new Probe(alone ? Contender.PYTORCH : Contender.PYTORCH_2, task));
      probes.add(new Probe(ours, memory));
      lines.add(
          Line.of(task, threads, first, Contender.PYTORCH.toString(), first + 1).wanted(target));
      lines.add(Line.of(task, threads, first, memory.name(), first + 2).wanted(target));
    }
    return new Row(probes, lines);
  }
}
