package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * An operation of {@link DataTable} or {@link MemoryTable}, here and in TorchScript.
 *
 * @param name in a task's key
 * @param label in the table
 * @param dims of the numbers
 * @param indices that it takes, too
 * @param function of numbers and indices
 * @param script the same
 */
record DataCase(
    String name,
    String label,
    List<Integer> dims,
    Indices indices,
    BinaryOperator<Tensor> function,
    String script) {
  private static final String REGULAR = "(x + 300 * torch.eye(x.size(0), dtype=x.dtype))";
  private static final String WELL = "(0.001 * x + torch.eye(x.size(0), dtype=x.dtype))";
  private static final String DEFINITE =
      "(0.5 * (x + x.t()) + 600 * torch.eye(x.size(0), dtype=x.dtype))";

  /** Whole numbers from 0 up to a bound. */
  record Indices(int bound, List<Integer> dims) {}

  /** Of numbers alone. */
  static DataCase of(
      String name,
      String label,
      List<Integer> dims,
      UnaryOperator<Tensor> function,
      String script) {
    return of(name, label, dims, indices(1, 1), (x, _) -> function.apply(x), script);
  }

  /** Of numbers and indices. */
  static DataCase of(
      String name,
      String label,
      List<Integer> dims,
      Indices indices,
      BinaryOperator<Tensor> function,
      String script) {
    return new DataCase(name, label, dims, indices, function, script);
  }

  static List<Integer> dims(Integer... dims) {
    return List.of(dims);
  }

  static Indices indices(int bound, Integer... dims) {
    return new Indices(bound, List.of(dims));
  }

  /** Whether the gradient of x is computed as well. */
  boolean withGradient() {
    return label.endsWith("gradient");
  }

  /** The same with the gradient of x. */
  DataCase withItsGradient() {
    return new DataCase(
        name + "_GRADIENT", label + ", gradient", dims, indices, function, script);
  }

  /** Whether both compute the same numbers. */
  boolean isDetermined() {
    return !label.startsWith("uniform") && !label.startsWith("normal");
  }

  /** In TorchScript, for a dtype. */
  String script(DType dtype) {
    return script
        .replace("OTHER", "x.to(" + (dtype == DType.FLOAT32 ? 7 : 6) + ")")
        .replace("REGULAR", REGULAR)
        .replace("WELL", WELL)
        .replace("DEFINITE", DEFINITE);
  }
}
