package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.internal.Apart;
import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.internal.graph.Anomaly;
import dev.lanegrad.autodiff.internal.graph.Recording;
import dev.lanegrad.autodiff.internal.graph.ReversePass;
import dev.lanegrad.autodiff.internal.graph.TensorAccess;
import dev.lanegrad.autodiff.internal.memory.Arena;
import dev.lanegrad.autodiff.internal.memory.Storage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Transformations of functions of tensors, and scopes that change what is recorded. */
public final class Autodiff {
  private Autodiff() {}

  /**
   * Computes something without recording it. It holds for this thread; {@link Scopes} carries it
   * over to others, such as the workers of a parallel stream, which record otherwise.
   */
  public static <T> T withoutGradient(Supplier<T> action) {
    return Recording.with(false, Present.of("withoutGradient", "action", action));
  }

  /** {@link #withoutGradient(Supplier)} for something that returns nothing. */
  public static void withoutGradient(Runnable action) {
    Recording.with(
        false,
        () -> {
          action.run();
          return null;
        });
  }

  /**
   * Computes something and forgets what it changes in buffers: afterwards running statistics,
   * counters of random masks and every other {@link Parameter#buffer} are as they were. So a
   * forward pass can be made again without a batch that counts twice, with the same masks. Inside,
   * one change is seen by what comes after it, as always.
   *
   * <pre>{@code
   * Tensor first = Autodiff.withoutEffects(() -> model.forward(x));
   * Tensor again = model.forward(x); // the same bits, and now it counts
   * }</pre>
   *
   * To compute again what a forward pass gave that has counted, {@linkplain Parameter#substitute
   * substitute} copies of the buffers from before it: {@code Parameter.substitute(before, () ->
   * Autodiff.withoutEffects(() -> model.forward(x)))}.
   *
   * <p>It holds for this thread; {@link Scopes} carries it over to others. Gradients may be
   * computed inside or afterwards. Parameters that are no buffers cannot be changed inside, so that
   * no optimizer forgets half of a step.
   */
  public static <T extends @Nullable Object> T withoutEffects(Supplier<T> action) {
    return Substitution.current().forgetting().call(Present.of("withoutEffects", "action", action));
  }

  /** {@link #withoutEffects(Supplier)} for something that returns nothing. */
  public static void withoutEffects(Runnable action) {
    Present.of("withoutEffects", "action", action);
    Substitution.current()
        .forgetting()
        .call(
            () -> {
              action.run();
              return null;
            });
  }

  /**
   * Runs something and recycles the memory of every tensor that operations made in it, but for what
   * it returns: a tensor, {@link Gradients}, a record, a list, a map, an array or an {@link
   * java.util.Optional} of them, a {@link TensorStructure}, or these inside one another. A step of
   * training in a scope allocates next to nothing. Parameters, and tensors made from arrays, are
   * not touched. A tensor that leaves keeps its numbers but not the graph behind it: call {@code
   * backward()} inside.
   *
   * <p>Using a tensor after its scope has ended throws a {@link ReleasedException}, on another
   * thread also where the scope ends in the midst of it. What other threads make is not recycled;
   * without a scope garbage collection does the work. Null leaves as null.
   *
   * @throws StructureException if the result has a record that may hold tensors and that cannot be
   *     read, since it is private to another module
   */
  public static <T> T tidy(Supplier<T> action) {
    Present.of("tidy", "action", action);
    return Arena.scope(() -> Apart.get(action), Autodiff::storages);
  }

  /** {@link #tidy(Supplier)} for something that returns nothing. */
  public static void tidy(Runnable action) {
    Present.of("tidy", "action", action);
    Arena.scope(
        () -> {
          Apart.run(action);
          return List.of();
        },
        _ -> List.of());
  }

