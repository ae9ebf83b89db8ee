package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** A reverse pass, and a whole step of training, of the MNIST-1D network. */
public abstract class MlpBenchmark extends KernelBenchmark {
  @Param({"MLP_GRADIENT", "MLP_STEP"})
  private String operation = "MLP_GRADIENT";

  @Param({"FLOAT32", "FLOAT64"})
  private DType dtype = DType.FLOAT32;

  @Param({"100"})
  private int size;

  @Setup
  public void prepare() {
    prepare(operation, dtype, size);
  }

  /** On vector kernels. */
  @Fork(
      value = FORKS,
      jvmArgsAppend = {VECTOR_MODULE, ONE_THREAD, VECTOR})
  public static class Vector extends MlpBenchmark {}

  /** On scalar kernels. */
  @Fork(
      value = FORKS,
      jvmArgsAppend = {VECTOR_MODULE, ONE_THREAD, SCALAR})
  public static class Scalar extends MlpBenchmark {}
}
