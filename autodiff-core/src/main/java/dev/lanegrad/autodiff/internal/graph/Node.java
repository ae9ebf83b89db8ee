package dev.lanegrad.autodiff.internal.graph;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.UserCall;
import dev.lanegrad.autodiff.op.Op;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One recorded operation, or a leaf: a tensor that was asked to be tracked. Later nodes have higher
 * sequence numbers than what they depend on, so falling order of sequence is an order for the
 * reverse pass.
 */
public final class Node {
  private static final AtomicLong SEQUENCE = new AtomicLong();
  private static final int[] UNCHANGED = {};

  private final long sequence = SEQUENCE.getAndIncrement();
  private final @Nullable Op op;
  private final List<Tensor> inputs;
  private final List<TensorType> types;
  private final int[] versions;
  private final String origin = Origin.ofCaller();
  private final @Nullable String name;
  private List<Tensor> outputs = List.of();
  private boolean isMeta;
  private int[] outputVersions = UNCHANGED;

  private Node(
      @Nullable Op op, List<Tensor> inputs, List<TensorType> types, @Nullable String name) {
    this.op = op;
    this.inputs = inputs;
    this.types = types;
    this.versions = versions(inputs);
    this.name = name;
  }

  /** The versions of tensors; none where each is 0, as of whatever is no parameter. */
  private static int[] versions(List<Tensor> tensors) {
    int[] versions = UNCHANGED;
    for (int i = 0; i < tensors.size(); i++) {
      int version = version(tensors.get(i));
      if (version != 0 && versions.length == 0) {
        versions = new int[tensors.size()];
      }
      if (version != 0) {
        versions[i] = version;
      }
    }
    return versions;
  }

  private static int version(Tensor tensor) {
    return TensorAccess.get().storage(tensor).version();
  }

  public static Node leaf(TensorType type) {
    return new Node(null, List.of(), List.of(type), null);
  }

  /** The leaf of a parameter. */
  public static Node leaf(TensorType type, String parameter) {
    return new Node(null, List.of(), List.of(type), parameter);
  }

  public static Node of(Op op, List<Tensor> inputs, List<TensorType> types) {
    String called = Anomaly.isWatched() ? UserCall.nameOr(op.name()) : null;
    return new Node(op, inputs, types, called);
  }

  /**
   * The tracked outputs, for rules that read them; none if none is read.
   *
   * @param areMeta whether none ever had numbers
   */
  public void setOutputs(List<Tensor> outputs, boolean areMeta) {
    this.outputs = outputs;
    this.isMeta = areMeta;
    this.outputVersions = versions(outputs);
  }

  public long sequence() {
    return sequence;
  }

  /** Whether the outputs never had numbers. */
  public boolean isMeta() {
    return isMeta;
  }

  /** The operation, or null for a leaf. */
  public @Nullable Op op() {
    return op;
  }

  /** The name of the parameter that a leaf belongs to, or null. */
  public @Nullable String parameter() {
    return op == null ? name : null;
  }

  public List<Tensor> inputs() {
    return inputs;
  }

  public List<Tensor> outputs() {
    return outputs;
  }

  public List<TensorType> types() {
    return types;
  }

  /** Whether an input has been updated in place since this was recorded. */
  public boolean isStale(int input) {
    return isStale(inputs, versions, input);
  }

  /** Whether an output, which may be a view of an input, has been. */
  public boolean isOutputStale(int output) {
    return isStale(outputs, outputVersions, output);
  }

  private static boolean isStale(List<Tensor> tensors, int[] versions, int i) {
    return version(tensors.get(i)) != (versions.length == 0 ? 0 : versions[i]);
  }

  /**
   * The name of the operation, or in anomaly mode of the method that the user called; and with
   * tracing on the line of code that recorded this.
   */
  public String describe() {
    if (op == null) {
      return "leaf" + origin;
    }
    return (name == null ? op.name() : name) + origin;
  }
}
