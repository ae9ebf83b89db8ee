package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Axes;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.List;
import java.util.Locale;

/**
 * One dimension as several, the counterpart of {@link Flatten}.
 *
 * <p>Shapes: {@code [.., a b .., ..] -> [.., a, b, .., ..]}.
 *
 * @param axis which one; a negative one counts from the end
 * @param lengths of the new dimensions, whose product is that of the old one
 */
public record Unflatten(int axis, List<Integer> lengths) implements Layer {
  public Unflatten {
    lengths = Require.all("unflatten", "lengths", lengths);
    if (lengths.isEmpty() || lengths.stream().anyMatch(length -> length < 0)) {
      throw new IllegalArgumentException(
          "unflatten: takes one length or more of at least 0, not " + lengths);
    }
  }

  /**
   * With the lengths of the new dimensions.
   *
   * @throws IllegalArgumentException if there is none, or a negative one
   */
  public Unflatten(int axis, int... lengths) {
    this(axis, Require.all("unflatten", "lengths", lengths));
  }

  /**
   * A view.
   *
   * @throws ShapeException if the dimension is not the product of the lengths
   */
  @Override
  public Tensor forward(Tensor x) {
    Shape shape = x.shape();
    int chosen = Axes.normalize("unflatten", axis, shape);
    long product = 1;
    boolean fits = !lengths.isEmpty();
    for (int length : lengths) {
      product *= length;
      fits &= length >= 0 && product <= Integer.MAX_VALUE;
    }
    if (!fits || product != shape.dim(chosen)) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "unflatten: dimension %d of %s has length %d and cannot become %s",
              axis,
              shape,
              shape.dim(chosen),
              lengths));
    }
    int[] dims = shape.toArray();
    int[] split = new int[dims.length - 1 + lengths.size()];
    System.arraycopy(dims, 0, split, 0, chosen);
    for (int i = 0; i < lengths.size(); i++) {
      split[chosen + i] = lengths.get(i);
    }
    int rest = dims.length - chosen - 1;
    System.arraycopy(dims, chosen + 1, split, chosen + lengths.size(), rest);
    return x.reshape(split);
  }
}
