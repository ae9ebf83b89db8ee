package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.internal.TensorAccess;
import dev.lanegrad.autodiff.internal.graph.Anomaly;
import dev.lanegrad.autodiff.internal.graph.Recording;
import dev.lanegrad.autodiff.internal.graph.ReversePass;
import dev.lanegrad.autodiff.internal.memory.Arena;
import dev.lanegrad.autodiff.internal.memory.Storage;
import dev.lanegrad.autodiff.op.Elementwise;
import java.util.ArrayList;
import java.util.Collection;
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
   * Runs something and recycles the memory of every tensor that operations made in it, but for what
   * it returns: a tensor, {@link Gradients}, or a collection of these. A step of training in a
   * scope allocates next to nothing. Parameters, and tensors made from arrays, are not touched. A
   * tensor that leaves keeps its numbers but not the graph behind it: call {@code backward()}
   * inside.
   *
   * <p>Using a tensor after its scope has ended throws a {@link ReleasedException}. Without a scope
   * garbage collection does the work.
   */
  public static <T> T tidy(Supplier<T> action) {
    return Arena.scope(action::get, Autodiff::storages);
  }

  /** {@link #tidy(Supplier)} for something that returns nothing. */
  public static void tidy(Runnable action) {
    Arena.scope(
        () -> {
          action.run();
          return List.of();
        },
        Autodiff::storages);
  }

  private static List<Storage> storages(@Nullable Object result) {
    return switch (result) {
      case null -> List.of();
      case Tensor tensor -> List.of(TensorAccess.get().storage(tensor));
      case Gradients gradients -> storages(gradients.tensors());
      case ValueAndGradient both -> storages(List.of(both.value, both.gradient));
      case ReductionMethods.Ordered ordered -> storages(ordered.values());
      case LinearAlgebra.Svd svd -> storages(List.of(svd.u(), svd.values(), svd.v()));
      case Collection<?> many -> many.stream().flatMap(o -> storages(o).stream()).toList();
      default -> List.of();
    };
  }

  /** The tensor without its history: a constant to whatever is differentiated. */
  public static Tensor stopGradient(Tensor tensor) {
    return tensor.detach();
  }

  /**
   * Runs something while looking at every value, every gradient and every update of a parameter.
   * Inside an operation nothing counts but its result.
   *
   * @throws AnomalyException naming the first operation that gives NaN or infinity, by the method
   *     that was called
   */
  public static <T> T detectAnomaly(Supplier<T> action) {
    return Anomaly.detect(action);
  }

  /**
   * The gradients of a scalar with respect to certain tensors that it was computed from, leaves or
   * intermediate ones; zeros for one that it does not depend on. They are not recorded: use {@link
   * #grad} where they are to be differentiated again.
   *
   * @throws GradientException if the output is no tracked scalar or a tensor is not tracked
   */
  public static List<Tensor> gradients(Tensor output, Tensor... tensors) {
    if (!output.isTracked()) {
      throw new GradientException(
          "gradients: the output of shape %s depends on no tensor that requiresGrad()"
              .formatted(output.shape()));
    }
    Values values = new Values(List.of(tensors), output, false);
    return Recording.with(false, () -> values.gradients(null));
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
      return new ValueAndGradient(values.value(), gradient);
    };
  }

  /**
   * The gradients of a function of several tensors with a scalar result, with respect to each.
   *
   * @return gradients in the order of the arguments; they can be differentiated again if an
   *     argument, or a tensor that the function captures, is tracked
   */
  public static List<Tensor> grad(Function<List<Tensor>, Tensor> function, List<Tensor> arguments) {
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

  /**
   * The matrix of second derivatives of a function with a scalar result.
   *
   * @param x of shape s
   * @return of shape s + s
   */
  public static Tensor hessian(UnaryOperator<Tensor> function, Tensor x) {
    return Recording.with(true, () -> secondDerivatives(function, x));
  }

  private static Tensor secondDerivatives(UnaryOperator<Tensor> function, Tensor x) {
    int n = x.size();
    if (x.isTracked()) {
      return trackedHessian(function, x);
    }
    Tensor point = x.requiresGrad();
    Tensor slope = grad(function).apply(point).reshape(n);
    List<Tensor> rows = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Tensor entry = slope.select(0, i);
      rows.add(
          entry.isTracked()
              ? gradients(entry, point).getFirst().reshape(n)
              : Tensor.zeros(x.dtype(), n));
    }
    return squareOf(x, rows);
  }

  /** One gradient of a gradient for each row, so that all of it is recorded. */
  private static Tensor trackedHessian(UnaryOperator<Tensor> function, Tensor x) {
    int n = x.size();
    UnaryOperator<Tensor> slope = grad(function);
    List<Tensor> rows = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int row = i;
      rows.add(grad(p -> slope.apply(p).reshape(n).select(0, row)).apply(x).reshape(n));
    }
    return squareOf(x, rows);
  }

  /** Rows of n numbers as a tensor of x's shape twice. */
  private static Tensor squareOf(Tensor x, List<Tensor> rows) {
    int n = x.size();
    int[] once = x.shape().toArray();
    int[] twice = java.util.Arrays.copyOf(once, 2 * once.length);
    System.arraycopy(once, 0, twice, once.length, once.length);
    Tensor matrix = n == 0 ? Tensor.zeros(x.dtype(), 0, 0) : Tensor.stack(0, rows);
    return matrix.reshape(twice);
  }

  /**
   * The product of the Hessian and a vector, without the Hessian: the gradient of grad f . v.
   *
   * @param v of the shape of x
   */
  public static Tensor hvp(UnaryOperator<Tensor> function, Tensor x, Tensor v) {
    UnaryOperator<Tensor> slope = grad(function);
    return grad(p -> slope.apply(p).mul(v).sum()).apply(x);
  }

  private static Values evaluate(Function<List<Tensor>, Tensor> function, List<Tensor> arguments) {
    List<Tensor> inputs = new ArrayList<>();
    boolean higherOrder = false;
    for (Tensor argument : arguments) {
      boolean followed = argument.isTracked() && Recording.isOn();
      higherOrder |= followed;
      inputs.add(followed ? IDENTITY.applyTo(argument) : argument.requiresGrad());
    }
    Tensor result = Recording.with(true, () -> function.apply(inputs));
    return new Values(inputs, result, higherOrder);
  }

  /** Makes a node of its own for an argument that is already part of a graph. */
  private static final Elementwise IDENTITY = Elementwise.of(Formula.input(0));

  private record Values(List<Tensor> inputs, Tensor result, boolean tracked) {
    /** Whether what comes out of the function depends on more than its own inputs. */
    private boolean isOpen() {
      return Recording.isOn() && (tracked || ReversePass.dependsOnOthers(result, inputs));
    }

    /** The result, not tied to inputs that nobody else has. */
    Tensor value() {
      return result.isTracked() && !isOpen() ? result.detach() : result;
    }

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
      boolean higherOrder = (Recording.isOn() && seed.isTracked()) || isOpen();
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
