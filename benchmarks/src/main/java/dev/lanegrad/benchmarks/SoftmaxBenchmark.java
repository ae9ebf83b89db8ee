package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Softmax along rows of 128. */
public abstract class SoftmaxBenchmark extends KernelBenchmark {
  @Param({"SOFTMAX"})
  private String operation = "SOFTMAX";

  @Param({"FLOAT32", "FLOAT64"})
  private DType dtype = DType.FLOAT32;

  @Param({"4096", "131072"})
  private int size;

  @Setup
  public void prepare() {
    prepare(operation, dtype, size);
  }

  /** On vector kernels. */
  @Fork(
      value = FORKS,
      jvmArgsAppend = {VECTOR_MODULE, ONE_THREAD, VECTOR})
  public static class Vector extends SoftmaxBenchmark {}

  /** On scalar kernels. */
  @Fork(
      value = FORKS,
      jvmArgsAppend = {VECTOR_MODULE, ONE_THREAD, SCALAR})
  public static class Scalar extends SoftmaxBenchmark {}
}
