package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.internal.graph.Node;
import dev.lanegrad.autodiff.internal.graph.Recording;
import dev.lanegrad.autodiff.internal.graph.ReversePass;
import dev.lanegrad.autodiff.internal.graph.TensorAccess;
import dev.lanegrad.autodiff.internal.op.PowerSum;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The gradients of one output with respect to the leaves it depends on. Immutable: accumulating and
 * clipping give new ones.
 */
public final class Gradients {
  /** So many leaves are named in a text. */
  private static final int SHOWN = 8;

  private final Map<Node, Tensor> byLeaf;

  private Gradients(Map<Node, Tensor> byLeaf) {
    this.byLeaf = byLeaf;
  }

  static Gradients of(Tensor output, Tensor seed) {
    TensorType type = new TensorType(output.dtype(), output.shape());
    TensorType seedType = new TensorType(seed.dtype(), seed.shape());
    if (!type.equals(seedType)) {
      throw new GradientException("backward: output is %s, seed is %s".formatted(type, seedType));
    }
    if (!output.isTracked()) {
      throw new GradientException(
          "backward: %s depends on no tensor that requiresGrad()".formatted(type));
    }
    return new Gradients(Recording.with(false, () -> ReversePass.leaves(output, seed)));
  }

  /**
   * The gradient with respect to a leaf, of the same shape; zeros if the output does not depend on
   * it.
   *
   * @throws GradientException if the tensor is not a tracked leaf
   */
  public Tensor of(Tensor leaf) {
    Node node = TensorAccess.get().node(Present.of("gradients", "leaf", leaf));
    if (node == null || node.op() != null) {
      throw new GradientException(
          "gradients of %s%s: not a leaf; gradients are kept for tensors made by requiresGrad()"
              .formatted(leaf.dtype(), leaf.shape()));
    }
    Tensor gradient = byLeaf.get(node);
    return gradient != null ? gradient : Tensor.zeros(leaf.dtype(), leaf.shape().toArray());
  }

  /**
   * The gradient with respect to a leaf that the output depends on, of the same shape.
   *
   * @throws GradientException if it does not
   */
  public Tensor require(Tensor leaf) {
    if (!contains(leaf)) {
      throw new GradientException(
          "gradients of %s%s: the output does not depend on this tensor"
              .formatted(leaf.dtype(), leaf.shape()));
    }
    return of(leaf);
  }

  /**
   * The gradient with respect to a parameter; zeros if the output does not depend on it, or it was
   * frozen. Inside {@link Parameter#substitute} it may be that of the tensor in its place.
   *
   * @throws GradientException if a tensor stands in its place that is no leaf
   */
  public Tensor of(Parameter parameter) {
    Tensor standIn = contains(parameter) ? null : parameter.standIn();
    return of(standIn == null ? parameter.leaf() : standIn);
  }

  /**
   * The gradient with respect to a parameter itself, not to a tensor in its place; null if the
   * output does not depend on it, or it was frozen.
   */
  public @Nullable Tensor find(Parameter parameter) {
    Parameter given = Present.of("gradients", "parameter", parameter);
    return byLeaf.get(TensorAccess.get().node(given.leaf()));
  }

  /** Whether the output depends on a parameter itself, not on a tensor in its place. */
  public boolean contains(Parameter parameter) {
    return contains(parameter.leaf());
  }

  /** All gradients, in no particular order. */
  Collection<Tensor> tensors() {
    return byLeaf.values();
  }

  /** Whether the output depends on a leaf at all. */
  public boolean contains(Tensor leaf) {
    Node node = TensorAccess.get().node(Present.of("gradients", "leaf", leaf));
    return node != null && byLeaf.containsKey(node);
  }

  /** How many leaves the output depends on. */
  public int size() {
    return byLeaf.size();
  }

  /**
   * The leaves that are no parameters but tensors that {@link Tensor#requiresGrad()}, in the order
   * in which they were made. No optimizer changes them: beside parameters one of them may have been
   * meant to be one.
   */
  public List<TensorType> others() {
    return leaves()
        .filter(leaf -> leaf.parameter() == null)
        .map(leaf -> leaf.types().getFirst())
        .toList();
  }

  private Stream<Node> leaves() {
    return byLeaf.keySet().stream().sorted(Comparator.comparingLong(Node::sequence));
  }

  /** The leaves by name and type, the first of many. */
  @Override
  public String toString() {
    String shown =
        leaves()
            .limit(SHOWN)
            .map(
                leaf ->
                    (leaf.parameter() == null ? "" : leaf.parameter() + " ")
                        + leaf.types().getFirst())
            .collect(Collectors.joining(", "));
    return "Gradients["
        + shown
        + (size() > SHOWN ? String.format(Locale.ROOT, ", ... %d in all]", size()) : "]");
  }

  /** The sum of these gradients and others, leaf by leaf: gradients accumulated over batches. */
  public Gradients add(Gradients others) {
    Map<Node, Tensor> sum = new IdentityHashMap<>(byLeaf);
    others.byLeaf.forEach((leaf, gradient) -> sum.merge(leaf, gradient, Tensor::add));
    return new Gradients(sum);
  }

  /** Every gradient times a number. */
  public Gradients scale(double factor) {
    return map(gradient -> gradient.mul(factor));
  }

  /**
   * Every gradient changed by a function that keeps its shape.
   *
   * @throws GradientException if the result has another shape or dtype, or is null
   */
  public Gradients map(UnaryOperator<Tensor> change) {
    Present.of("map", "change", change);
    Map<Node, Tensor> changed = new IdentityHashMap<>();
    byLeaf.forEach(
        (leaf, gradient) -> {
          Tensor result = Present.returned("map", "the function", change.apply(gradient));
          if (!result.shape().equals(gradient.shape()) || result.dtype() != gradient.dtype()) {
            throw new GradientException(
                "map: made %s%s of a gradient of %s%s"
                    .formatted(result.dtype(), result.shape(), gradient.dtype(), gradient.shape()));
          }
          changed.put(leaf, result);
        });
    return new Gradients(changed);
  }

  /**
   * The Euclidean norm of all gradients taken as one vector, finite wherever a double can hold it:
   * squares that would overflow or vanish are taken of scaled gradients.
   */
  public double norm() {
    return normTensor().item();
  }

  /**
   * {@link #norm()} as a tensor, float64 {@code []}, for what goes on to compute with it without
   * leaving tensors. It is not differentiable.
   */
  public Tensor normTensor() {
    List<Tensor> parts = new ArrayList<>(2 * size());
    leaves()
        .map(leaf -> byLeaf.get(leaf))
        .filter(gradient -> gradient.size() > 0)
        .map(gradient -> gradient.detach().reshape(gradient.size()))
        .map(all -> new PowerSum(2, new int[] {0}, true).apply(List.of(all)))
        .forEach(sums -> parts.addAll(sums.subList(1, 3)));
    return new JoinedNorm().apply(parts).getFirst();
  }
}
