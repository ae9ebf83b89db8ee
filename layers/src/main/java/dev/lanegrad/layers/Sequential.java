package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

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
    List<Child> children = new ArrayList<>(layers.size());
    for (Layer layer : layers) {
      children.add(new Child(Integer.toString(children.size()), layer));
    }
    return Collections.unmodifiableList(children);
  }

  @Override
  public String toString() {
    return tree();
  }
}
