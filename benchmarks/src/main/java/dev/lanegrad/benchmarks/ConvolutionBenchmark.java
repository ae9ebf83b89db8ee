package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Convolutions and max pooling at batch 64, forward and in reverse. */
public abstract class ConvolutionBenchmark extends KernelBenchmark {
  @Param({"FORWARD", "GRADIENTS"})
  private String pass = "FORWARD";

  /** The {@link Network} that consists of one. */
  @Param({"28x28x1-8c5p2", "32x32x16-32c3p1", "16x16x32-64c3p1", "28x28x8-m2"})
  private String shape = "";

  @Param({"FLOAT32", "FLOAT64"})
  private DType dtype = DType.FLOAT32;

  @Param({"64"})
  private int size;

  @Setup
  public void prepare() {
    WindowTask task =
        new WindowTask(WindowTask.Pass.valueOf(pass), dtype, size, new Network(shape));
    prepare(() -> task.prepare().run());
  }

  /** On vector kernels. */
  @Fork(
      value = FORKS,
      jvmArgsAppend = {VECTOR_MODULE, ONE_THREAD, VECTOR})
  public static class Vector extends ConvolutionBenchmark {}

  /** On scalar kernels. */
  @Fork(
      value = FORKS,
      jvmArgsAppend = {VECTOR_MODULE, ONE_THREAD, SCALAR})
  public static class Scalar extends ConvolutionBenchmark {}
}
