package dev.lanegrad.training;

import dev.lanegrad.autodiff.RandomKey;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Augmentation of pictures of shape [n, height, width] or [n, channels, height, width]. Each
 * example gets a draw of its own, its channels share it; what comes from outside of a picture is 0.
 */
public final class ImageTransforms {
  private ImageTransforms() {}

  /**
   * Moves by whole pixels, at most so many up, down, left and right.
   *
   * @throws IllegalArgumentException if the number is negative
   * @throws ShapeException when it is given something else than pictures
   */
  public static Transform shift(int pixels) {
    require(pixels >= 0, "shift: pixels must be at least 0, not " + pixels);
    return (x, random) -> {
      Affine.checkPictures("shift", x);
      return Affine.map(
          x,
          x.shape().dim(-2),
          x.shape().dim(-1),
          () -> {
            int down = random.nextInt(2 * pixels + 1) - pixels;
            int right = random.nextInt(2 * pixels + 1) - pixels;
            return Affine.shift(down, right);
          });
    };
  }

  /**
   * Turns around the middle by an angle that is uniform between minus and plus so many degrees.
   *
   * @throws IllegalArgumentException if they are negative or not finite
   * @throws ShapeException when it is given something else than pictures
   */
  public static Transform rotate(double degrees) {
    require(
        degrees >= 0 && degrees < Double.POSITIVE_INFINITY,
        "rotate: degrees must be finite and at least 0, not " + degrees);
    return (x, random) -> {
      Affine.checkPictures("rotate", x);
      int height = x.shape().dim(-2);
      int width = x.shape().dim(-1);
      return Affine.map(
          x,
          height,
          width,
          () -> Affine.rotation(degrees * (2 * random.nextDouble() - 1), height, width));
    };
  }

  /**
   * Swaps left and right in every second picture on average.
   *
   * @throws ShapeException when it is given something else than pictures
   */
  public static Transform flip() {
    return (x, random) -> {
      Affine.checkPictures("flip", x);
      int width = x.shape().dim(-1);
      return Affine.map(
          x,
          x.shape().dim(-2),
          width,
          () -> random.nextBoolean() ? Affine.mirror(width) : Affine.shift(0, 0));
    };
  }

  /**
   * Adds normal noise to every element; takes tensors of any shape.
   *
   * @param deviation its standard deviation
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public static Transform noise(double deviation) {
    require(
        deviation >= 0 && deviation < Double.POSITIVE_INFINITY,
        "noise: the deviation must be finite and at least 0, not " + deviation);
    return (x, random) -> {
      RandomKey key = new RandomKey(random.nextLong());
      return x.add(key.normal(x.dtype(), x.shape().toArray()).mul(deviation));
    };
  }

  /**
   * Cuts out a part at a random place.
   *
   * @throws IllegalArgumentException if a length is less than 1
   * @throws ShapeException when it is given something else than pictures
   */
  public static Transform crop(int height, int width) {
    require(
        height >= 1 && width >= 1,
        String.format(Locale.ROOT, "crop: a part is at least 1 x 1, not %d x %d", height, width));
    return (x, random) -> crop(x, height, width, random);
  }

  private static Tensor crop(Tensor x, int height, int width, RandomGenerator random) {
    Affine.checkPictures("crop", x);
    int spareRows = x.shape().dim(-2) - height;
    int spareColumns = x.shape().dim(-1) - width;
    if (spareRows < 0 || spareColumns < 0) {
      throw new ShapeException(
          String.format(
              Locale.ROOT, "crop: pictures %s are smaller than %d x %d", x.shape(), height, width));
    }
    return Affine.map(
        x,
        height,
        width,
        () -> {
          int up = random.nextInt(spareRows + 1);
          int left = random.nextInt(spareColumns + 1);
          return Affine.shift(-up, -left);
        });
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
