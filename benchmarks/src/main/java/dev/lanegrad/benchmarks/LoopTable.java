package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of the comparison with loops written by hand, in one process: with the Vector API's own
 * functions, with plain Java, and with the same programs as generated kernels.
 */
final class LoopTable {
  private static final int MATRIX = 256;

  /** Long enough for the loop to count and not its call, short enough for the L2 cache. */
  private static final int FORMULA = 16_384;

  private static final String SVML = "SVML";
  private static final String PLAIN = "plain loop";
  private static final String WRITTEN = "written loop";

  private LoopTable() {}

  static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (Operation function :
        List.of(
            Operation.EXP,
            Operation.TANH,
            Operation.LOG,
            Operation.LOG1P,
            Operation.EXPM1,
            Operation.SIN,
            Operation.COS,
            Operation.SIGMOID)) {
      rows.add(row(function, DType.FLOAT32, SimdTable.SMALL, LoopTask.Kind.SVML, SVML));
      rows.add(row(function, DType.FLOAT64, SimdTable.SMALL / 2, LoopTask.Kind.SVML, SVML));
    }
    for (Operation function : List.of(Operation.ADD, Operation.MUL, Operation.SUM, Operation.MAX)) {
      rows.add(row(function, DType.FLOAT32, SimdTable.SMALL, LoopTask.Kind.PLAIN, PLAIN));
    }
    rows.add(matmul());
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      HotFormulas.names().forEach(name -> rows.add(formula(name, dtype)));
    }
    return rows;
  }

  private static Row row(
      Operation function, DType dtype, int size, LoopTask.Kind kind, String against) {
    Task tensor = new OperationTask(function, dtype, size);
    Task kernel = new LoopTask(LoopTask.Kind.KERNEL, function, dtype, size);
    Task other = new LoopTask(kind, function, dtype, size);
    return row(
        List.of(tensor, other, kernel),
        Line.of(kernel, 1, 2, against, 1),
        Line.of(tensor, 1, 0, against, 1));
  }

  private static Row matmul() {
    Task tensor = new OperationTask(Operation.MATMUL, DType.FLOAT32, MATRIX);
    Task plain = new LoopTask(LoopTask.Kind.PLAIN, Operation.MATMUL, DType.FLOAT32, MATRIX);
    return row(List.of(tensor, plain), Line.of(tensor, 1, 0, PLAIN, 1));
  }

  private static Row formula(String name, DType dtype) {
    int size = dtype == DType.FLOAT32 ? FORMULA : FORMULA / 2;
    Task kernel = new FormulaTask(false, name, dtype, size);
    Task written = new FormulaTask(true, name, dtype, size);
    return row(List.of(kernel, written), Line.of(kernel, 1, 0, WRITTEN, 1));
  }

  private static Row row(List<Task> tasks, Line... lines) {
    return new Row(
        tasks.stream().map(task -> new Probe(Contender.VECTOR, task)).toList(), List.of(lines));
  }

  /** Whether a comparison is one of those of a formula with the loop of its program. */
  static boolean isFormula(Comparison comparison) {
    return comparison.line().against().equals(WRITTEN);
  }
}
