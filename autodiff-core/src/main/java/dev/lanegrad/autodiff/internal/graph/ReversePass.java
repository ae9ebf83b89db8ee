package dev.lanegrad.autodiff.internal.graph;

import dev.lanegrad.autodiff.AnomalyException;
import dev.lanegrad.autodiff.GradientException;
import dev.lanegrad.autodiff.LanegradException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.Apart;
import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.internal.memory.Recycler;
import dev.lanegrad.autodiff.internal.memory.Storage;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Op;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Walks the graph from an output in falling order of sequence numbers, so that a node is visited
 * once, after everything that uses it. Pending gradients are dropped once they are passed on, and
 * their memory is used again at once if nothing else can hold them: rules of this library keep
 * nothing of what they are given or make, those of users may.
 */
public final class ReversePass {
  private static final TensorAccess ACCESS = TensorAccess.get();

  private final Map<Node, @Nullable Tensor[]> pending = new IdentityHashMap<>();
  private final PriorityQueue<Node> queue =
      new PriorityQueue<>((a, b) -> Long.compare(b.sequence(), a.sequence()));

  /** Gradients that are recorded belong to the graph. */
  private final Recycler recycler = Recording.isOn() ? Recycler.none() : Recycler.ofScope();

  /** The nodes that lead to a target, or null where every leaf is one. */
  private final @Nullable Set<Node> useful;

  private ReversePass(@Nullable Set<Node> useful) {
    this.useful = useful;
  }

  /** The gradients of all leaves that {@code output} depends on, from a seed for the output. */
  public static Map<Node, Tensor> leaves(Tensor output, Tensor seed) {
    Map<Node, Tensor> gradients = new IdentityHashMap<>();
    ReversePass pass = new ReversePass(null);
    pass.run(
        output,
        seed,
        (node, slots) -> {
          if (node.op() == null && slots[0] != null) {
            gradients.put(node, slots[0]);
          }
        });
    return gradients;
  }

  /** The gradients of certain tensors, which may be intermediate ones; null for one of zeros. */
  public static List<@Nullable Tensor> targets(Tensor output, Tensor seed, List<Tensor> targets) {
    Map<Node, @Nullable Tensor[]> kept = new IdentityHashMap<>();
    Set<Node> wanted = new HashSet<>();
    targets.forEach(t -> wanted.add(node(t)));
    ReversePass pass = new ReversePass(leadingTo(wanted, output));
    pass.run(
        output,
        seed,
        (node, slots) -> {
          if (wanted.contains(node)) {
            kept.put(node, slots.clone());
            pass.holdAll(slots);
          }
        });
    List<@Nullable Tensor> gradients = new ArrayList<>();
    for (Tensor target : targets) {
      @Nullable Tensor[] slots = kept.get(node(target));
      gradients.add(slots == null ? null : slots[ACCESS.outputIndex(target)]);
    }
    return gradients;
  }

  /** Whether the output depends on a leaf other than the given ones. */
  public static boolean dependsOnOthers(Tensor output, List<Tensor> leaves) {
    Set<Node> own = new HashSet<>();
    leaves.forEach(l -> own.add(node(l)));
    return reachable(output).stream().anyMatch(n -> n.op() == null && !own.contains(n));
  }

  /** The leaves that a tracked tensor was computed from, in the order in which they were made. */
  public static List<Tensor> leavesOf(Tensor output) {
    SortedMap<Long, Tensor> leaves = new TreeMap<>();
    Stream.concat(Stream.of(output), reachable(output).stream().flatMap(n -> n.inputs().stream()))
        .forEach(
            tensor -> {
              Node node = ACCESS.node(tensor);
              if (node != null && node.op() == null) {
                leaves.putIfAbsent(node.sequence(), tensor);
              }
            });
    return List.copyOf(leaves.values());
  }

