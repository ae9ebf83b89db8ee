package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Pooling;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.Locale;

/**
 * Means of as many windows as an output has elements, each as long as needed: window i of m goes
 * from i n / m, rounded down, to (i + 1) n / m, rounded up.
 *
 * <p>Shapes: {@code [n, channels, any height, any width] -> [n, channels, height, width]}.
 *
 * @param height of an output
 * @param width of an output
 */
public record AdaptiveAvgPool2d(int height, int width) implements Layer {
  /**
   * A layer with outputs of these lengths.
   *
   * @throws ShapeException if an output is less than 1 long
   */
  public AdaptiveAvgPool2d {
    if (height < 1 || width < 1) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "adaptiveAvgPool2d: an output of %d x %d: both must be at least 1",
              height,
              width));
    }
  }

  /** A square output. */
  public AdaptiveAvgPool2d(int length) {
    this(length, length);
  }

  /**
   * The means of a batch.
   *
   * @throws ShapeException if it has another rank
   */
  @Override
  public Tensor forward(Tensor x) {
    return Pooling.adaptiveAvgPool2d(x, height, width);
  }
}
