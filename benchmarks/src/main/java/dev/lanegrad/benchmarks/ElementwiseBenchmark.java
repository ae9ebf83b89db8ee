package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Elementwise operations, arithmetic and transcendental, forward. */
public abstract class ElementwiseBenchmark extends KernelBenchmark {
  @Param({
    "ADD", "MUL", "RELU", "EXP", "TANH", "SIGMOID", "GELU", "LOG", "LOG1P", "EXPM1", "SIN", "COS"
  })
  private String operation = "ADD";

  @Param({"FLOAT32", "FLOAT64"})
  private DType dtype = DType.FLOAT32;

  @Param({"4096", "1000000"})
  private int size;

  @Setup
  public void prepare() {
    prepare(operation, dtype, size);
  }

  /** On vector kernels. */
  @Fork(
      value = FORKS,
      jvmArgsAppend = {VECTOR_MODULE, ONE_THREAD, VECTOR})
  public static class Vector extends ElementwiseBenchmark {}

  /** On scalar kernels. */
  @Fork(
      value = FORKS,
      jvmArgsAppend = {VECTOR_MODULE, ONE_THREAD, SCALAR})
  public static class Scalar extends ElementwiseBenchmark {}
}
