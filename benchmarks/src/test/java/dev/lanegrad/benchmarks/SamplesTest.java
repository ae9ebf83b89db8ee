package dev.lanegrad.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class SamplesTest {
  @Test
  void theMedianIsTheMiddle() {
    assertEquals(2, Samples.median(3, 1, 2));
    assertEquals(2.5, Samples.median(4, 1, 2, 3));
    assertEquals(7, Samples.median(7));
    Assertions.assertThrows(IllegalArgumentException.class, Samples::median);
  }

  @Test
  void ratiosAreThoseOfTheSameRound() {
    Samples samples = new Samples();
    samples.startLaunch();
    samples.add(20, 10, 5, 4); // 2 times as fast
    samples.add(180, 90, 30, 24); // while something else runs: 3 times
    samples.startLaunch();
    samples.add(24, 12, 3, 3); // 4 times

    Figures figures =
        SimdTable.figures(new OperationTask(Operation.ADD, DType.FLOAT32, 100), samples);

    assertEquals(12, figures.scalarNanos());
    assertEquals(5, figures.vectorNanos());
    assertEquals(new Samples.Spread(3, 2.5, 4), figures.speedup());
    assertEquals(2, figures.jit());
    assertTrue(figures.isVectorizedByJit());
    Figures.Share share = Objects.requireNonNull(figures.share());
    assertEquals(1.5 * 0.8, share.fraction(), 1e-12); // 3 arrays in the time of 2
    assertEquals(800.0 / 4, share.speed());
  }

  @Test
  void withoutACeilingThereIsNoShare() {
    Samples samples = new Samples();
    samples.startLaunch();
    samples.add(10.5, 10, 5);

    Figures figures =
        SimdTable.figures(new OperationTask(Operation.TANH, DType.FLOAT32, 100), samples);

    assertNull(figures.share());
    assertFalse(figures.isVectorizedByJit());
  }

  @Test
  void aComparisonIsOfItsProbes() {
    Line line = Line.of("gain", DType.FLOAT32, "", 2, List.of(1, 3), "peak", List.of(0, 2), 0.5);
    Samples samples = new Samples();
    samples.startLaunch();
    samples.add(30, 10, 8, 4);

    Comparison comparison = Comparison.of(line, samples, Double.NaN);

    assertEquals(10, comparison.nanos());
    assertEquals(30, comparison.otherNanos());
    assertEquals(0.5 * (30.0 / 10) * (8.0 / 4), comparison.ratio().median(), 1e-12);
  }
}
