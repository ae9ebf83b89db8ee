package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.internal.graph.Recording;
import dev.lanegrad.autodiff.internal.graph.ReversePass;
import dev.lanegrad.autodiff.op.Elementwise;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Transformations of functions of tensors, and scopes that change what is recorded. */
public final class Autodiff {
  private Autodiff() {}

  /** Computes something without recording it. */
  public static <T> T withoutGradient(Supplier<T> action) {
    return Recording.with(false, action);
  }

  /** Does something without recording it. */
  public static void withoutGradient(Runnable action) {
    Recording.with(
        false,
        () -> {
          action.run();
          return null;
        });
  }

  /**
   * The gradient of a function with a scalar result, as a function that can be differentiated
   * again.
   */
  public static UnaryOperator<Tensor> grad(UnaryOperator<Tensor> function) {
    return x -> valueAndGrad(function).apply(x).gradient();
  }

  /**
   * A function's value and its gradient.
   *
   * @param value the scalar result
   * @param gradient of the shape of the argument
   */
  public record ValueAndGradient(Tensor value, Tensor gradient) {}

  /** Value and gradient of a function with a scalar result. */
  public static Function<Tensor, ValueAndGradient> valueAndGrad(UnaryOperator<Tensor> function) {
    return x -> {
      List<Tensor> arguments = List.of(x);
      Values values = evaluate(a -> function.apply(a.getFirst()), arguments);
      Tensor gradient = values.gradients(null).getFirst();
      return new ValueAndGradient(values.result, gradient);
    };
  }

  /**
   * The gradients of a function of several tensors with a scalar result, with respect to each.
   *
   * @return gradients in the order of the arguments; they can be differentiated again if an
   *     argument, or a tensor that the function captures, is tracked
   */
  public static List<Tensor> grad(
      Function<List<Tensor>, Tensor> function, List<Tensor> arguments) {
    return evaluate(function, arguments).gradients(null);
  }

  /**
   * The vector-Jacobian product: the gradients of the sum of {@code function(arguments)} times
   * {@code seed}.
   *
   * @param seed of the shape of the function's result
   */
  public static List<Tensor> vjp(
      Function<List<Tensor>, Tensor> function, List<Tensor> arguments, Tensor seed) {
    return evaluate(function, arguments).gradients(seed);
  }

  private static Values evaluate(
      Function<List<Tensor>, Tensor> function, List<Tensor> arguments) {
    List<Tensor> inputs = new ArrayList<>();
    boolean higherOrder = false;
    for (Tensor argument : arguments) {
      higherOrder |= argument.isTracked();
      inputs.add(argument.isTracked() ? IDENTITY.applyTo(argument) : argument.requiresGrad());
    }
    Tensor result = Recording.with(true, () -> function.apply(inputs));
    return new Values(inputs, result, higherOrder);
  }

  /** Makes a node of its own for an argument that is already part of a graph. */
  private static final Elementwise IDENTITY = Elementwise.of(Formula.input(0));

  private record Values(List<Tensor> inputs, Tensor result, boolean tracked) {
    List<Tensor> gradients(@Nullable Tensor given) {
      Tensor seed = given == null ? scalarSeed() : given;
      if (!seed.shape().equals(result.shape()) || seed.dtype() != result.dtype()) {
        throw new GradientException(
            "vjp: the result is %s%s, the seed is %s%s"
                .formatted(result.dtype(), result.shape(), seed.dtype(), seed.shape()));
      }
      if (!result.isTracked()) {
        return inputs.stream().map(Values::zerosLike).toList();
      }
      boolean higherOrder =
          tracked || seed.isTracked() || ReversePass.dependsOnOthers(result, inputs);
      List<@Nullable Tensor> found =
          Recording.with(higherOrder, () -> ReversePass.targets(result, seed, inputs));
      List<Tensor> gradients = new ArrayList<>();
      for (int i = 0; i < inputs.size(); i++) {
        Tensor gradient = found.get(i);
        gradients.add(gradient == null ? zerosLike(inputs.get(i)) : gradient);
      }
      return gradients;
    }

    private Tensor scalarSeed() {
      if (result.size() != 1) {
        throw new GradientException(
            "grad: the function's result has shape %s, not that of a scalar; use vjp with a seed"
                .formatted(result.shape()));
      }
      return Tensor.full(result.dtype(), 1, result.shape().toArray());
    }

    private static Tensor zerosLike(Tensor tensor) {
      return Tensor.zeros(tensor.dtype(), tensor.shape().toArray());
    }
  }
}
