package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.internal.graph.Node;
import dev.lanegrad.autodiff.internal.graph.TensorAccess;
import dev.lanegrad.autodiff.internal.memory.Layout;
import dev.lanegrad.autodiff.internal.memory.Storage;
import dev.lanegrad.autodiff.op.Update;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A named tensor that is changed in place: a weight that an optimizer updates, or a buffer such as
 * a running mean, which needs no gradient.
 *
 * <p>One thread at a time may change a parameter. A graph that was recorded before a change refuses
 * {@link Tensor#backward()} where its rules would read the old numbers.
 */
public final class Parameter {
  /** No object of its own for each parameter: an optimizer's step looks at all of them. */
  private static final AtomicIntegerFieldUpdater<Parameter> SUBSTITUTIONS =
      AtomicIntegerFieldUpdater.newUpdater(Parameter.class, "substitutions");

  private final String name;
  private final Tensor tensor;

  /** How many substitutions are open for it, on any thread. */
  private volatile int substitutions;

  private volatile boolean frozen;

  private Parameter(String name, Tensor tensor) {
    this.name = name;
    this.tensor = tensor;
  }

  /**
   * A parameter that gradients are computed for, with a copy of the initial numbers.
   *
   * @throws DTypeException if they are neither float32 nor float64
   */
  public static Parameter of(String name, Tensor initial) {
    Tensor numbers = copy(initial);
    Node leaf = Node.leaf(new TensorType(numbers.dtype(), numbers.shape()), named(name));
    return new Parameter(name, TensorAccess.get().tracked(numbers, leaf, 0));
  }

  /**
   * A parameter that needs no gradient.
   *
   * @throws DTypeException if the numbers are neither float32 nor float64
   */
  public static Parameter buffer(String name, Tensor initial) {
    return new Parameter(named(name), copy(initial));
  }

  private static String named(String name) {
    return Present.of("parameter", "name", name);
  }

  static Tensor copy(Tensor initial) {
    Tensor tensor = Present.of("parameter", "initial", initial);
    TensorType type = new TensorType(tensor.dtype(), tensor.shape());
    Object elements =
        switch (tensor.dtype()) {
          case FLOAT32 -> tensor.toFloatArray();
          case FLOAT64 -> tensor.toDoubleArray();
          default -> throw new DTypeException("parameter: must be float32 or float64, not " + type);
        };
    return TensorAccess.get()
        .make(
            Storage.copyOf(type.dtype(), elements, type.shape().size()),
            Layout.rowMajor(type.shape()));
  }

  /** The name in messages, and in a {@code stateDict}. */
  public String name() {
    return name;
  }

  /**
   * The numbers, always the same elements: what is computed from them now sees them as they are.
   * Inside {@link #substitute} it is what stands in their place, and inside {@link
   * Autodiff#withoutEffects} a copy once it has been changed.
   *
   * @throws SubstitutionException on a thread that knows of no stand-in, while another one
   *     substitutes this parameter
   */
  public Tensor tensor() {
    Tensor standIn = standIn();
    if (standIn != null) {
      return standIn;
    }
    return frozen ? tensor.detach() : tensor;
  }

  /** The tensor that stands in the place of this one, or null. */
  @Nullable Tensor standIn() {
    return substitutions == 0 && !Substitution.isAnyForgetting()
        ? null
        : Substitution.current().of(this);
  }

  boolean isSubstituted() {
    return substitutions != 0;
  }

  void beginSubstitution() {
    SUBSTITUTIONS.incrementAndGet(this);
  }

  void endSubstitution() {
    SUBSTITUTIONS.decrementAndGet(this);
  }

  /** The tensor that gradients are kept for, whether it is frozen now or not. */
  Tensor leaf() {
    return tensor;
  }

  /**
   * From now on no gradient is computed for this parameter, so that optimizers leave it as it is.
   */
  public void freeze() {
    frozen = true;
  }

  /** Ends what {@link #freeze()} began; a buffer still needs no gradient. */
  public void unfreeze() {
    frozen = false;
  }

  /** Whether gradients are computed for it: it is neither a buffer nor frozen. */
  public boolean isTrainable() {
    return tensor.isTracked() && !frozen;
  }

  /**
   * Computes something with other tensors in the place of parameters: what a model makes of an
   * input becomes a function of its weights that can be differentiated to any order, like PyTorch's
   * {@code functional_call}. Inside another substitution that one holds on for all parameters that
   * this one does not name. Parameters that are substituted cannot be changed meanwhile, but for
   * buffers inside {@link Autodiff#withoutEffects}: the tensors given are never written.
   *
   * <p>It holds for this thread; {@link Scopes} carries it over to others. Until it ends, others
   * are refused the parameters that are substituted here: a worker of a parallel stream would
   * compute with the old numbers. A thread that wants just these says so by {@code
   * Scopes.current().call(..)}.
   *
   * @throws ShapeException if a tensor has another shape or dtype than its parameter
   */
  public static <T extends @Nullable Object> T substitute(
      Map<Parameter, Tensor> standIns, Supplier<T> action) {
    Present.of("substitute", "action", action);
    standIns.forEach(
        (parameter, standIn) ->
            Present.of("substitute", "a parameter", parameter)
                .requireFitting("substitute", "the tensor is", standIn));
    return Substitution.current().and(standIns).call(action);
  }

  /** The shape of {@link #tensor()}, which never changes. */
  public Shape shape() {
    return tensor.shape();
  }

  /** The dtype of {@link #tensor()}, which never changes. */
  public DType dtype() {
    return tensor.dtype();
  }

  /** The number of elements. */
  public int size() {
    return tensor.size();
  }

  /** How often the numbers have been changed. */
  public int version() {
    return TensorAccess.get().storage(tensor).version();
  }

  /**
   * Checks that the numbers may be changed here; called by what is going to.
   *
   * @throws SubstitutionException inside {@link #substitute}, if another tensor stands in the place
   *     of this parameter: tensors are immutable, and the parameter's own numbers are not in use;
   *     and inside {@link Autodiff#withoutEffects}, if this is no buffer
   */
  public void requireChangeable(String operation) {
    if (Substitution.isForgetting()) {
      if (tensor.isTracked()) {
        throw new SubstitutionException(
            "%s: parameter \"%s\" cannot be changed inside Autodiff.withoutEffects, which forgets"
                    .formatted(operation, name)
                + " what becomes of buffers in a forward pass: change it outside");
      }
    } else if (standIn() != null) {
      throw new SubstitutionException(
          "%s: parameter \"%s\" cannot be changed inside Parameter.substitute, where another tensor"
                  .formatted(operation, name)
              + " stands in its place: change it outside, or leave it out of the substitution");
    }
  }

  /**
   * Checks that the numbers may be changed here, and says whether it is they that change; called by
   * what is going to. Inside {@link Autodiff#withoutEffects} it is a copy, which stands in their
   * place from now on until that ends.
   *
   * @throws SubstitutionException where {@link #requireChangeable} does
   */
  public boolean changesItself(String operation) {
    requireChangeable(operation);
    if (!Substitution.isForgetting()) {
      return true;
    }
    Substitution.current().copy(this);
    return false;
  }

  /**
   * Replaces all numbers.
   *
   * @throws ShapeException if shapes differ
   * @throws SubstitutionException where {@link #requireChangeable} does
   */
  public void assign(Tensor values) {
    requireChangeable("assign");
    requireFitting("assign", "the values are", Present.of("assign", "values", values));
    Update.assigning(this).apply(values);
  }

  private void requireFitting(String operation, String what, Tensor values) {
    if (values == null) {
      throw new NullPointerException(
          "%s: parameter \"%s\" is %s%s, %s null"
              .formatted(operation, name, dtype(), shape(), what));
    }
    if (values.dtype() != dtype() || !values.shape().equals(shape())) {
      throw new ShapeException(
          "%s: parameter \"%s\" is %s%s, %s %s%s"
              .formatted(operation, name, dtype(), shape(), what, values.dtype(), values.shape()));
    }
  }

  @Override
  public String toString() {
    return name + " " + tensor.dtype() + tensor.shape();
  }
}
