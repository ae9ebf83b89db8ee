package dev.lanegrad.training.data;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.RandomKey;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.training.Dataset;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Points of the plane in classes that no straight line separates, or hardly: float32 inputs of
 * shape [n, 2] and int32 labels of shape [n]. Example i is of class i modulo the number of classes.
 * Equal seeds give equal bits.
 *
 * <p>Each method throws an {@link IllegalArgumentException} if a number of points or classes is
 * less than 1, or the noise negative or not finite. {@code noise} is the standard deviation of what
 * is added to both coordinates.
 */
public final class Points2d {
  private static final double INNER_RADIUS = 0.5;
  private static final double SPIRAL_TURNS = 1;
  private static final double LARGEST_CENTRE = 10;

  private Points2d() {}

  /**
   * Exclusive or: corners of the unit square, class 1 where exactly one coordinate is 1. Without
   * noise, 4 points are its truth table.
   */
  public static Dataset xor(int n, double noise, long seed) {
    check("xor", n, 2, noise);
    double[] points = new double[2 * n];
    for (int i = 0; i < n; i++) {
      int first = i / 2 % 2;
      points[2 * i] = first;
      points[2 * i + 1] = first ^ i % 2;
    }
    return withNoise(Tensor.of(Shape.of(n, 2), points), 2, noise, new RandomKey(seed));
  }

  /**
   * Two half circles that reach into each other: (cos t, sin t) and (1 - cos t, 1/2 - sin t) for t
   * uniform between 0 and pi.
   */
  public static Dataset moons(int n, double noise, long seed) {
    check("moons", n, 2, noise);
    RandomKey key = new RandomKey(seed);
    Tensor angle = key.uniform(DType.FLOAT64, n).mul(Math.PI);
    Tensor lower = labels(n, 2);
    Tensor side = lower.mul(-2).add(1);
    Tensor x = angle.cos().mul(side).add(lower);
    Tensor y = angle.sin().mul(side).add(lower.mul(0.5));
    return withNoise(Tensor.stack(1, List.of(x, y)), 2, noise, key.next());
  }

  /** A circle of radius 1 (class 0) around one of radius 1/2 (class 1). */
  public static Dataset circles(int n, double noise, long seed) {
    check("circles", n, 2, noise);
    RandomKey key = new RandomKey(seed);
    Tensor angle = key.uniform(DType.FLOAT64, n).mul(2 * Math.PI);
    Tensor radius = labels(n, 2).mul(INNER_RADIUS - 1).add(1);
    return withNoise(polar(radius, angle), 2, noise, key.next());
  }

  /**
   * Arms of one turn that begin in the middle: radius t and angle 2 pi (t + class / classes) for t
   * uniform between 0 and 1.
   */
  public static Dataset spirals(int n, int classes, double noise, long seed) {
    check("spirals", n, classes, noise);
    RandomKey key = new RandomKey(seed);
    Tensor t = key.uniform(DType.FLOAT64, n);
    Tensor turns = t.mul(SPIRAL_TURNS).add(labels(n, classes).div(classes));
    return withNoise(polar(t, turns.mul(2 * Math.PI)), classes, noise, key.next());
  }

  /** Clouds around centres that are uniform between -10 and 10 in both coordinates. */
  public static Dataset blobs(int n, int classes, double noise, long seed) {
    check("blobs", n, classes, noise);
    RandomKey key = new RandomKey(seed);
    Tensor centres =
        key.uniform(DType.FLOAT64, classes, 2).mul(2 * LARGEST_CENTRE).sub(LARGEST_CENTRE);
    Tensor points = centres.indexSelect(0, classNumbers(n, classes));
    return withNoise(points, classes, noise, key.next());
  }

  private static Tensor polar(Tensor radius, Tensor angle) {
    return Tensor.stack(1, List.of(radius.mul(angle.cos()), radius.mul(angle.sin())));
  }

  private static Tensor labels(int n, int classes) {
    return classNumbers(n, classes).cast(DType.FLOAT64);
  }

  private static Tensor classNumbers(int n, int classes) {
    return Tensor.ofInts(IntStream.range(0, n).map(i -> i % classes).toArray());
  }

  private static Dataset withNoise(Tensor points, int classes, double noise, RandomKey key) {
    int n = points.shape().dim(0);
    Tensor moved = points.add(key.normal(DType.FLOAT64, n, 2).mul(noise));
    return new Dataset(moved.cast(DType.FLOAT32), classNumbers(n, classes));
  }

  private static void check(String name, int n, int classes, double noise) {
    if (n < 1 || classes < 1 || !(noise >= 0 && noise < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: takes at least 1 example and 1 class, and noise from 0, not %d, %d and %s",
              name,
              n,
              classes,
              noise));
    }
  }
}
