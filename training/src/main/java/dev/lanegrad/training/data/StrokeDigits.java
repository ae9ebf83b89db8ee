package dev.lanegrad.training.data;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.RandomKey;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.training.Dataset;
import dev.lanegrad.training.Seeds;
import dev.lanegrad.training.data.Glyphs.Glyph;
import dev.lanegrad.training.data.Glyphs.Stroke;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Digits of 28 x 28 pixels that are made, not downloaded: strokes of a pen, each example with its
 * own shift, rotation, scale, slant, unsteadiness, thickness and darkness, and with noise. One that
 * no convolution looks at is hard to read, as the digits stand at different places.
 */
public final class StrokeDigits {
  /** Rows and columns of a picture. */
  public static final int SIZE = 28;

  /** Classes, the digits 0 to 9. */
  public static final int CLASSES = 10;

  private static final double HEIGHT = 16;
  private static final double WIDTH = 11;
  private static final double SCALING = 0.25;
  private static final double LARGEST_SHIFT = 4;
  private static final double LARGEST_ANGLE = 15 * Math.PI / 180;
  private static final double LARGEST_SLANT = 0.25;
  private static final double UNSTEADINESS = 0.04;
  private static final double THINNEST = 0.6;
  private static final double THICKEST = 1.6;
  private static final double PALEST = 0.6;
  private static final double NOISE = 0.15;
  private static final int LINES_IN_CURVE = 6;

  private StrokeDigits() {}

  /**
   * So many digits; equal seeds give equal bits, and the first examples do not depend on how many
   * there are.
   *
   * @return inputs from 0 (paper) to 1 (ink) as float32 of shape [n, 1, 28, 28], and labels as
   *     int32 of shape [n]
   * @throws IllegalArgumentException if {@code n} is less than 1
   */
  public static Dataset make(int n, long seed) {
    if (n < 1) {
      throw new IllegalArgumentException("strokeDigits: n must be at least 1, not " + n);
    }
    float[] x = new float[Shape.of(n, SIZE, SIZE).size()];
    int[] y = new int[n];
    IntStream.range(0, n)
        .parallel()
        .forEach(
            i -> {
              RandomGenerator random = Seeds.generator(seed, i);
              y[i] = random.nextInt(CLASSES);
              draw(y[i], random, x, i * SIZE * SIZE);
            });
    return new Dataset(Tensor.of(Shape.of(n, 1, SIZE, SIZE), x), Tensor.ofInts(y));
  }

  private static void draw(int digit, RandomGenerator random, float[] x, int offset) {
    List<Glyph> ways = Glyphs.of(digit);
    Glyph glyph = ways.get(random.nextInt(ways.size()));
    Hand hand = Hand.draw(random);
    Canvas canvas = new Canvas(SIZE);
    for (Stroke stroke : glyph.strokes()) {
      hand.write(stroke, random, canvas);
    }
    double[] ink = canvas.ink();
    double[] noise =
        new RandomKey(random.nextLong()).normal(DType.FLOAT64, ink.length).toDoubleArray();
    for (int i = 0; i < ink.length; i++) {
      double shade = hand.darkness * ink[i] + NOISE * noise[i];
      x[offset + i] = (float) Math.clamp(shade, 0.0, 1.0);
    }
  }

  /** How one example is written: a map of the unit square onto the picture, and the pen. */
  private record Hand(
      double xx,
      double xy,
      double yx,
      double yy,
      double right,
      double down,
      double radius,
      double darkness) {
    static Hand draw(RandomGenerator random) {
      double width = WIDTH * (1 + around(random, SCALING));
      double height = HEIGHT * (1 + around(random, SCALING));
      double angle = around(random, LARGEST_ANGLE);
      double slant = around(random, LARGEST_SLANT);
      double cos = StrictMath.cos(angle);
      double sin = StrictMath.sin(angle);
      return new Hand(
          width * cos,
          -height * (slant * cos + sin),
          width * sin,
          height * (cos - slant * sin),
          (SIZE - 1) / 2.0 + around(random, LARGEST_SHIFT),
          (SIZE - 1) / 2.0 + around(random, LARGEST_SHIFT),
          between(random, THINNEST, THICKEST),
          between(random, PALEST, 1));
    }

    void write(Stroke stroke, RandomGenerator random, Canvas canvas) {
      double[] given = stroke.points();
      double[] points = new double[given.length];
      for (int i = 0; i < points.length; i += 2) {
        double x = given[i] - 0.5 + around(random, UNSTEADINESS);
        double y = given[i + 1] - 0.5 + around(random, UNSTEADINESS);
        points[i] = xx * x + xy * y + right;
        points[i + 1] = yx * x + yy * y + down;
      }
      if (stroke.smooth()) {
        canvas.curve(points, LINES_IN_CURVE, radius);
      } else {
        canvas.lines(points, radius);
      }
    }

    private static double around(RandomGenerator random, double most) {
      return between(random, -most, most);
    }

    private static double between(RandomGenerator random, double low, double high) {
      return low + (high - low) * random.nextDouble();
    }
  }
}
