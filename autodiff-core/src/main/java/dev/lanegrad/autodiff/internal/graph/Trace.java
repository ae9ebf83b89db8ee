package dev.lanegrad.autodiff.internal.graph;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.memory.Layout;
import dev.lanegrad.autodiff.internal.memory.Storage;
import dev.lanegrad.autodiff.op.CompositeOp;
import dev.lanegrad.autodiff.op.Op;
import dev.lanegrad.autodiff.op.PrimitiveOp;
import dev.lanegrad.autodiff.op.ViewOp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The flat program of what ran: which operations read and wrote which buffers, forward, in reverse
 * and in updates. A view is no step, but another layout of its buffer. What a primitive operation
 * or one of a user needs inside is no part of the program.
 *
 * <p>A buffer that no step had written when it was first read is an input of the program: a
 * parameter, data, or numbers that Java code made, as {@link Tensor#scalar} does.
 */
public final class Trace {
  private static final ScopedValue<Trace> CURRENT = ScopedValue.newInstance();

  /** How many run: looking for a binding costs more than this, for every operation. */
  private static final AtomicInteger RUNNING = new AtomicInteger();

  private static final TensorAccess ACCESS = TensorAccess.get();

  /** Formulas are shown up to this length. */
  private static final int LONGEST = 120;

  /** Sees the steps as they run. */
  @FunctionalInterface
  public interface Watcher {
    /** A step begins. */
    default void begins() {}

    /** A step has run. */
    void ran(Step step, List<Tensor> outputs);
  }

  /** What a step does, on any memory that lies in the same way. */
  @FunctionalInterface
  interface Kernel {
    void run(List<Tensor> inputs, List<Tensor> outputs);
  }

  /** To which part of a training step something belongs. */
  public enum Phase {
    FORWARD,
    REVERSE,
    UPDATE
  }

  /**
   * Memory that the program reads or writes.
   *
   * @param number counted from 0
   * @param length of its array
   * @param initial a copy of the array as it was when it was first read, or null if a step makes it
   * @param name of the parameter whose memory it is, or null
   */
  public record Buffer(
      int number, DType dtype, int length, @Nullable Object initial, @Nullable String name) {
    @Override
    public String toString() {
      return "b" + number;
    }
  }

  /** A tensor of the program. */
  public record Place(Buffer buffer, Layout layout) {
    @Override
    public String toString() {
      String where = layout.offset() == 0 ? "" : " from " + layout.offset();
      return "%s%s%s%s"
          .formatted(
              buffer,
              layout.shape(),
              layout.isContiguous() ? "" : " by " + List.of(boxed(layout.strides())),
              where);
    }

    private static Integer[] boxed(int... numbers) {
      return Arrays.stream(numbers).boxed().toArray(Integer[]::new);
    }
  }

  /**
   * One line of the program.
   *
   * @param operation the name, with the formulas of one that has no other
   * @param parts of which compositions this is a part, the outermost first
   * @param outputs what it writes; views of inputs are none
   * @param inside what it runs where nobody sees it, for an operation of no kind
   */
  public record Step(
      Phase phase,
      String operation,
      List<Composition> parts,
      List<Place> inputs,
      List<Place> outputs,
      List<String> inside,
      Kernel kernel) {
    @Override
    public String toString() {
      String call = "%s(%s)".formatted(operation, joined(inputs));
      String runs = inside.isEmpty() ? "" : ", which runs " + String.join(", ", inside);
      return (outputs.isEmpty() ? call : joined(outputs) + " = " + call) + runs;
    }
  }

  /** One run of an operation that is put together from others. */
  public static final class Composition {
    private final CompositeOp op;

    private Composition(CompositeOp op) {
      this.op = op;
    }

    @Override
    public String toString() {
      return op.name() + ":";
    }
  }

  private final Watcher watcher;
  private final Map<Storage, Buffer> buffers = new IdentityHashMap<>();
  private final List<Buffer> inOrder = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private List<Composition> open = List.of();
  private Phase phase = Phase.FORWARD;

  /** The operation that runs now and shows nothing of its inside. */
  private @Nullable Op running;

  /** What that runs. */
  private final List<String> inside = new ArrayList<>();

  private Trace(Watcher watcher) {
    this.watcher = watcher;
  }

  /** What an action runs on this thread. */
  public static Trace of(Runnable action, Watcher watcher) {
    Trace trace = new Trace(watcher);
    RUNNING.incrementAndGet();
    try {
      ScopedValue.where(CURRENT, trace).run(action);
    } finally {
      RUNNING.decrementAndGet();
    }
    return trace;
  }

  /** The program that is being written on this thread, or null. */
  static @Nullable Trace current() {
    return RUNNING.get() != 0 && CURRENT.isBound() ? CURRENT.get() : null;
  }

  /** What an action runs belongs to a phase of its own. */
  <T> T in(Phase inner, Supplier<T> action) {
    Phase outer = phase;
    phase = inner;
    try {
      return action.get();
    } finally {
      phase = outer;
    }
  }

  /** Runs an operation. */
  List<Tensor> run(
      Op op, List<Tensor> inputs, List<TensorType> types, Supplier<List<Tensor>> forward) {
    return switch (op) {
      case CompositeOp composite -> compose(composite, forward);
      case ViewOp _ -> forward.get();
      case PrimitiveOp primitive ->
          run(
              op,
              inputs,
              (in, out) -> primitive.compute(Dispatch.call(op, in, types), new GivenOutputs(out)),
              forward);
      default -> runWhole(op, inputs, types, forward);
    };
  }

  /** Runs an operation of which nobody knows what it does inside. */
  private List<Tensor> runWhole(
      Op op, List<Tensor> inputs, List<TensorType> types, Supplier<List<Tensor>> forward) {
    boolean[] areViews = new boolean[types.size()];
    return run(
        op,
        inputs,
        (in, out) -> {
          int next = 0;
          List<Tensor> results = op.forward(Dispatch.call(op, in, types));
          for (int k = 0; k < areViews.length; k++) {
            if (!areViews[k]) {
              new GivenOutputs(out).set(next++, results.get(k));
            } else if (!isView(results.get(k), in)) {
              throw otherWay(op.name() + " gave a view then, and new numbers now");
            }
          }
        },
        () -> {
          List<Tensor> outputs = forward.get();
          for (int k = 0; k < areViews.length; k++) {
            areViews[k] = isView(outputs.get(k), inputs);
          }
          return outputs;
        });
  }

  private static boolean isView(Tensor output, List<Tensor> inputs) {
    Storage storage = ACCESS.storage(output);
    return inputs.stream().anyMatch(input -> storage == ACCESS.storage(input));
  }

  private static IllegalStateException otherWay(String difference) {
    return new IllegalStateException(
        "these numbers lead another way than those of the program: " + difference);
  }

  private List<Tensor> compose(CompositeOp op, Supplier<List<Tensor>> forward) {
    List<Composition> outer = open;
    List<Composition> inner = new ArrayList<>(outer);
    inner.add(new Composition(op));
    open = List.copyOf(inner);
    try {
      return forward.get();
    } finally {
      open = outer;
    }
  }

  /** Runs an operation that is a step. */
  List<Tensor> run(Op op, List<Tensor> inputs, Kernel kernel, Supplier<List<Tensor>> forward) {
    if (running instanceof PrimitiveOp) {
      throw new IllegalStateException(
          "%s is a primitive operation and runs another, %s".formatted(running.name(), op.name()));
    }
    if (running != null) {
      inside.add(op.name());
      return forward.get();
    }
    List<Place> read = inputs.stream().map(this::read).toList();
    watcher.begins();
    inside.clear();
    running = op;
    List<Tensor> outputs;
    try {
      outputs = forward.get();
    } finally {
      running = null;
    }
    add(op, inputs, read, outputs, kernel);
    return outputs;
  }

  /** What Java code reads out of tensors: a step that checks it. */
  <T> T look(List<Tensor> tensors, Function<List<Tensor>, T> question) {
    T answer = question.apply(tensors);
    if (running == null) {
      List<Place> read = tensors.stream().map(this::read).toList();
      watcher.begins();
      write("look", read, List.of(), (in, _) -> check(answer, question.apply(in)));
    }
    return answer;
  }

  private static void check(Object expected, Object given) {
    if (!Objects.deepEquals(expected, given)) {
      throw otherWay("a look at them gave %s, not %s".formatted(text(given), text(expected)));
    }
  }

  private static String text(Object answer) {
    String inBrackets = Arrays.deepToString(new Object[] {answer});
    return inBrackets.substring(1, inBrackets.length() - 1);
  }

  private void add(
      Op op, List<Tensor> inputs, List<Place> read, List<Tensor> outputs, Kernel kernel) {
    List<Tensor> written = outputs.stream().filter(o -> !isView(o, inputs)).toList();
    if (!written.isEmpty() || outputs.isEmpty()) {
      write(name(op), read, written, kernel);
    }
  }

  private static String name(Op op) {
    String text = op.toString();
    return op.name().equals("elementwise") && text.length() <= LONGEST ? text : op.name();
  }

  /** Changes parameters. */
  void update(Write write, Tensor[] given) {
    List<Place> read = write.inputs(given).stream().map(this::read).toList();
    List<Tensor> targets = write.targets().stream().map(Parameter::tensor).toList();
    watcher.begins();
    write.run(given);
    in(
        Phase.UPDATE,
        () ->
            write(
                name(write.op()),
                read,
                targets,
                (in, out) -> {
                  List<Tensor> results = write.results(in);
                  for (int k = 0; k < results.size(); k++) {
                    new GivenOutputs(out).set(k, results.get(k));
                  }
                }));
  }

  private Step write(String operation, List<Place> read, List<Tensor> written, Kernel kernel) {
    List<Place> outputs = written.stream().map(tensor -> place(tensor, false)).toList();
    Step step = new Step(phase, operation, open, read, outputs, List.copyOf(inside), kernel);
    inside.clear();
    steps.add(step);
    watcher.ran(step, written);
    return step;
  }

  private Place read(Tensor tensor) {
    return place(tensor, true);
  }

  private Place place(Tensor tensor, boolean isInput) {
    Storage storage = ACCESS.storage(tensor);
    Buffer buffer = buffers.get(storage);
    if (buffer == null) {
      buffer = buffer(tensor, storage, isInput);
      buffers.put(storage, buffer);
      inOrder.add(buffer);
    }
    return new Place(buffer, ACCESS.layout(tensor));
  }

  private Buffer buffer(Tensor tensor, Storage storage, boolean isInput) {
    int length = (int) (storage.bytes() / storage.dtype().bytes());
    Object initial = isInput ? storage.copyOfArray() : null;
    Node node = ACCESS.node(tensor);
    String name = node == null ? null : node.parameter();
    return new Buffer(inOrder.size(), storage.dtype(), length, initial, name);
  }

  /** In the order in which they were first read or written. */
  public List<Buffer> buffers() {
    return Collections.unmodifiableList(inOrder);
  }

  /** In the order in which they ran. */
  public List<Step> steps() {
    return Collections.unmodifiableList(steps);
  }

  /** Whether a tensor lies in a buffer of the program. */
  public boolean knows(Storage storage) {
    return buffers.containsKey(storage);
  }

  private static String joined(List<Place> places) {
    return places.stream().map(Place::toString).collect(Collectors.joining(", "));
  }

  /** The program, a line for each input and each step. */
  @Override
  public String toString() {
    return new TraceText(this).text();
  }
}
