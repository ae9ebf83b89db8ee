package dev.lanegrad.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanegrad.autodiff.DType;
import org.junit.jupiter.api.Test;

class SamplesTest {
  @Test
  void theMedianIsTheMiddle() {
    assertEquals(2, Samples.median(3, 1, 2));
    assertEquals(2.5, Samples.median(4, 1, 2, 3));
    assertEquals(7, Samples.median(7));
    assertThrows(IllegalArgumentException.class, Samples::median);
  }

  @Test
  void ratiosAreThoseOfTheSameRound() {
    Samples samples = new Samples();
    samples.startLaunch();
    samples.add(new Samples.Round(10, 5, 4)); // 2 times as fast
    samples.add(new Samples.Round(90, 30, 24)); // while something else runs: 3 times
    samples.startLaunch();
    samples.add(new Samples.Round(12, 3, 3)); // 4 times

    Figures figures = samples.summarize(new Row(Operation.ADD, DType.FLOAT32, 100));

    assertEquals(12, figures.scalarNanos());
    assertEquals(5, figures.vectorNanos());
    assertEquals(3, figures.speedup());
    assertEquals(2.5, figures.lowest());
    assertEquals(4, figures.highest());
    assertEquals(1.5 * 0.8, figures.fraction(), 1e-12); // 3 arrays in the time of 2
    assertEquals(800.0 / 4, figures.ceiling());
  }

  @Test
  void withoutACeilingThereIsNoFraction() {
    Samples samples = new Samples();
    samples.startLaunch();
    samples.add(new Samples.Round(10, 5, Double.NaN));

    Figures figures = samples.summarize(new Row(Operation.TANH, DType.FLOAT32, 100));

    assertEquals(Double.NaN, figures.fraction());
    assertEquals(Double.NaN, figures.ceiling());
  }
}
