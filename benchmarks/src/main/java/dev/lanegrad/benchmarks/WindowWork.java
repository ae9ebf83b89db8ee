package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.Convolutions;
import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.Pooling;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A {@link WindowTask} in Lanegrad, as a user would write it. */
final class WindowWork {
  /**
   * One of its parts.
   *
   * @param arguments input, and weight and bias where there are any
   * @param seed the given gradient of the output
   */
  private record Call(
      Function<List<Tensor>, Tensor> function, List<Tensor> arguments, Tensor seed) {
    Tensor forward() {
      return Autodiff.withoutGradient(() -> function.apply(arguments));
    }

    List<Tensor> forwardAndGradients() {
      return gradients(function, arguments, seed);
    }
  }

  private final WindowTask task;
  private final List<Call> calls = new ArrayList<>();

  WindowWork(WindowTask task) {
    this.task = task;
    for (Part part : task.parts()) {
      calls.add(call(part, calls.size()));
    }
  }

  private Call call(Part part, int number) {
    Tensor seed = tensor(number, 0, Part.batched(task.batch(), part.output()));
    return switch (part) {
      case Part.Filter filter -> {
        Tensor x = tensor(number, 1, Part.batched(task.batch(), filter.input()));
        Tensor weight = tensor(number, 2, filter.weight());
        Tensor bias = tensor(number, 3, List.of(filter.out()));
        yield new Call(function(filter), List.of(x, weight, bias), seed);
      }
      case Part.MaxPool pool -> {
        Tensor x = tensor(number, 1, Part.batched(task.batch(), pool.input()));
        yield new Call(function(pool), List.of(x), seed);
      }
      default -> throw new IllegalArgumentException("no window moves in " + part);
    };
  }

  /** Of input and weight, and bias where there is one. */
  static Function<List<Tensor>, Tensor> function(Part.Filter part) {
    Window window = Window.UNIT.stride(part.stride()).padding(part.padding());
    boolean isFlat = Part.dimensions(part.input()) == 1;
    return switch (part) {
      case Part.Convolution c ->
          isFlat
              ? t -> Convolutions.conv1d(t.get(0), t.get(1), bias(t), window, c.groups())
              : t -> Convolutions.conv2d(t.get(0), t.get(1), bias(t), window, c.groups());
      case Part.Transposed _ ->
          isFlat
              ? t -> Convolutions.convTranspose1d(t.get(0), t.get(1), bias(t), window)
              : t -> Convolutions.convTranspose2d(t.get(0), t.get(1), bias(t), window);
    };
  }

  private static @Nullable Tensor bias(List<Tensor> arguments) {
    return arguments.size() > 2 ? arguments.get(2) : null;
  }

  /** By methods that have always been there, so that other checkouts can be measured too. */
  static List<Tensor> gradients(
      Function<List<Tensor>, Tensor> function, List<Tensor> arguments, Tensor seed) {
    List<Tensor> leaves = arguments.stream().map(Tensor::requiresGrad).toList();
    Gradients gradients = function.apply(leaves).backward(seed);
    return leaves.stream().map(gradients::of).toList();
  }

  private static Function<List<Tensor>, Tensor> function(Part.MaxPool part) {
    return Part.dimensions(part.input()) == 1
        ? t -> Pooling.maxPool1d(t.getFirst(), part.kernel())
        : t -> Pooling.maxPool2d(t.getFirst(), part.kernel());
  }

  private Tensor tensor(int part, int number, List<Integer> lengths) {
    Shape shape = Shape.of(lengths.stream().mapToInt(Integer::intValue).toArray());
    return Tensor.ofDoubles(task.dtype(), shape, task.numbers(part, number, lengths));
  }

  Work work() {
    Runnable run =
        switch (task.pass()) {
          case FORWARD -> () -> calls.forEach(Call::forward);
          case GRADIENTS -> gradients();
          case FORWARD_AND_GRADIENTS -> () -> calls.forEach(Call::forwardAndGradients);
        };
    return new Work(() -> Autodiff.tidy(run), 1, this::check);
  }

  /** From outputs that are kept. */
  private Runnable gradients() {
    List<Runnable> reverses = new ArrayList<>();
    for (Call call : calls) {
      List<Tensor> arguments = call.arguments.stream().map(Tensor::requiresGrad).toList();
      Tensor y = call.function.apply(arguments);
      reverses.add(() -> y.backward(call.seed));
    }
    return () -> reverses.forEach(Runnable::run);
  }

  /** The product of the means of all results. */
  private double check() {
    double product = 1;
    for (Call call : calls) {
      if (task.pass() != WindowTask.Pass.GRADIENTS) {
        product *= call.forward().mean().item();
      }
      if (task.pass() != WindowTask.Pass.FORWARD) {
        for (Tensor gradient : call.forwardAndGradients()) {
          product *= gradient.mean().item();
        }
      }
    }
    return product;
  }
}
