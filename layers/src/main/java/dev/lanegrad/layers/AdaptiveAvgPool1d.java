package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Pooling;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.Locale;

/**
 * Means of as many windows as an output has elements, each as long as needed: window i of m goes
 * from i n / m, rounded down, to (i + 1) n / m, rounded up.
 *
 * <p>Shapes: {@code [n, channels, any length] -> [n, channels, length]}.
 *
 * @param length of an output
 */
public record AdaptiveAvgPool1d(int length) implements Layer {
  /**
   * A layer with outputs of this length.
   *
   * @throws ShapeException if an output is less than 1 long
   */
  public AdaptiveAvgPool1d {
    if (length < 1) {
      throw new ShapeException(
          String.format(
              Locale.ROOT, "adaptiveAvgPool1d: an output %d long: must be at least 1", length));
    }
  }

  /**
   * The means of a batch.
   *
   * @throws ShapeException if it has another rank
   */
  @Override
  public Tensor forward(Tensor x) {
    return Pooling.adaptiveAvgPool1d(x, length);
  }
}
