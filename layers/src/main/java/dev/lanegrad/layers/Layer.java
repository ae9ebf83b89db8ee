package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import java.util.List;
import java.util.SequencedMap;

/**
 * A function of a tensor that may have parameters, and layers inside it.
 *
 * <p>A layer says what it holds by listing it. One without parameters can be written as a method
 * reference or a lambda, such as {@code Tensor::relu}.
 *
 * <pre>{@code
 * record Autoencoder(Linear down, Linear up) implements Layer {
 *   public Tensor forward(Tensor x) {
 *     return up.forward(down.forward(x).relu());
 *   }
 *
 *   public List<Child> children() {
 *     return List.of(new Child("down", down), new Child("up", up));
 *   }
 * }
 * }</pre>
 */
@FunctionalInterface
public interface Layer {
  /** The output for an input. */
  Tensor forward(Tensor x);

  /** The layers inside this one, in the order in which their parameters count. */
  default List<Child> children() {
    return List.of();
  }

  /** The parameters of this layer itself, without those of its children. */
  default List<Parameter> ownParameters() {
    return List.of();
  }

  /**
   * A layer inside another.
   *
   * @param name its part of the path of a parameter, without a dot
   * @param layer the layer itself
   */
  record Child(String name, Layer layer) {
    public Child {
      if (name.isEmpty() || name.contains(".")) {
        throw new IllegalArgumentException(
            "child: a name is not empty and has no dot: \"%s\"".formatted(name));
      }
    }
  }

  /**
   * The parameters of this layer and of all layers inside it by their paths, such as {@code
   * block.0.weight}: its own first, then those of its children in order. A parameter that is used
   * in several places is listed once, under the first of its paths.
   *
   * @throws IllegalStateException if two parameters have the same path
   */
  default SequencedMap<String, Parameter> namedParameters() {
    return LayerTree.parameters(this);
  }

  /** The parameters of this layer and of all layers inside it, each once. */
  default List<Parameter> parameters() {
    return List.copyOf(namedParameters().values());
  }

  /** How many numbers the parameters hold. */
  default long parameterCount() {
    return parameters().stream().mapToLong(Parameter::size).sum();
  }
}
