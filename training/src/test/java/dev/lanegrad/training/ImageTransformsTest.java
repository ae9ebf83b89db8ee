package dev.lanegrad.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImageTransformsTest {
  private static final Tensor PICTURE =
      Tensor.of(Shape.of(1, 3, 3), new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9});

  private static Tensor apply(Transform transform, Tensor x, long seed) {
    return transform.apply(x, new SplittableRandom(seed));
  }

  /** All that a transform makes of the picture. */
  private static Set<List<Double>> outcomes(Transform transform) {
    Set<List<Double>> outcomes = new HashSet<>();
    for (int seed = 0; seed < 300; seed++) {
      double[] values = apply(transform, PICTURE, seed).toDoubleArray();
      outcomes.add(DoubleStream.of(values).boxed().toList());
    }
    return outcomes;
  }

  private static List<Double> picture(double... values) {
    return DoubleStream.of(values).boxed().toList();
  }

  @Test
  void shiftMovesInAllDirections() {
    Set<List<Double>> outcomes = outcomes(ImageTransforms.shift(1));

    assertEquals(9, outcomes.size());
    assertTrue(outcomes.contains(picture(1, 2, 3, 4, 5, 6, 7, 8, 9)));
    assertTrue(outcomes.contains(picture(0, 0, 0, 0, 1, 2, 0, 4, 5)));
    assertTrue(outcomes.contains(picture(4, 5, 6, 7, 8, 9, 0, 0, 0)));
    assertTrue(outcomes.contains(picture(5, 6, 0, 8, 9, 0, 0, 0, 0)));
  }

  @Test
  void flipSwapsLeftAndRightOrNothing() {
    assertEquals(
        Set.of(picture(1, 2, 3, 4, 5, 6, 7, 8, 9), picture(3, 2, 1, 6, 5, 4, 9, 8, 7)),
        outcomes(ImageTransforms.flip()));
  }

  @Test
  void cropCutsOutEveryPart() {
    assertEquals(
        Set.of(picture(1, 2, 4, 5), picture(2, 3, 5, 6), picture(4, 5, 7, 8), picture(5, 6, 8, 9)),
        outcomes(ImageTransforms.crop(2, 2)));
    assertEquals(Shape.of(1, 1, 3), apply(ImageTransforms.crop(1, 3), PICTURE, 1).shape());
  }

  @Test
  void quarterTurnsAreExactUpToRounding() {
    Tensor turned = Affine.map(PICTURE, 3, 3, () -> Affine.rotation(90, 3, 3));

    assertArrayEquals(new double[] {3, 6, 9, 2, 5, 8, 1, 4, 7}, turned.toDoubleArray(), 1e-12);
  }

  @Test
  void betweenPixelsIsInterpolated() {
    Tensor moved = Affine.map(PICTURE, 2, 2, () -> new Affine(1, 0, 0.25, 0, 1, 0.5));

    assertArrayEquals(new double[] {2.25, 3.25, 5.25, 6.25}, moved.toDoubleArray(), 1e-12);
  }

  @Test
  void rotationTurnsByAtMostTheAngle() {
    Tensor smooth = Tensor.of(Shape.of(1, 1, 3), new double[] {-1, 0, 1});
    Set<Double> ends = new HashSet<>();
    for (int seed = 0; seed < 200; seed++) {
      double[] turned = apply(ImageTransforms.rotate(20), smooth, seed).toDoubleArray();
      double cos = StrictMath.cos(Math.toRadians(20));
      assertTrue(turned[2] >= cos * (1 - Math.sin(Math.toRadians(20))) - 1e-12, "" + turned[2]);
      ends.add(turned[2]);
    }
    assertTrue(ends.size() > 190);
    assertArrayEquals(
        PICTURE.toDoubleArray(),
        apply(ImageTransforms.rotate(0), PICTURE, 1).toDoubleArray(),
        1e-12);
  }

  @Test
  void noiseHasItsDeviation() {
    double[] noise =
        apply(ImageTransforms.noise(0.5), Tensor.zeros(DType.FLOAT64, 100, 100), 1).toDoubleArray();
    double mean = Arrays.stream(noise).average().orElseThrow();
    double variance = Arrays.stream(noise).map(v -> v * v).average().orElseThrow();

    assertEquals(0, mean, 0.02);
    assertEquals(0.25, variance, 0.015);
  }

  static List<Transform> geometric() {
    return List.of(
        ImageTransforms.shift(2),
        ImageTransforms.rotate(30),
        ImageTransforms.flip(),
        ImageTransforms.crop(5, 4));
  }

  static List<Transform> all() {
    return Stream.concat(geometric().stream(), Stream.of(ImageTransforms.noise(1))).toList();
  }

  @ParameterizedTest
  @MethodSource("geometric")
  void examplesDrawForThemselvesAndChannelsTogether(Transform transform) {
    Tensor plane = Tensor.uniform(new SplittableRandom(1), DType.FLOAT32, 0, 1, 1, 1, 8, 8);
    Tensor changed = apply(transform, plane.expand(Shape.of(6, 2, 8, 8)), 3);

    Set<String> different = new HashSet<>();
    for (int example = 0; example < 6; example++) {
      Tensor channels = changed.select(0, example);
      assertArrayEquals(channels.select(0, 0).toFloatArray(), channels.select(0, 1).toFloatArray());
      different.add(Arrays.toString(channels.toFloatArray()));
    }
    assertTrue(different.size() > 1);
    assertEquals(DType.FLOAT32, changed.dtype());
  }

  @ParameterizedTest
  @MethodSource("all")
  void equalGeneratorsGiveEqualBits(Transform transform) {
    Tensor images = Tensor.uniform(new SplittableRandom(1), DType.FLOAT64, 0, 1, 3, 2, 8, 8);
    double[] once = apply(transform, images, 3).toDoubleArray();

    assertArrayEquals(once, apply(transform, images, 3).toDoubleArray());
    assertFalse(Arrays.equals(once, apply(transform, images, 4).toDoubleArray()));
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThrows(IllegalArgumentException.class, () -> ImageTransforms.shift(-1));
    assertThrows(IllegalArgumentException.class, () -> ImageTransforms.rotate(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> ImageTransforms.noise(-1));
    assertThrows(IllegalArgumentException.class, () -> ImageTransforms.crop(0, 1));
    assertEquals(
        "crop: pictures [1, 3, 3] are smaller than 4 x 2",
        assertThrows(ShapeException.class, () -> apply(ImageTransforms.crop(4, 2), PICTURE, 1))
            .getMessage());
    Tensor matrix = Tensor.zeros(DType.FLOAT32, 3, 3);
    assertThrows(ShapeException.class, () -> apply(ImageTransforms.flip(), matrix, 1));
  }
}
