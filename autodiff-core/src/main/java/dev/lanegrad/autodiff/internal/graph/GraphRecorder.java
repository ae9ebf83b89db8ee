package dev.lanegrad.autodiff.internal.graph;

import dev.lanegrad.autodiff.GradientException;
import dev.lanegrad.autodiff.GraphView;
import dev.lanegrad.autodiff.GraphView.Numbers;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.internal.UserCall;
import dev.lanegrad.autodiff.internal.memory.Layout;
import dev.lanegrad.autodiff.internal.memory.Storage;
import dev.lanegrad.autodiff.op.Op;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Notes each operation and its numbers as they are made, for a {@link GraphView}. It does not rely
 * on what nodes keep: operations on tensors that need no gradient have none, and a scope may take
 * back the numbers of those that do.
 */
public final class GraphRecorder {
  /** How many run: looking for a binding costs more than this, for every operation. */
  private static final AtomicInteger RUNNING = new AtomicInteger();

  private static final ScopedValue<GraphRecorder> CURRENT = ScopedValue.newInstance();

  /** Inside an operation nothing counts but its result. */
  private static final GraphRecorder NOBODY = new GraphRecorder();

  private static final TensorAccess ACCESS = TensorAccess.get();

  /** A tensor and its numbers when it was made, or first read. */
  private record Noted(Tensor tensor, int version, Numbers values) {
    static Noted of(Tensor tensor) {
      return new Noted(tensor, ACCESS.storage(tensor).version(), Numbers.of(tensor));
    }
  }

  /** A node of the view; its place in the list is its number. */
  private record Entry(
      String operation,
      @Nullable String formula,
      List<Place> inputs,
      List<Noted> results,
      String origin) {}

  /** Where a tensor comes from; one that is updated in place is another from then on. */
  private record Place(int entry, int result, int version) {}

  /** What two tensors have in common that show the same elements in the same way. */
  private record Elements(Storage storage, Layout layout) {
    static Elements of(Tensor tensor) {
      return new Elements(ACCESS.storage(tensor), ACCESS.layout(tensor));
    }
  }

  private record Named(String name, Tensor tensor) {}

  /** Of a view around this one, which sees what this one sees. */
  private final @Nullable GraphRecorder outer = current();

  private final List<Entry> entries = new ArrayList<>();
  private final Map<Tensor, Place> places = new IdentityHashMap<>();
  private final Map<Elements, Tensor> latest = new HashMap<>();
  private final Map<Place, String> names = new HashMap<>();

  /** Tensors with names that nothing has read so far. */
  private final Map<Elements, Named> expected = new HashMap<>();

  /** Whether there is a graph to be recorded. */
  public static boolean isAllowed() {
    return Recording.isOn();
  }

  static boolean isOn() {
    return RUNNING.get() != 0 && current() != null;
  }

  /** That of this thread, or null. */
  @SuppressWarnings("ReferenceEquality") // there is one of it
  public static @Nullable GraphRecorder current() {
    GraphRecorder current = RUNNING.get() != 0 ? CURRENT.orElse(NOBODY) : NOBODY;
    return current == NOBODY ? null : current;
  }

  /** Runs something that is noted. */
  public Tensor run(Supplier<Tensor> action) {
    RUNNING.incrementAndGet();
    try {
      Tensor result = ScopedValue.where(CURRENT, this).call(action::get);
      return Present.returned("record", "the output", result);
    } finally {
      RUNNING.decrementAndGet();
    }
  }

  /** Runs something that is noted by a recorder of another thread, or by none. */
  public static <T extends @Nullable Object> T with(
      @Nullable GraphRecorder recorder, Supplier<T> action) {
    GraphRecorder wanted = recorder == null ? NOBODY : recorder;
    return RUNNING.get() != 0 ? ScopedValue.where(CURRENT, wanted).call(action::get) : action.get();
  }

  /** Runs an operation and notes it. */
  static List<Tensor> run(Op op, List<Tensor> inputs) {
    GraphRecorder inner = current();
    List<Tensor> results = with(null, () -> Dispatch.perform(op, inputs));
    for (GraphRecorder each = inner; each != null; each = each.outer) {
      each.note(op, inputs, results);
    }
    return results;
  }

  private synchronized void note(Op op, List<Tensor> inputs, List<Tensor> results) {
    List<Place> read = inputs.stream().map(this::place).toList();
    String name = op.name().equals("elementwise") ? UserCall.nameOr(op.name()) : op.name();
    add(name, formula(op), read, results);
  }

  /** Nothing for an operation whose text is its name or an address. */
  private static @Nullable String formula(Op op) {
    String text = op.toString();
    boolean saysNothing = text.isEmpty() || text.equals(op.name()) || text.endsWith("[]");
    return saysNothing || text.contains(op.getClass().getName() + "@") ? null : text;
  }

  private void add(
      String operation, @Nullable String formula, List<Place> inputs, List<Tensor> results) {
    for (int k = 0; k < results.size(); k++) {
      Tensor result = results.get(k);
      int version = ACCESS.storage(result).version();
      places.put(result, new Place(entries.size(), k, version));
      latest.put(Elements.of(result), result);
    }
    List<Noted> noted = results.stream().map(Noted::of).toList();
    entries.add(new Entry(operation, formula, inputs, noted, Origin.ofCaller()));
  }