  /** Bytes of the arrays that the nodes under an output keep, but for those of leaves. */
  public static long keptBytes(Tensor output) {
    Set<Storage> kept = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<Storage> ofLeaves = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Node node : reachable(output)) {
      for (Tensor input : node.inputs()) {
        Node from = ACCESS.node(input);
        boolean isLeaf = from != null && from.op() == null;
        (isLeaf ? ofLeaves : kept).add(ACCESS.storage(input));
      }
      node.outputs().forEach(result -> kept.add(ACCESS.storage(result)));
    }
    kept.removeAll(ofLeaves);
    return kept.stream().mapToLong(Storage::bytes).sum();
  }

  private static Node node(Tensor tensor) {
    Node node = ACCESS.node(tensor);
    if (node == null) {
      throw new GradientException(
          "tensor of shape %s is not tracked: call requiresGrad() on it before it is used"
              .formatted(tensor.shape()));
    }
    return node;
  }

  private static List<Node> reachable(Tensor output) {
    Set<Node> seen = new HashSet<>();
    Deque<Node> open = new ArrayDeque<>();
    List<Node> found = new ArrayList<>();
    open.add(node(output));
    while (!open.isEmpty()) {
      Node node = open.pop();
      if (seen.add(node)) {
        found.add(node);
        for (Tensor input : node.inputs()) {
          Node next = ACCESS.node(input);
          if (next != null) {
            open.push(next);
          }
        }
      }
    }
    return found;
  }

  private static Set<Node> leadingTo(Set<Node> targets, Tensor output) {
    List<Node> nodes = reachable(output);
    nodes.sort(Comparator.comparingLong(Node::sequence));
    Set<Node> useful = new HashSet<>(targets);
    for (Node node : nodes) {
      for (Tensor input : node.inputs()) {
        Node from = ACCESS.node(input);
        if (from != null && useful.contains(from)) {
          useful.add(node);
        }
      }
    }
    return useful;
  }

  /** Shows the gradient of every node that has one; what is shown is used again afterwards. */
  static void visitAll(Tensor output, Tensor seed, Visitor visitor) {
    new ReversePass(null).run(output, seed, visitor);
  }

  /** Sees a node once its gradients are complete: one for each output, null for one of zeros. */
  interface Visitor {
    void visit(Node node, @Nullable Tensor[] gradients);
  }

  private void run(Tensor output, Tensor seed, Visitor visitor) {
    Trace trace = Trace.current();
    if (trace == null) {
      Apart.run(() -> walk(output, seed, visitor));
    } else {
      trace.in(
          Trace.Phase.REVERSE,
          () -> {
            walk(output, seed, visitor);
            return true;
          });
    }
  }

  private void walk(Tensor output, Tensor seed, Visitor visitor) {
    add(output, seed);
    while (!queue.isEmpty()) {
      Node node = queue.poll();
      @Nullable Tensor[] gradients = Objects.requireNonNull(pending.remove(node));
      visitor.visit(node, gradients);
      Op op = node.op();
      if (op != null) {
        passOn(node, op, gradients);
        dropAll(gradients);
      }
    }
  }

  private void holdAll(@Nullable Tensor[] gradients) {
    for (Tensor gradient : gradients) {
      if (gradient != null) {
        recycler.hold(ACCESS.storage(gradient));
      }
    }
  }

  private void dropAll(@Nullable Tensor[] gradients) {
    for (Tensor gradient : gradients) {
      if (gradient != null) {
        recycler.drop(ACCESS.storage(gradient));
      }
    }
  }

  private void leaveAllAlone(@Nullable Tensor[] gradients) {
    for (Tensor gradient : gradients) {
      if (gradient != null) {
        recycler.leaveAlone(ACCESS.storage(gradient));
      }
    }
  }

  private static boolean keepsNothing(Op op) {
    return op.getClass().getPackageName().equals(Op.class.getPackageName());
  }

  private void passOn(Node node, Op op, @Nullable Tensor[] gradients) {
    List<Tensor> inputs = node.inputs();
    boolean[] needs = new boolean[inputs.size()];
    boolean any = false;
    for (int i = 0; i < needs.length; i++) {
      Node from = ACCESS.node(inputs.get(i));
      needs[i] = from != null && (useful == null || useful.contains(from));
      any |= needs[i];
    }
    if (!any) {
      return;
    }
    boolean watched = keepsNothing(op);
    if (!watched) {
      leaveAllAlone(gradients);
    }
    int before = recycler.now();
    List<@Nullable Tensor> results = reverse(node, op, needs, Arrays.asList(gradients));
    if (watched) {
      recycler.watchSince(before);
    }
    Present.returned(node.describe(), "the reverse rule", results);
    if (results.size() != inputs.size()) {
      throw new GradientException(
          String.format(
              Locale.ROOT,
              "%s: the reverse rule gave %d gradients for %d inputs",
              node.describe(),
              results.size(),
              inputs.size()));
    }
    for (int i = 0; i < needs.length; i++) {
      Tensor gradient = results.get(i);
      if (needs[i] && gradient != null) {
        if (gradient.isMeta() && !node.isMeta()) {
          throw new GradientException(
              "%s: the reverse rule reads numbers that Op.saved does not name, or it got a gradient"
                      .formatted(node.describe())
                  + " without numbers (Tensor.meta)");
        }
        check(node, i, inputs.get(i), gradient);
        if (Anomaly.isWatched()) {
          Anomaly.checkGradient(node, i, gradient);
        }
        add(inputs.get(i), gradient);
      }
    }
    recycler.sweepSince(before);
  }

  private static List<@Nullable Tensor> reverse(
      Node node, Op op, boolean[] needs, List<@Nullable Tensor> gradients) {
    try {
      Call call = new ReverseCall(node, needs);
      return Anomaly.isWatched()
          ? Anomaly.ignore(() -> op.vjp(call, gradients))
          : op.vjp(call, gradients);
    } catch (GradientException | AnomalyException e) {
      throw e;
    } catch (LanegradException e) {
      throw new GradientException(
          "the reverse rule of %s failed: %s".formatted(node.describe(), e.getMessage()), e);
    }
  }

  private static void check(Node node, int i, Tensor input, Tensor gradient) {
    if (input.dtype() != gradient.dtype() || !input.shape().equals(gradient.shape())) {
      TensorType expected = new TensorType(input.dtype(), input.shape());
      TensorType given = new TensorType(gradient.dtype(), gradient.shape());
      throw new GradientException(
          String.format(
              Locale.ROOT,
              "%s: the reverse rule gave input %d of %s a gradient of %s",
              node.describe(),
              i,
              expected,
              given));
    }
  }

  private void add(Tensor to, Tensor gradient) {
    Node node = node(to);
    @Nullable Tensor[] slots = pending.get(node);
    if (slots == null) {
      slots = new Tensor[node.types().size()];
      pending.put(node, slots);
      queue.add(node);
    }
    int index = ACCESS.outputIndex(to);
    Tensor held = slots[index];
    Tensor sum = gradient;
    if (held != null) {
      int before = recycler.now();
      sum = sum(node, held, gradient);
      recycler.watchSince(before);
    }
    slots[index] = sum;
    recycler.hold(ACCESS.storage(sum));
    if (held != null) {
      recycler.drop(ACCESS.storage(held));
    }
  }

  private static Tensor sum(Node node, Tensor held, Tensor gradient) {
    if (!Anomaly.isWatched()) {
      return held.add(gradient);
    }
    Tensor sum = Anomaly.ignore(() -> held.add(gradient));
    Anomaly.checkSum(node, sum);
    return sum;
  }
}
