package dev.lanegrad.benchmarks;

import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Whole steps of training of networks from tiny to large. */
public abstract class TrainingBenchmark extends KernelBenchmark {
  /** Examples in a batch, numbers of an example, outputs of each layer. */
  @Param({"4 2 8 2", "100 40 100 100 10", "64 784 256 128 10", "256 784 1024 1024 10"})
  private String sizes = "";

  @Setup
  public void prepare() {
    TrainingTask task = TrainingTask.of(("false " + sizes).split(" ", -1));
    prepare(() -> new TrainingStep(task).work().run());
  }

  /** On vector kernels. */
  @Fork(
      value = FORKS,
      jvmArgsAppend = {VECTOR_MODULE, ONE_THREAD, VECTOR})
  public static class Vector extends TrainingBenchmark {}

  /** On scalar kernels. */
  @Fork(
      value = FORKS,
      jvmArgsAppend = {VECTOR_MODULE, ONE_THREAD, SCALAR})
  public static class Scalar extends TrainingBenchmark {}
}
