package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One operation in forks of its own. The kernels are chosen when a JVM starts, so every benchmark
 * has a class for the {@code Vector} ones and one for the {@code Scalar} ones; the warm-up is long
 * because vector kernels take over once they are compiled:
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar Elementwise -p operation=TANH</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 6, time = 1)
@Measurement(iterations = 5, time = 1)
public abstract class KernelBenchmark {
  static final int FORKS = 3;
  static final String VECTOR_MODULE = "--add-modules=jdk.incubator.vector";
  static final String ONE_THREAD = "-Dlanegrad.threads=1";
  static final String VECTOR = "-Dlanegrad.kernels=vector";
  static final String SCALAR = "-Dlanegrad.kernels=scalar";

  private Runnable action = () -> {};

  /** An operation on tensors. */
  void prepare(String operation, DType dtype, int size) {
    prepare(() -> Operation.valueOf(operation).prepare(dtype, size));
  }

  /** Has every operation used in both dtypes, so that no loop is compiled for one use only. */
  void prepare(Supplier<Runnable> maker) {
    Warming.pollute();
    action = maker.get();
  }

  /** One call. */
  @Benchmark
  public void call() {
    action.run();
  }
}
