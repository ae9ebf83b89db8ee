package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Elementwise operations, forward. The kernels are chosen when the JVM starts, so each provider has
 * a fork of its own; the warm-up is long because vector kernels take over once they are compiled:
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar Elementwise</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 10, time = 1)
@Measurement(iterations = 5, time = 1)
public class ElementwiseBenchmark {
  private static final String VECTOR_MODULE = "--add-modules=jdk.incubator.vector";

  @Param({"1000", "100000"})
  private int size;

  @Param({"FLOAT32", "FLOAT64"})
  private DType dtype = DType.FLOAT32;

  private Tensor x = Tensor.of(0f);
  private Tensor y = Tensor.of(0f);

  /** Every operation once in both dtypes, so that no loop is compiled for one use only. */
  @Setup
  public void prepare() {
    SplittableRandom random = new SplittableRandom(1);
    for (DType other : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      Tensor warm = Tensor.normal(random, other, 1_000);
      for (int i = 0; i < 5_000; i++) {
        warm.tanh();
        warm.add(warm);
      }
    }
    x = Tensor.normal(random, dtype, size);
    y = Tensor.normal(random, dtype, size);
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = {VECTOR_MODULE, "-Dlanegrad.kernels=vector"})
  public Tensor addVector() {
    return x.add(y);
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = {VECTOR_MODULE, "-Dlanegrad.kernels=scalar"})
  public Tensor addScalar() {
    return x.add(y);
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = {VECTOR_MODULE, "-Dlanegrad.kernels=vector"})
  public Tensor tanhVector() {
    return x.tanh();
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = {VECTOR_MODULE, "-Dlanegrad.kernels=scalar"})
  public Tensor tanhScalar() {
    return x.tanh();
  }
}
