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
    rows.add(row(Operation.SUM, DType.FLOAT32, SimdTable.SMALL, LoopTask.Kind.PLAIN, PLAIN));
    rows.add(row(Operation.MAX, DType.FLOAT32, SimdTable.SMALL, LoopTask.Kind.PLAIN, PLAIN));
    rows.add(matmul());
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      HotFormulas.names().forEach(name -> rows.add(formula(name, dtype)));
    }
    return rows;
  }

  private static Row row(
      Operation function, DType dtype, int size, LoopTask.Kind kind, String against) {
    Probe tensor = new Probe(Contender.VECTOR, new OperationTask(function, dtype, size));
    Probe kernel =
        new Probe(Contender.VECTOR, new LoopTask(LoopTask.Kind.KERNEL, function, dtype, size));
    Probe other = new Probe(Contender.VECTOR, new LoopTask(kind, function, dtype, size));
    return new Row(
        List.of(tensor, other, kernel),
        List.of(
            Line.of(function + ", kernel", kernel, 1, 2, against, 1),
            Line.of(function.toString(), tensor, 1, 0, against, 1)));
  }

  private static Row matmul() {
    Probe tensor =
        new Probe(Contender.VECTOR, new OperationTask(Operation.MATMUL, DType.FLOAT32, MATRIX));
    LoopTask plain = new LoopTask(LoopTask.Kind.PLAIN, Operation.MATMUL, DType.FLOAT32, MATRIX);
    return new Row(
        List.of(tensor, new Probe(Contender.VECTOR, plain)),
        List.of(Line.of("matmul", tensor, 1, 0, PLAIN, 1)));
  }

  private static Row formula(String name, DType dtype) {
    int size = dtype == DType.FLOAT32 ? SimdTable.SMALL : SimdTable.SMALL / 2;
    Probe kernel = new Probe(Contender.VECTOR, new FormulaTask(false, name, dtype, size));
    Probe written = new Probe(Contender.VECTOR, new FormulaTask(true, name, dtype, size));
    return new Row(
        List.of(kernel, written), List.of(Line.of("formula " + name, kernel, 1, 0, WRITTEN, 1)));
  }

  /** Whether a comparison is one of those of a formula with the loop of its program. */
  static boolean isFormula(Comparison comparison) {
    return comparison.line().against().equals(WRITTEN);
  }
}
