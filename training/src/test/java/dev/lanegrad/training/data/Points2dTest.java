package dev.lanegrad.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.training.Dataset;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Points2dTest {
  private static final double ROUNDING = 1e-6;

  private interface Maker {
    Dataset make(int n, double noise, long seed);
  }

  private static final Map<String, Maker> MAKERS =
      Map.of(
          "xor", Points2d::xor,
          "moons", Points2d::moons,
          "circles", Points2d::circles,
          "spirals", (n, noise, seed) -> Points2d.spirals(n, 3, noise, seed),
          "blobs", (n, noise, seed) -> Points2d.blobs(n, 4, noise, seed));

  private interface Place {
    void check(int label, double x, double y);
  }

  private static void forEach(Dataset data, Place place) {
    float[] x = data.x().toFloatArray();
    int[] y = data.y().toIntArray();
    for (int i = 0; i < y.length; i++) {
      place.check(y[i], x[2 * i], x[2 * i + 1]);
    }
  }

  @Test
  void xorIsItsTruthTable() {
    Dataset data = Points2d.xor(4, 0, 1);

    assertArrayEquals(new float[] {0, 0, 0, 1, 1, 1, 1, 0}, data.x().toFloatArray());
    assertArrayEquals(new int[] {0, 1, 0, 1}, data.y().toIntArray());
  }

  @Test
  void moonsAreHalfCircles() {
    forEach(
        Points2d.moons(100, 0, 1),
        (label, x, y) -> {
          double right = label == 0 ? x : 1 - x;
          double up = label == 0 ? y : 0.5 - y;
          assertEquals(1, right * right + up * up, ROUNDING);
          assertTrue(up >= -ROUNDING);
        });
  }

  @Test
  void circlesHaveTheirRadius() {
    forEach(
        Points2d.circles(100, 0, 1),
        (label, x, y) -> assertEquals(label == 0 ? 1 : 0.5, Math.hypot(x, y), ROUNDING));
  }

  @Test
  void spiralsTurnOnce() {
    forEach(
        Points2d.spirals(99, 3, 0, 1),
        (label, x, y) -> {
          double radius = Math.hypot(x, y);
          double angle = 2 * Math.PI * (radius + label / 3.0);
          assertEquals(radius * Math.cos(angle), x, 1e-5);
          assertEquals(radius * Math.sin(angle), y, 1e-5);
          assertTrue(radius <= 1);
        });
  }

  @Test
  void blobsLieAroundTheirCentres() {
    Dataset centres = Points2d.blobs(4, 4, 0, 1);
    float[] expected = centres.x().toFloatArray();
    double[] sums = new double[8];
    forEach(
        Points2d.blobs(4_000, 4, 1, 1),
        (label, x, y) -> {
          sums[2 * label] += x;
          sums[2 * label + 1] += y;
        });
    for (int i = 0; i < sums.length; i++) {
      assertTrue(Math.abs(expected[i]) <= 10);
      assertEquals(expected[i], sums[i] / 1_000, 0.16);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"xor", "moons", "circles", "spirals", "blobs"})
  void allHaveTheirFormAndNoise(String name) {
    Maker maker = MAKERS.get(name);
    Dataset clean = maker.make(1_000, 0, 3);
    Dataset noisy = maker.make(1_000, 0.1, 3);
    assertEquals(Shape.of(1_000, 2), noisy.x().shape());
    assertEquals(DType.FLOAT32, noisy.x().dtype());
    assertEquals(DType.INT32, noisy.y().dtype());
    assertArrayEquals(noisy.x().toFloatArray(), maker.make(1_000, 0.1, 3).x().toFloatArray());
    assertFalse(
        Arrays.equals(noisy.x().toFloatArray(), maker.make(1_000, 0.1, 4).x().toFloatArray()));
    double variance = noisy.x().sub(clean.x()).square().mean().item();
    assertEquals(0.01, variance, 0.001);

    String start = name + ": takes at least 1 example";
    for (double noise : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertTrue(
          assertThrows(IllegalArgumentException.class, () -> maker.make(5, noise, 1))
              .getMessage()
              .startsWith(start));
    }
    assertThrows(IllegalArgumentException.class, () -> maker.make(0, 0, 1));
  }
}
