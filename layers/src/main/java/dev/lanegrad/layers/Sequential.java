package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Layers one after the other, named by their positions: {@code 0}, {@code 1} and so on.
 *
 * @param layers the first to the last; none gives its input back
 */
public record Sequential(List<Layer> layers) implements Layer {
  public Sequential {
    layers = List.copyOf(layers);
  }

  public Sequential(Layer... layers) {
    this(List.of(layers));
  }

  @Override
  public Tensor forward(Tensor x) {
    Tensor y = x;
    for (int i = 0; i < layers.size(); i++) {
      boolean fuses = layers.get(i) instanceof FusesActivation && !LayerSummary.isBeingMade();
      if (fuses && i + 1 < layers.size() && layers.get(i + 1) instanceof FusedActivation next) {
        y = ((FusesActivation) layers.get(i)).forward(y, next.formula());
        i++;
      } else {
        y = layers.get(i).apply(y);
      }
    }
    return y;
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
