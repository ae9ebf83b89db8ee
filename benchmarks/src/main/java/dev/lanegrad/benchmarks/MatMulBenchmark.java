package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Products of square matrices, as they lie or one of them transposed. */
public abstract class MatMulBenchmark extends KernelBenchmark {
  @Param({"NN", "TN", "NT"})
  private String transposed = "NN";

  @Param({"FLOAT32", "FLOAT64"})
  private DType dtype = DType.FLOAT32;

  @Param({"64", "256", "512"})
  private int size;

  @Setup
  public void prepare() {
    ProductTask.Transposed order = ProductTask.Transposed.valueOf(transposed);
    prepare(() -> ProductTask.of(order, dtype, size, size, size).prepare(1).run());
  }

  /** On vector kernels. */
  @Fork(
      value = FORKS,
      jvmArgsAppend = {VECTOR_MODULE, ONE_THREAD, VECTOR})
  public static class Vector extends MatMulBenchmark {}

  /** On scalar kernels. */
  @Fork(
      value = FORKS,
      jvmArgsAppend = {VECTOR_MODULE, ONE_THREAD, SCALAR})
  public static class Scalar extends MatMulBenchmark {}
}
