package dev.lanegrad.benchmarks;

import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Whole steps of training of networks from tiny to large. */
public abstract class TrainingBenchmark extends KernelBenchmark {
  /** Examples in a batch, and the {@link Network}. */
  @Param({
    "4 2-8-2",
    "100 40-100-100-10",
    "64 784-256-128-10",
    "256 784-1024-1024-10",
    "100 40x1-25c5s2p1-25c3s2p1-25c3s2p1-10",
    "64 28x28x1-8c5p2-m2-16c5p2-m2-10",
    "32 32x32x3-32c3p1-32c3p1-m2-64c3p1-m2-128-10"
  })
  private String step = "";

  @Setup
  public void prepare() {
    TrainingTask task = TrainingTask.of(("false " + step).split(" ", -1));
    prepare(() -> new TrainingStep(task, TrainingTask.TIMED_RATE).work().run());
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
