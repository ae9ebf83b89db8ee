package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Layers one after the other, named by their positions: {@code 0}, {@code 1} and so on.
 *
 * <p>Shapes: what the first takes gives what the last gives, {@code s -> s} without any.
 *
 * @param layers the first to the last; none gives its input back
 */
public record Sequential(List<Layer> layers) implements Layer {
  public Sequential {
    layers = Require.all("sequential", "layers", layers);
  }

  /** Layers one after the other. */
  public Sequential(Layer... layers) {
    this(Arrays.asList(Require.present("sequential", "layers", layers)));
  }

  /** Sequences and {@link Residual}s inside of this one may be nested to any depth. */
  @Override
  public Tensor forward(Tensor x) {
    return Nesting.forward(this, Require.present("sequential", "x", x));
  }

  @Override
  public List<Child> children() {
    return IntStream.range(0, layers.size())
        .mapToObj(i -> new Child(Integer.toString(i), layers.get(i)))
        .toList();
  }

  @Override
  public String toString() {
    return tree();
  }
}