  /**
   * How many bytes the scopes of {@link #tidy(Supplier)} hold, in all threads: the memory of
   * tensors in scopes that run, and what is kept for the next ones.
   *
   * <p>A thread keeps at most twice what one of its last 16 scopes had in use at once, and all
   * threads together at most half of the heap, as far as running scopes do not need more. An array
   * serves tensors of any size down to half its own. What is kept gives way before anything runs
   * out of memory. Three seconds after the last scope of a thread nothing is kept for it.
   *
   * <pre>{@code
   * Autodiff.tidy(() -> x.exp().sum().item());
   * long kept = Autodiff.recycledBytes(); // what x.exp() and the sum took
   * }</pre>
   */
  public static long recycledBytes() {
    return Arena.heldBytes();
  }

  /**
   * How many bytes of numbers the graph of a tracked tensor keeps for its reverse pass: what its
   * operations have {@link dev.lanegrad.autodiff.op.Op#saved saved}, each array once, without those
   * of leaves such as parameters.
   *
   * <pre>{@code
   * long bytes = Autodiff.keptBytes(loss);
   * }</pre>
   *
   * @throws GradientException if it is not tracked
   */
  public static long keptBytes(Tensor output) {
    return ReversePass.keptBytes(Present.of("keptBytes", "output", output));
  }

  private static List<Storage> storages(@Nullable Object result) {
    if (result instanceof Tensor tensor) {
      return List.of(TensorAccess.get().storage(tensor));
    }
    return Structure.tensors(result).stream().map(TensorAccess.get()::storage).toList();
  }

  /** The tensor without its history, of the same shape: a constant to what is differentiated. */
  public static Tensor stopGradient(Tensor tensor) {
    return tensor.detach();
  }

  /**
   * Runs something while looking at every value, every gradient and every update of a parameter, on
   * this thread; {@link Scopes} carries it over to others. Inside an operation nothing counts but
   * its result.
   *
   * @throws AnomalyException naming the first operation that gives NaN or infinity, by the method
   *     that was called
   */
  public static <T> T detectAnomaly(Supplier<T> action) {
    return Anomaly.detect(Present.of("detectAnomaly", "action", action));
  }

  /**
   * The gradients of a scalar with respect to certain tensors that it was computed from, leaves or
   * intermediate ones; zeros for one that it does not depend on. They are not recorded: use {@link
   * #grad} where they are to be differentiated again.
   *
   * @throws GradientException if the output is no tracked scalar or a tensor is not tracked
   */
  public static List<Tensor> gradients(Tensor output, Tensor... tensors) {
    List<Tensor> targets = Present.all("gradients", "tensors", tensors);
    if (!output.isTracked()) {
      throw new GradientException(
          "gradients: the output of shape %s depends on no tensor that requiresGrad()"
              .formatted(output.shape()));
    }
    return Recording.with(false, () -> Evaluation.of(output, targets).gradients());
  }

  /**
   * The leaves that a tensor was computed from, oldest first: tensors of parameters, and others
   * that requiresGrad(). None where nothing was recorded.
   */
  public static List<Tensor> leaves(Tensor output) {
    return output.isTracked() ? ReversePass.leavesOf(output) : List.of();
  }

  /**
   * The gradient of a function with a scalar result, as a function that can be differentiated
   * again.
   */
  public static UnaryOperator<Tensor> grad(UnaryOperator<Tensor> function) {
    return slope("grad", function);
  }

  private static UnaryOperator<Tensor> slope(String name, UnaryOperator<Tensor> function) {
    Present.of(name, "function", function);
    return x -> Evaluation.of(name, function, y -> y, x).gradients();
  }

  /**
   * A function's value and its gradient.
   *
   * @param value the scalar result
   * @param gradient of the shape of the argument
   */
  public record ValueAndGradient(Tensor value, Tensor gradient) {}

  /**
   * Value and gradient of a function with a scalar result.
   *
   * @throws GradientException if the result is no scalar; the function that is given back does
   */
  public static Function<Tensor, ValueAndGradient> valueAndGrad(UnaryOperator<Tensor> function) {
    Present.of("valueAndGrad", "function", function);
    return x -> {
      Evaluation<Tensor, Tensor> at = Evaluation.of("valueAndGrad", function, y -> y, x);
      return new ValueAndGradient(at.result(), at.gradients());
    };
  }

