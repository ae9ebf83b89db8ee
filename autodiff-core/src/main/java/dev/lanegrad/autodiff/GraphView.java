package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.internal.graph.GraphRecorder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A computation as plain data: every operation that an output comes from, the numbers it gave, and
 * after a reverse pass the gradient of each. It holds no tensor, so it stays as it is whatever
 * becomes of them.
 *
 * <pre>{@code
 * Tensor x = Tensor.scalar(DType.FLOAT64, 2).requiresGrad();
 * GraphView view =
 *     GraphView.record(
 *         Map.of("x", x),
 *         () -> {
 *           Tensor f = GraphView.name(x.add(1), "f");
 *           Tensor g = GraphView.name(f.mul(2), "g");
 *           return GraphView.name(g.square(), "h");
 *         });
 * view.value("g").item(); // 6
 * view.gradient("g").item(); // 12, which is dh/dg
 * }</pre>
 *
 * <p>Numbers are kept as they are made, the first {@value Numbers#MOST_KEPT} of each tensor. They
 * have the same bits as without a view, which takes much longer and much more memory.
 *
 * @param nodes each after those that it was computed from; the last is the one of the output
 */
public record GraphView(List<Node> nodes) {
  private static final int SHOWN = 100;

  /**
   * Keeps a copy of the list.
   *
   * @throws IllegalArgumentException if a node's id is not its place, or it reads what no node
   *     before it gave
   */
  public GraphView {
    nodes = List.copyOf(Present.all("graph", "nodes", nodes));
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      for (Input input : node.inputs) {
        if (input.node >= i || input.result >= nodes.get(input.node).results.size()) {
          throw new IllegalArgumentException(
              "graph: node " + i + " reads " + input + ", which no node before it gave");
        }
      }
      if (node.id != i) {
        throw new IllegalArgumentException(
            "graph: the node at place " + i + " has the id " + node.id);
      }
    }
  }

  /**
   * An operation, or a tensor that was there before any of them.
   *
   * @param id its place among the nodes
   * @param operation its name; {@code "input"} for a tensor that needs a gradient, {@code
   *     "constant"} for one that needs none, {@code "parameter"} for that of a parameter, {@code
   *     "detach"} and {@code "requiresGrad"} where a tensor was cut off from its history or made a
   *     leaf
   * @param formula what an elementwise operation computes of its inputs x0, x1 and so on, or
   *     another description of the operation; null where its name says all
   * @param inputs what it was computed from, in order
   * @param results what came out: one tensor, but of a few operations
   * @param origin the line of code it was called from, with {@code -Dlanegrad.trace=true}; else
   *     null
   */
  public record Node(
      int id,
      String operation,
      @Nullable String formula,
      List<Input> inputs,
      List<Result> results,
      @Nullable String origin) {
    /**
     * Keeps copies of the lists.
     *
     * @throws IllegalArgumentException if there are no results
     */
    public Node {
      Present.of("node", "operation", operation);
      inputs = List.copyOf(Present.all("node", "inputs", inputs));
      results = List.copyOf(Present.all("node", "results", results));
      if (results.isEmpty()) {
        throw new IllegalArgumentException("node: \"" + operation + "\" has no results");
      }
    }

    /** The first result, which is the only one of most operations. */
    public Result result() {
      return results.getFirst();
    }

    /** Its line in the text of a graph. */
    @Override
    public String toString() {
      String from =
          inputs.stream()
              .map(i -> i.result == 0 ? "" + i.node : i.node + "." + i.result)
              .collect(Collectors.joining(", "));
      return id
          + (": " + operation)
          + (inputs.isEmpty() ? "" : "(" + from + ")")
          + results.stream().map(r -> " " + r).collect(Collectors.joining(","))
          + (origin == null ? "" : " at " + origin);
    }
  }

  /**
   * A tensor that an operation read.
   *
   * @param node the id of the node that it comes from
   * @param result which of that node's results it is
   */
  public record Input(int node, int result) {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public Input {
      if (node < 0 || result < 0) {
        throw new IllegalArgumentException("input: result " + result + " of node " + node);
      }
    }
  }

  /**
   * A tensor.
   *
   * @param name of its parameter, or one that it was given; else null
   * @param type its dtype and shape
   * @param values its numbers
   * @param gradient of the output with respect to it; null if it needs none
   */
  public record Result(
      @Nullable String name, TensorType type, Numbers values, @Nullable Numbers gradient) {
    /** Checks that all is there. */
    public Result {
      Present.of("result", "type", type);
      Present.of("result", "values", values);
    }

    /** Name, type, numbers and gradient. */
    @Override
    public String toString() {
      return (name == null ? "" : name + " ")
          + (type + " " + values)
          + (gradient == null ? "" : " gradient " + gradient);
    }
  }

  /**
   * The numbers of a tensor.
   *
   * @param size how many it has
   * @param first the first of them in row-major order, at most {@value #MOST_KEPT}
   * @param smallest of all; NaN if there is a NaN, or none at all
   * @param largest of all; NaN likewise
   */
  public record Numbers(int size, double[] first, double smallest, double largest) {
    /** So many numbers of a tensor are kept. */
    public static final int MOST_KEPT = 1_000;

    private static final int SHOWN = 4;

    /** Keeps a copy of the array. */
    public Numbers {
      first = Present.of("numbers", "first", first).clone();
    }

    /** The numbers of a tensor as they are now; bools are 0 and 1. */
    public static Numbers of(Tensor tensor) {
      double[] all = Present.of("numbers", "tensor", tensor).toDoubleArray();
      return new Numbers(
          all.length,
          Arrays.copyOf(all, Math.min(all.length, MOST_KEPT)),
          Arrays.stream(all).reduce(Math::min).orElse(Double.NaN),
          Arrays.stream(all).reduce(Math::max).orElse(Double.NaN));
    }

    @Override
    public double[] first() {
      return first.clone();
    }

    /** Whether all numbers were kept. */
    public boolean isWhole() {
      return first.length == size;
    }

    /**
     * The only number.
     *
     * @throws ShapeException if there are none or several
     */
    public double item() {
      if (size != 1) {
        throw new ShapeException(
            String.format(Locale.ROOT, "item: there are %,d numbers, not one", size));
      }
      return first[0];
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Numbers numbers
          && size == numbers.size
          && Arrays.equals(first, numbers.first)
          && Double.compare(smallest, numbers.smallest) == 0
          && Double.compare(largest, numbers.largest) == 0;
    }

    @Override
    public int hashCode() {
      return Objects.hash(size, Arrays.hashCode(first), smallest, largest);
    }

    /** The numbers, or a few of them, and between which two all lie. */
    @Override
    public String toString() {
      if (size == 1) {
        return Double.toString(first[0]);
      }
      String shown =
          Arrays.stream(first)
              .limit(SHOWN)
              .mapToObj(Double::toString)
              .collect(Collectors.joining(", "));
      return size <= SHOWN
          ? "[" + shown + "]"
          : String.format(
              Locale.ROOT, "[%s, ... %,d from %s to %s]", shown, size, smallest, largest);
    }
  }

  /**
   * Runs something that computes a scalar, and a reverse pass from it. It holds for this thread;
   * {@link Scopes} carries it over to others.
   *
   * @throws GradientException as {@link Tensor#backward()} does: if the output is no scalar, or
   *     depends on no tensor that requires a gradient; and if this is called within {@link
   *     Autodiff#withoutGradient}, or the output was not computed here
   */
  public static GraphView record(Supplier<Tensor> output) {
    return record(Map.of(), output);
  }

  /**
   * The same with names for tensors that are there before. Parameters have theirs.
   *
   * @throws GradientException as above
   */
  public static GraphView record(Map<String, Tensor> names, Supplier<Tensor> output) {
    requireRecording();
    GraphRecorder recorder = recorder(names);
    Tensor result = recorder.run(Present.of("record", "output", output));
    if (result.size() != 1) {
      throw new GradientException(
          "record: shape %s is not a scalar; reduce it first, as by sum(), or give a seed"
              .formatted(result.shape()));
    }
    int[] shape = result.shape().toArray();
    return recorder.view(result, Tensor.full(result.dtype(), 1, shape));
  }

  /**
   * The same for an output of any shape: the gradients are those of its sum times a seed.
   *
   * @param seed of the shape and dtype of the output
   * @throws GradientException as above, or if the seed is of another shape or dtype
   */
  public static GraphView record(Map<String, Tensor> names, Supplier<Tensor> output, Tensor seed) {
    requireRecording();
    GraphRecorder recorder = recorder(names);
    Tensor result = recorder.run(Present.of("record", "output", output));
    return recorder.view(result, Present.of("record", "seed", seed));
  }

  private static void requireRecording() {
    if (!GraphRecorder.isAllowed()) {
      throw new GradientException(
          "record: within withoutGradient there is no graph; call it outside");
    }
  }

  private static GraphRecorder recorder(Map<String, Tensor> names) {
    Present.of("record", "names", names)
        .forEach(
            (name, tensor) -> {
              Present.of("record", "a name", name);
              Present.of("record", "a tensor of names", tensor);
            });
    GraphRecorder recorder = new GraphRecorder();
    new TreeMap<>(names).forEach(recorder::expect); // the order of Map.of differs from run to run
    return recorder;
  }

  /** Gives a tensor a name in the views that are being recorded, if any, and gives it back. */
  public static Tensor name(Tensor tensor, String name) {
    GraphRecorder.nameEverywhere(
        Present.of("name", "name", name), Present.of("name", "tensor", tensor));
    return tensor;
  }

  /**
   * The first tensor of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Result find(String name) {
    Present.of("find", "name", name);
    return results()
        .filter(result -> name.equals(result.name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "graph: no tensor has the name \"%s\"; there are %s"
                        .formatted(
                            name, results().map(Result::name).filter(Objects::nonNull).toList())));
  }

  private Stream<Result> results() {
    return nodes.stream().flatMap(node -> node.results.stream());
  }

  /** The numbers of the first tensor of a name. */
  public Numbers value(String name) {
    return find(name).values;
  }

  /**
   * The gradient of the first tensor of a name.
   *
   * @throws IllegalArgumentException if there is none, or it needs no gradient
   */
  public Numbers gradient(String name) {
    Numbers gradient = find(name).gradient;
    if (gradient == null) {
      throw new IllegalArgumentException("graph: \"" + name + "\" needs no gradient");
    }
    return gradient;
  }

  /** A line for each node, and for those in the middle of very many one for all of them. */
  @Override
  public String toString() {
    int left = nodes.size() <= SHOWN ? 0 : nodes.size() - SHOWN;
    Stream<String> first = nodes.stream().limit((nodes.size() - left) / 2).map(Node::toString);
    Stream<String> middle =
        left == 0
            ? Stream.of()
            : Stream.of(String.format(Locale.ROOT, "... %,d nodes left out", left));
    Stream<String> last = nodes.stream().skip((nodes.size() - left) / 2 + left).map(Node::toString);
    return Stream.of(first, middle, last).flatMap(s -> s).collect(Collectors.joining("\n"));
  }
}
