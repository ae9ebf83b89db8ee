package dev.lanegrad.optim;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Update;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A linear unit w.x + b whose weights a rule of learning changes by multiples of the input. The
 * rules read the output and go on in Java, an example at a time: not a recorded step.
 */
final class LinearRule {
  private static final Elementwise ADD_MULTIPLE =
      Elementwise.of(Formula.input(0).add(Formula.input(1).mul(Formula.input(2))));

  private final String name;
  private final Parameter weights;
  private final @Nullable Parameter bias;

  LinearRule(String name, Parameter weights, @Nullable Parameter bias) {
    this.name = name;
    this.weights = Objects.requireNonNull(weights, name + ": weights is null");
    this.bias = bias;
    if (bias != null && (bias.size() != 1 || bias.dtype() != weights.dtype())) {
      throw new IllegalArgumentException(
          "%s: the bias must be one number of dtype %s, not %s%s"
              .formatted(name, weights.dtype(), bias.dtype(), bias.shape()));
    }
  }

  /** w.x + b. */
  double output(Tensor x) {
    Tensor product = flat(weights.tensor().detach()).mul(flat(input(x))).sum();
    return product.item() + (bias == null ? 0 : bias.tensor().item());
  }

  /** Adds a multiple of the input to the weights, and of 1 to the bias. */
  void add(Tensor x, double multiple) {
    DType dtype = weights.dtype();
    Tensor factor = Tensor.scalar(dtype, multiple);
    Tensor shaped = input(x).reshape(weights.shape().toArray());
    new Update(ADD_MULTIPLE, List.of(weights)).apply(shaped, factor);
    if (bias != null) {
      Tensor one = Tensor.ones(dtype, bias.shape().toArray());
      new Update(ADD_MULTIPLE, List.of(bias)).apply(one, factor);
    }
  }

  private Tensor input(Tensor x) {
    Objects.requireNonNull(x, name + ": x is null");
    if (x.size() != weights.size() || x.dtype() != weights.dtype()) {
      throw new ShapeException(
          "%s: an example must have as many numbers as the weights: %s%s against %s%s"
              .formatted(name, x.dtype(), x.shape(), weights.dtype(), weights.shape()));
    }
    return x.detach();
  }

  private static Tensor flat(Tensor tensor) {
    return tensor.reshape(tensor.size());
  }

  /** Checks the examples and labels of a pass. */
  void requirePairs(Tensor examples, Tensor labels, String labelsName) {
    Objects.requireNonNull(examples, name + ": examples is null");
    Objects.requireNonNull(labels, "%s: %s is null".formatted(name, labelsName));
    if (examples.rank() < 1
        || labels.rank() != 1
        || labels.shape().dim(0) != examples.shape().dim(0)) {
      throw new ShapeException(
          "%s: a pass needs examples [m, n] and labels [m], not %s and %s"
              .formatted(name, examples.shape(), labels.shape()));
    }
  }

  @Override
  public String toString() {
    return name + "[" + weights + (bias == null ? "" : ", " + bias) + "]";
  }
}
