package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A function of a tensor that may have parameters, and layers inside it; PyTorch's {@code Module}.
 *
 * <p>A layer says what it holds by listing it. One without parameters can be written as a method
 * reference or a lambda, such as {@code Tensor::relu}. A tensor that requires a gradient is no
 * parameter: no optimizer, state or {@link #freeze} knows of it, and {@link #summary} warns of it.
 * As in PyTorch a layer defines {@link #forward} and runs those inside it by {@link #apply}, which
 * {@link #summary} looks at. Methods that go through the layers inside throw an {@link
 * IllegalStateException} if one is inside of itself, or two parameters have one path.
 *
 * <pre>{@code
 * record Autoencoder(Linear down, Linear up) implements Layer {
 *   public Tensor forward(Tensor x) {
 *     return up.apply(down.apply(x).relu());
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
  /**
   * The output for an input. A layer of one's own calls those inside of it on the thread's stack,
   * which ends after some thousands of them; {@link Sequential} and {@link Residual} do not.
   *
   * @param x of any shape that the layer takes, {@code [n, ..]} as a rule
   * @throws ShapeException if it does not take this shape
   * @throws DTypeException if it does not take this dtype, which has to be that of its parameters
   */
  Tensor forward(Tensor x);

  /**
   * {@link #forward}, as called by a layer that this one is inside of.
   *
   * @throws NullPointerException if x or the output is null
   */
  default Tensor apply(Tensor x) {
    return LayerSummary.applied(this, x);
  }

  /** The layers inside this one, in the order in which their parameters count. */
  default List<Child> children() {
    return List.of();
  }

  /** The parameters of this layer itself, without those of its children. */
  default List<Parameter> ownParameters() {
    return List.of();
  }

  /**
   * Numbers of this layer itself that are saved with it and need no gradient, such as a running
   * mean.
   */
  default List<Parameter> ownBuffers() {
    return List.of();
  }

  /**
   * What {@link #train} and {@link #eval} switch, for a layer whose output depends on it; null for
   * others. A record with a component {@code Mode mode} needs no method for it.
   */
  default @Nullable Mode mode() {
    return null;
  }

  /**
   * A layer inside another.
   *
   * @param name its part of the path of a parameter, without a dot
   * @param layer the layer itself
   */
  record Child(String name, Layer layer) {
    /**
     * A layer with its name.
     *
     * @throws IllegalArgumentException if the name is empty or has a dot
     */
    public Child {
      Require.present("child", "name", name);
      Require.present("child " + name, "layer", layer);
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
   * @throws IllegalStateException if two parameters have the same path, or a layer is inside of
   *     itself
   */
  default SequencedMap<String, Parameter> namedParameters() {
    return LayerTree.parameters(this);
  }

  /** The parameters of this layer and of all layers inside it, each once. */
  default List<Parameter> parameters() {
    return List.copyOf(namedParameters().values());
  }

  /**
   * The buffers of this layer and of all layers inside it by their paths; see {@link
   * #namedParameters}.
   */
  default SequencedMap<String, Parameter> namedBuffers() {
    return LayerTree.buffers(this);
  }

  /** How many numbers the parameters hold, frozen ones included. */
  default long parameterCount() {
    return parameters().stream().mapToLong(Parameter::size).sum();
  }

  /** Switches this layer and all inside it to training, which is how they begin. */
  default void train() {
    LayerTree.modes(this).forEach(mode -> mode.set(true));
  }

  /**
   * Switches this layer and all inside it to evaluation: dropout lets everything pass, batch
   * normalisation uses its running statistics.
   */
  default void eval() {
    LayerTree.modes(this).forEach(mode -> mode.set(false));
  }

  /** Freezes all parameters: no gradient is computed for them, and no optimizer changes them. */
  default void freeze() {
    parameters().forEach(Parameter::freeze);
  }

  /** Makes all parameters trainable again. */
  default void unfreeze() {
    parameters().forEach(Parameter::unfreeze);
  }

  /**
   * A copy of all parameters and buffers by their paths, parameters first; training on does not
   * change it.
   */
  default SequencedMap<String, Tensor> stateDict() {
    return StateDict.of(this);
  }

  /**
   * Replaces all parameters and buffers; numbers of another dtype are rounded.
   *
   * @throws StateDictException listing every name that is missing, unexpected or of another shape;
   *     then nothing has been changed
   * @throws dev.lanegrad.autodiff.SubstitutionException inside {@link Parameter#substitute} of one
   *     of them; then nothing has been changed either
   */
  default void loadStateDict(Map<String, Tensor> state) {
    StateDict.load(this, state, true);
  }

  /**
   * Replaces the parameters and buffers that a state has.
   *
   * @param strict whether a missing or an unexpected name is an error
   * @return the names that are missing and unexpected
   * @throws StateDictException listing every name of another shape, and if strict, every one that
   *     is missing or unexpected; then nothing has been changed
   */
  default StateMismatch loadStateDict(Map<String, Tensor> state, boolean strict) {
    return StateDict.load(this, state, strict);
  }

  /**
   * A table of the layers with the shapes of their outputs and their numbers of parameters, for
   * zeros of a shape as the input, in the dtype of the first parameter. It warns of tensors that
   * require a gradient and are no parameters.
   */
  default String summary(int... inputShape) {
    Require.present("summary", "inputShape", inputShape);
    return LayerSummary.of(this, Tensor.zeros(LayerSummary.dtype(this), inputShape));
  }

  /**
   * The table of {@link #summary(int...)} for zeros of a dtype: {@code summary(DType.INT32, n,
   * steps)} for indices, as an {@link Embedding} takes them.
   */
  default String summary(DType dtype, int... inputShape) {
    Require.present("summary", "dtype", dtype);
    Require.present("summary", "inputShape", inputShape);
    return LayerSummary.of(this, Tensor.zeros(dtype, inputShape));
  }

  /** The table of {@link #summary(int...)} for an input. */
  default String summary(Tensor x) {
    return LayerSummary.of(this, Require.present("summary", "x", x));
  }

  /** What {@link #summary(Tensor)} says of each layer, as data: this one, and those inside it. */
  default List<SummaryRow> summaryRows(Tensor x) {
    return LayerSummary.rows(this, Require.present("summary", "x", x));
  }

  /** This layer and those inside it, a line each; what {@code toString} of a layer gives. */
  default String tree() {
    return LayerTree.text(this);
  }
}
