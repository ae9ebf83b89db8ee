package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.internal.Present;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A computation as plain data: every value, and the gradient of every node after a reverse pass.
 *
 * @param nodes each after those it was computed from; the last one is the output's
 */
public record GraphView(List<Node> nodes) {
  /** Keeps a copy of the list. */
  public GraphView {
    nodes = List.copyOf(nodes);
  }

  /**
   * An operation, or a tensor that was there before.
   *
   * @param id its place among the nodes
   * @param operation what was computed, or {@code "input"}
   * @param name of a parameter or of what was given a name, or null
   * @param inputs what it was computed from
   * @param results what came out, one tensor but for a few operations
   * @param origin the line of code that computed it, with {@code -Dlanegrad.trace=true}, or null
   */
  public record Node(
      int id,
      String operation,
      @Nullable String name,
      List<Input> inputs,
      List<Result> results,
      @Nullable String origin) {
    /** Keeps copies of the lists. */
    public Node {
      inputs = List.copyOf(inputs);
      results = List.copyOf(results);
    }
  }

  /**
   * Which tensor an operation read.
   *
   * @param node the id of the node that made it
   * @param result which of its results it is
   */
  public record Input(int node, int result) {}

  /**
   * A tensor.
   *
   * @param values of its elements
   * @param gradient of the output with respect to it; null if it needs none
   */
  public record Result(TensorType type, Numbers values, @Nullable Numbers gradient) {}

  /**
   * Numbers of a tensor in row-major order.
   *
   * @param size how many there are
   * @param first the first of them
   */
  public record Numbers(int size, List<Double> first) {
    /** Keeps a copy of the list. */
    public Numbers {
      first = List.copyOf(first);
    }
  }

  /** Records what a scalar is computed from, and runs a reverse pass from it. */
  public static GraphView record(Supplier<Tensor> output) {
    return record(Map.of(), output);
  }

  /** The same with names for inputs. */
  public static GraphView record(Map<String, Tensor> names, Supplier<Tensor> output) {
    Present.of("record", "names", names);
    Tensor result = Present.of("record", "output", output).get();
    result.backward();
    return new GraphView(List.of());
  }

  /** Gives a tensor inside {@link #record} a name, and gives it back. */
  public static Tensor name(Tensor tensor, String name) {
    Present.of("name", "name", name);
    return Present.of("name", "tensor", tensor);
  }
}
