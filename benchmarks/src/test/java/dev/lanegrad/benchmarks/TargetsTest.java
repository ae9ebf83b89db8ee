package dev.lanegrad.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.benchmarks.ProductTask.Transposed;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetsTest {
  private static Comparison measured(String against, Target target, double ratio) {
    Task task = ProductTask.of(Transposed.NN, DType.FLOAT32, 1, 256, 256);
    Samples.Spread spread = new Samples.Spread(ratio, ratio, ratio);
    Line line = Line.of(task, 1, 0, against, 1).wanted(target);
    return new Comparison(line, 1_000, 1_000 * ratio, spread, Double.NaN);
  }

  @Test
  void aMissedTargetIsListedWithBothFigures() {
    Comparison reached = measured("MKL", Target.of(0.95), 0.97);
    Comparison missed = measured("OpenBLAS", Target.of(1), 0.9);
    Comparison farFromIt = measured("copying", Target.of(1), 0.84);
    Comparison free = measured("PyTorch", Target.NONE, 0.1);
    Comparison impossible = measured("JAX", Target.of(1), Double.NaN);
    Targets targets = new Targets(List.of(reached, missed, farFromIt, free, impossible));

    assertEquals("yes", targets.of(reached));
    assertEquals("no", targets.of(missed));
    assertEquals("far from it", targets.of(farFromIt));
    assertEquals("", targets.of(free));
    assertEquals("far from it", targets.of(impossible));
    assertEquals(
        """
        Of 4 targets 1 are reached, and 2 missed by more than 15 %.
        - matmul NN float32 1 x 256 x 256, threads 1, against OpenBLAS: 1.00 wanted, 0.90 measured
        - matmul NN float32 1 x 256 x 256, threads 1, against copying: 1.00 wanted, 0.84 measured
        - matmul NN float32 1 x 256 x 256, threads 1, against JAX: 1.00 wanted, NaN measured\
        """,
        targets.toString());
  }

  @Test
  void ofTwoTheSlowerCounts() {
    Comparison withMkl = measured("MKL", Target.ofSlower(0.9), 0.5);
    Comparison withSum = measured("sum", Target.ofSlower(0.9), 0.92);
    Comparison withCopy = measured("copy", Target.of(0.9), 0.8);
    Targets targets = new Targets(List.of(withMkl, withSum, withCopy));

    assertEquals("the slower counts", targets.of(withMkl));
    assertEquals("yes", targets.of(withSum));
    assertEquals("no", targets.of(withCopy));
    assertEquals(2, targets.count());
  }

  @Test
  void anAllowanceIsAddedToTheOthersTime() {
    Task task = ProductTask.of(Transposed.NN, DType.FLOAT32, 8, 8, 8);
    Line line = Line.of(task, 1, 0, "its kernel", 1).allowing(120);
    Samples samples = new Samples();
    samples.startLaunch();
    samples.add(200, 100);

    Comparison comparison = Comparison.of(line, samples, Double.NaN);

    assertEquals(220, comparison.otherNanos());
    assertEquals(1.1, comparison.ratio().median(), 1e-12);
  }
}
