package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.optim.Adam;
import dev.lanegrad.optim.Optimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * A step of Adam over a million numbers, in one parameter and in 200, and a loop that copies as
 * much memory as the step reads and writes: seven arrays of a million, four read and three written.
 */
public abstract class OptimizerBenchmark extends KernelBenchmark {
  private static final int NUMBERS = 1_000_000;

  @Param({"copy", "1", "200"})
  private String parameters = "1";

  @Setup
  public void prepare() {
    prepare(() -> parameters.equals("copy") ? copy() : step(Integer.parseInt(parameters)));
  }

  private static Runnable copy() {
    float[] from = new float[NUMBERS * 7 / 2];
    float[] to = new float[from.length];
    return () -> System.arraycopy(from, 0, to, 0, from.length);
  }

  private static Runnable step(int count) {
    SplittableRandom random = new SplittableRandom(1);
    List<Parameter> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Tensor start = Tensor.normal(random, DType.FLOAT32, NUMBERS / count);
      all.add(Parameter.of("p" + i, start));
    }
    Tensor loss = Tensor.scalar(DType.FLOAT32, 0);
    for (Parameter parameter : all) {
      loss = loss.add(parameter.tensor().square().sum());
    }
    Gradients gradients = loss.backward();
    Optimizer optimizer = new Optimizer(all, new Adam(1e-4));
    return () -> optimizer.step(gradients);
  }

  /** On vector kernels. */
  @Fork(
      value = FORKS,
      jvmArgsAppend = {VECTOR_MODULE, ONE_THREAD, VECTOR})
  public static class Vector extends OptimizerBenchmark {}

  /** On scalar kernels. */
  @Fork(
      value = FORKS,
      jvmArgsAppend = {VECTOR_MODULE, ONE_THREAD, SCALAR})
  public static class Scalar extends OptimizerBenchmark {}
}
