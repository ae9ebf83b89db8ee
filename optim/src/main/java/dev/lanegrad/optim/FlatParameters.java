package dev.lanegrad.optim;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.GradientException;
import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Update;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Parameters as one vector [n], for loops in Java that read losses and slopes out of tensors: what
 * they do is not a recorded step.
 */
final class FlatParameters {
  /** x + t d. */
  private static final Elementwise ALONG =
      Elementwise.of(Formula.input(1).add(Formula.input(2).mul(Formula.input(3))));

  private final String owner;
  private final List<Parameter> parameters;
  private final int size;

  /**
   * A vector of all numbers of some parameters.
   *
   * @param owner whose they are, for messages
   * @throws IllegalArgumentException if there is none, one is given twice, or dtypes differ
   */
  FlatParameters(String owner, Collection<Parameter> parameters) {
    this.owner = owner;
    this.parameters = Present.all(owner, "parameters", parameters);
    Optimizer.requireDistinct(this.parameters);
    this.size = this.parameters.stream().mapToInt(Parameter::size).sum();
    if (this.parameters.stream().anyMatch(p -> p.dtype() != dtype())) {
      throw new IllegalArgumentException(
          "%s: parameters must be of one dtype, not %s".formatted(owner, this.parameters));
    }
  }

  DType dtype() {
    return parameters.getFirst().dtype();
  }

  int size() {
    return size;
  }

  List<Parameter> list() {
    return parameters;
  }

  void requireChangeable() {
    parameters.forEach(parameter -> parameter.requireChangeable(owner));
  }

  /** The scalar product of two vectors. */
  static double dot(Tensor a, Tensor b) {
    return a.mul(b).sum().item();
  }

  /** A copy of all numbers. */
  Tensor values() {
    return concat(parameters.stream().map(p -> p.tensor().detach()).toList());
  }

  private static Tensor concat(List<Tensor> parts) {
    return StateDict.copy(
        Tensor.concat(0, parts.stream().map(part -> part.reshape(part.size())).toList()));
  }

  /**
   * What a function of the parameters is where they are.
   *
   * @param gradient [n]
   */
  record Evaluation(double loss, Tensor gradient) {
    /** Whether a direction can be made of it; a sum over the gradient could overflow. */
    boolean isFinite() {
      return Double.isFinite(loss) && Double.isFinite(gradient.abs().max().item());
    }
  }

  /**
   * Computes a loss and its gradient.
   *
   * @throws GradientException if the loss depends on none of the parameters
   */
  Evaluation evaluate(Supplier<Tensor> loss) {
    Tensor value = value(loss);
    Gradients gradients = value.backward();
    if (parameters.stream().noneMatch(gradients::contains)) {
      throw new GradientException(
          "%s: the loss depends on none of the parameters %s but on %s"
              .formatted(owner, parameters, gradients));
    }
    return new Evaluation(value.item(), concat(parameters.stream().map(gradients::of).toList()));
  }

  private Tensor value(Supplier<Tensor> loss) {
    return Objects.requireNonNull(loss.get(), owner + ": the loss is null");
  }

  /** Moves the parameters to x + t d. */
  void moveTo(Tensor x, Tensor d, double t) {
    Tensor factor = Tensor.scalar(dtype(), t);
    int start = 0;
    for (Parameter parameter : parameters) {
      Update along = new Update(ALONG, List.of(parameter));
      along.apply(part(x, start, parameter), part(d, start, parameter), factor);
      start += parameter.size();
    }
  }

  /** Gives the parameters the numbers of a vector. */
  void assign(Tensor x) {
    int start = 0;
    for (Parameter parameter : parameters) {
      parameter.assign(part(x, start, parameter));
      start += parameter.size();
    }
  }

  private static Tensor part(Tensor vector, int start, Parameter parameter) {
    return vector.slice(0, start, start + parameter.size()).reshape(parameter.shape().toArray());
  }

  /** The loss with the parts of a vector in the place of the parameters. */
  Tensor lossAt(Tensor vector, Supplier<Tensor> loss) {
    Map<Parameter, Tensor> standIns = new HashMap<>();
    int start = 0;
    for (Parameter parameter : parameters) {
      standIns.put(parameter, part(vector, start, parameter));
      start += parameter.size();
    }
    return Parameter.substitute(standIns, () -> value(loss));
  }
}