  /** Where a tensor comes from; one that is not known begins here. */
  private Place place(Tensor tensor) {
    int version = ACCESS.storage(tensor).version();
    Place known = places.get(tensor);
    if (known != null && known.version == version) {
      return known;
    }
    Named named = expected.remove(Elements.of(tensor));
    if (named != null) {
      addLeaf(named.tensor);
      names.put(placeOf(named.tensor), named.name);
      return place(tensor);
    }
    Tensor alias = latest.get(Elements.of(tensor));
    Place same = alias == null ? null : places.get(alias);
    if (alias == null || same == null || same.version != version) {
      addLeaf(tensor);
    } else if (alias.isTracked() || tensor.isTracked()) {
      add(tensor.isTracked() ? "requiresGrad" : "detach", null, List.of(same), List.of(tensor));
    } else {
      return same;
    }
    return placeOf(tensor);
  }

  private Place placeOf(Tensor tensor) {
    Place place = places.get(tensor);
    if (place == null) {
      throw new AssertionError(tensor.shape());
    }
    return place;
  }

  private void addLeaf(Tensor tensor) {
    Node node = ACCESS.node(tensor);
    String parameter = node == null ? null : node.parameter();
    String kind = node == null ? "constant" : parameter == null ? "input" : "parameter";
    add(kind, null, List.of(), List.of(tensor));
    if (parameter != null) {
      names.put(placeOf(tensor), parameter);
    }
  }

  /** Names a tensor that will be read; where it is first read decides where its node stands. */
  public void expect(String name, Tensor tensor) {
    expected.put(Elements.of(tensor), new Named(name, tensor));
  }

  /** Names a tensor. */
  public synchronized void name(String name, Tensor tensor) {
    names.put(place(tensor), name);
  }

  /** Names a tensor in every view of this thread. */
  public static void nameEverywhere(String name, Tensor tensor) {
    for (GraphRecorder each = current(); each != null; each = each.outer) {
      each.name(name, tensor);
    }
  }

  /** What led to an output, with the gradients that a reverse pass gives. */
  public synchronized GraphView view(Tensor output, Tensor seed) {
    TensorType type = output.type();
    if (!type.equals(seed.type())) {
      throw new GradientException("record: output is %s, seed is %s".formatted(type, seed.type()));
    }
    Node node = ACCESS.node(output);
    if (node == null) {
      throw new GradientException(
          "record: %s depends on no tensor that requiresGrad()".formatted(type));
    }
    if (node.op() != null && !places.containsKey(output)) {
      throw new GradientException(
          "record: %s was computed before; compute it inside, from its inputs".formatted(type));
    }
    int last = place(output).entry;
    return view(reachable(last), gradients(output, seed));
  }

  private BitSet reachable(int last) {
    BitSet reached = new BitSet();
    Deque<Integer> open = new ArrayDeque<>(List.of(last));
    reached.set(last);
    while (!open.isEmpty()) {
      for (Place input : entries.get(open.pop()).inputs) {
        if (!reached.get(input.entry)) {
          reached.set(input.entry);
          open.push(input.entry);
        }
      }
    }
    return reached;
  }

  /** Copied as they come, before their memory is used again. */
  private static Map<Node, @Nullable Numbers[]> gradients(Tensor output, Tensor seed) {
    Map<Node, @Nullable Numbers[]> gradients = new IdentityHashMap<>();
    Recording.with(
        false,
        () -> {
          ReversePass.visitAll(
              output,
              seed,
              (node, slots) -> {
                @Nullable Numbers[] copies = new Numbers[slots.length];
                for (int k = 0; k < slots.length; k++) {
                  Tensor gradient = slots[k];
                  copies[k] = gradient == null ? null : Numbers.of(gradient);
                }
                gradients.put(node, copies);
              });
          return true;
        });
    return gradients;
  }

  private GraphView view(BitSet reached, Map<Node, @Nullable Numbers[]> gradients) {
    int[] ids = new int[entries.size()];
    List<GraphView.Node> nodes = new ArrayList<>(reached.cardinality());
    for (int e = reached.nextSetBit(0); e >= 0; e = reached.nextSetBit(e + 1)) {
      Entry entry = entries.get(e);
      ids[e] = nodes.size();
      List<GraphView.Input> inputs =
          entry.inputs.stream().map(p -> new GraphView.Input(ids[p.entry], p.result)).toList();
      List<GraphView.Result> results = new ArrayList<>(entry.results.size());
      for (int k = 0; k < entry.results.size(); k++) {
        Noted noted = entry.results.get(k);
        Tensor tensor = noted.tensor;
        results.add(
            new GraphView.Result(
                names.get(new Place(e, k, noted.version)),
                tensor.type(),
                noted.values,
                gradient(tensor, gradients)));
      }
      nodes.add(
          new GraphView.Node(
              ids[e], entry.operation, entry.formula, inputs, results, line(entry.origin)));
    }
    return new GraphView(nodes);
  }

  /** Zeros where a tensor is tracked and no rule gave it a gradient. */
  private static @Nullable Numbers gradient(
      Tensor tensor, Map<Node, @Nullable Numbers[]> gradients) {
    Node node = ACCESS.node(tensor);
    if (node == null) {
      return null;
    }
    @Nullable Numbers[] slots = gradients.get(node);
    Numbers found = slots == null ? null : slots[ACCESS.outputIndex(tensor)];
    return found != null
        ? found
        : new Numbers(tensor.size(), new double[Math.min(tensor.size(), Numbers.MOST_KEPT)], 0, 0);
  }

  private static @Nullable String line(String origin) {
    return origin.isEmpty() ? null : origin.substring(Origin.RECORDED_AT.length());
  }
}