  /**
   * The gradients of a function with a scalar result with respect to each tensor of its argument,
   * which may be a list, a map, an array, a record such as a model's weights, an {@link
   * java.util.Optional}, a {@link TensorStructure}, or these inside one another.
   *
   * @return gradients in the same structure, whatever else is in it as it was; they can be
   *     differentiated again if an argument, or a tensor that the function captures, is tracked
   * @throws StructureException if a record cannot be read or made, or a collection not made
   * @throws DTypeException if there is a tensor of ints or bools
   * @throws GradientException if there is no tensor in what is no empty collection, or the result
   *     is no scalar
   */
  public static <A> A grad(Function<A, Tensor> function, A arguments) {
    return Evaluation.of("grad", function, y -> y, arguments).gradients();
  }

  /**
   * What a function gives, and the gradients of one scalar of it.
   *
   * @param result all that the function gave
   * @param gradients in the structure of the argument
   */
  public record ResultAndGradients<R, A>(R result, A gradients) {}

  /** The value of a function with a scalar result and its gradients, see {@link #grad}. */
  public static <A> ResultAndGradients<Tensor, A> valueAndGrad(
      Function<A, Tensor> function, A arguments) {
    return valueAndGrad(function, y -> y, arguments);
  }

  /**
   * Everything that a function gives, such as a record of a loss and of the predictions that led to
   * it, and the gradients of the scalar in it, see {@link #grad}.
   *
   * @param scalar which tensor of the result is differentiated
   * @throws GradientException if what is differentiated is no scalar
   * @throws StructureException if the argument is no structure of tensors
   */
  public static <A, R> ResultAndGradients<R, A> valueAndGrad(
      Function<A, R> function, Function<? super R, Tensor> scalar, A arguments) {
    Evaluation<A, R> at = Evaluation.of("valueAndGrad", function, scalar, arguments);
    return new ResultAndGradients<>(at.result(), at.gradients());
  }

  /**
   * The vector-Jacobian product: the gradients of the sum of {@code function(arguments)} times
   * {@code seed}, in the structure of the arguments, see {@link #grad}.
   *
   * @param seed of the shape of the function's result
   */
  public static <A> A vjp(Function<A, Tensor> function, A arguments, Tensor seed) {
    return Evaluation.of("vjp", function, y -> y, arguments).gradients(seed);
  }

  /**
   * The matrix of second derivatives of a function with a scalar result. It can be differentiated
   * again if x, or a tensor that the function captures, is tracked.
   *
   * @param x of shape s
   * @return of shape s + s
   * @throws GradientException if the result is no scalar
   */
  public static Tensor hessian(UnaryOperator<Tensor> function, Tensor x) {
    int n = x.size();
    UnaryOperator<Tensor> slope = slope("hessian", function);
    Evaluation<Tensor, Tensor> at =
        Evaluation.of("hessian", p -> slope.apply(p).reshape(n), y -> y, x);
    Tensor units = Tensor.eye(x.dtype(), n);
    List<Tensor> rows = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      rows.add(at.gradients(units.select(0, i)).reshape(n));
    }
    int[] once = x.shape().toArray();
    int[] twice = Arrays.copyOf(once, 2 * once.length);
    System.arraycopy(once, 0, twice, once.length, once.length);
    return (n == 0 ? units : Tensor.stack(0, rows)).reshape(twice);
  }

  /**
   * The product of the Hessian and a vector, without the Hessian: the gradient of grad f . v.
   *
   * @param v of the same shape as x
   * @return of the same shape
   */
  public static Tensor hvp(UnaryOperator<Tensor> function, Tensor x, Tensor v) {
    UnaryOperator<Tensor> slope = slope("hvp", function);
    Present.of("hvp", "x", x);
    Present.of("hvp", "v", v);
    return slope("hvp", p -> slope.apply(p).mul(v).sum()).apply(x);
  }
}
