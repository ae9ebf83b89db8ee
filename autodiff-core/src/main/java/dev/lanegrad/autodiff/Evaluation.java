package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.internal.graph.Recording;
import dev.lanegrad.autodiff.internal.graph.ReversePass;
import dev.lanegrad.autodiff.op.Elementwise;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a function made of its arguments, and the gradients of its output with respect to them.
 *
 * @param <A> a {@link Structure} of the tensors that are differentiated by
 * @param <R> a {@link Structure} of results, one of which is the output
 */
final class Evaluation<A, R> {
  /** Makes a node of its own for an argument that is already part of a graph. */
  private static final Elementwise IDENTITY = Elementwise.of(Formula.input(0));

  private final String name;
  private final A arguments;
  private final List<Tensor> inputs;
  private final boolean isFollowed;
  private final R result;
  private final Tensor output;
  private final boolean isOpen;

  private Evaluation(
      String name, A arguments, List<Tensor> inputs, boolean isFollowed, R result, Tensor output) {
    this.name = name;
    this.arguments = arguments;
    this.inputs = inputs;
    this.isFollowed = isFollowed;
    this.result = result;
    this.output = output;
    this.isOpen = isOpen(output);
  }

  /**
   * Evaluates a function of tracked copies of the arguments.
   *
   * @param name of what is asked for, in messages
   */
  static <A, R> Evaluation<A, R> of(
      String name, Function<A, R> function, Function<? super R, Tensor> output, A arguments) {
    Present.of(name, "function", function);
    Present.of(name, "scalar", output);
    Present.of(name, "arguments", arguments);
    List<Tensor> inputs = new ArrayList<>();
    boolean isFollowed = Recording.isOn() && isAnyTracked(Structure.tensors(arguments));
    A copies =
        Structure.map(
            arguments,
            argument -> {
              boolean goesOn = argument.isTracked() && Recording.isOn();
              inputs.add(goesOn ? IDENTITY.applyTo(argument) : argument.requiresGrad());
              return inputs.getLast();
            });
    if (inputs.isEmpty() && !isEmpty(arguments)) {
      throw new GradientException(
          "%s: the argument, a %s, has no tensor in it; for parameters use backward(), or"
                  .formatted(name, arguments.getClass().getSimpleName())
              + " tensors in their place by Parameter.substitute");
    }
    R result = Recording.with(true, () -> function.apply(copies));
    Present.returned(name, "the function", result);
    Tensor chosen = Present.returned(name, "the function", output.apply(result));
    return new Evaluation<>(name, arguments, inputs, isFollowed, result, chosen);
  }

  /** One whose output has been computed from these tensors before. */
  static Evaluation<List<Tensor>, Tensor> of(Tensor output, List<Tensor> tensors) {
    return new Evaluation<>("gradients", tensors, tensors, false, output, output);
  }

  private static boolean isEmpty(Object arguments) {
    return switch (arguments) {
      case Collection<?> many -> many.isEmpty();
      case Map<?, ?> map -> map.isEmpty();
      default -> false;
    };
  }

  private static boolean isAnyTracked(List<Tensor> tensors) {
    return tensors.stream().anyMatch(Tensor::isTracked);
  }

  /** Whether a result depends on more than the inputs, which nobody else has. */
  private boolean isOpen(Tensor tensor) {
    return Recording.isOn()
        && tensor.isTracked()
        && (isFollowed || ReversePass.dependsOnOthers(tensor, inputs));
  }

  /** The result, not tied to inputs that nobody else has. */
  R result() {
    return Structure.map(
        result, tensor -> tensor.isTracked() && !isOpen(tensor) ? tensor.detach() : tensor);
  }

  /** The gradients of a scalar, for each argument its own. */
  A gradients() {
    if (output.size() != 1) {
      throw new GradientException(
          "%s: the function's result has shape %s, not that of a scalar; use vjp with a seed"
              .formatted(name, output.shape()));
    }
    return gradients(Tensor.full(output.dtype(), 1, output.shape().toArray()));
  }

  /** The gradients of the sum of the output times a seed. */
  A gradients(Tensor seed) {
    Present.of(name, "seed", seed);
    if (!seed.shape().equals(output.shape()) || seed.dtype() != output.dtype()) {
      throw new GradientException(
          "%s: the result is %s%s, the seed is %s%s"
              .formatted(name, output.dtype(), output.shape(), seed.dtype(), seed.shape()));
    }
    Iterator<Tensor> found = inOrder(seed).iterator();
    return Structure.map(arguments, argument -> found.next());
  }

  private List<Tensor> inOrder(Tensor seed) {
    if (!output.isTracked()) {
      return inputs.stream().map(Evaluation::zerosLike).toList();
    }
    boolean goesOn = isOpen || (Recording.isOn() && seed.isTracked());
    List<@Nullable Tensor> found =
        Recording.with(goesOn, () -> ReversePass.targets(output, seed, inputs));
    List<Tensor> gradients = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Tensor gradient = found.get(i);
      gradients.add(gradient == null ? zerosLike(inputs.get(i)) : gradient);
    }
    return gradients;
  }

  private static Tensor zerosLike(Tensor tensor) {
    return Tensor.zeros(tensor.dtype(), tensor.shape().toArray());
  }
}
