package dev.lanegrad.autodiff.internal.graph;

import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Op;
import dev.lanegrad.autodiff.op.PrimitiveOp;
import dev.lanegrad.autodiff.op.Saved;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The gate every operation goes through: check, infer, run, record. */
public final class Dispatch {
  private static final TensorAccess ACCESS = TensorAccess.get();

  private Dispatch() {}

  public static List<Tensor> run(Op op, List<Tensor> inputs) {
    return GraphRecorder.isOn() ? GraphRecorder.run(op, inputs) : perform(op, inputs);
  }

  static List<Tensor> perform(Op op, List<Tensor> inputs) {
    requirePresent(op, inputs);
    TensorType[] given = new TensorType[inputs.size()];
    for (int i = 0; i < given.length; i++) {
      given[i] = inputs.get(i).type();
    }
    List<TensorType> types = Present.returned(op.name(), "infer", op.infer(Arrays.asList(given)));
    if (isAnyMeta(inputs)) {
      return record(op, inputs, types, types.stream().map(ACCESS::meta).toList());
    }
    OperationEvent event = FlightRecorder.begin();
    Trace trace = Trace.current();
    List<Tensor> outputs =
        trace == null
            ? forward(op, call(op, inputs, types))
            : trace.run(op, inputs, types, () -> forward(op, call(op, inputs, types)));
    if (event != null) {
      event.finish(op, inputs, types);
    }
    checkOutputs(op, types, Present.returned(op.name(), "forward", outputs));
    return finish(op, inputs, types, outputs);
  }

  /**
   * The same for an operation that knows what to do with such inputs.
   *
   * @param preparation checks the inputs, as {@link Op#infer} does
   */
  public static List<Tensor> run(Op op, List<Tensor> inputs, Prepared.Preparation preparation) {
    if (GraphRecorder.isOn()) {
      return GraphRecorder.run(op, inputs);
    }
    requirePresent(op, inputs);
    if (isAnyMeta(inputs)) {
      return perform(op, inputs);
    }
    Prepared prepared = preparation.of(inputs);
    List<TensorType> types = prepared.types();
    OperationEvent event = FlightRecorder.begin();
    List<Tensor> outputs = part(op, inputs, prepared);
    if (event != null) {
      event.finish(op, inputs, types);
    }
    return finish(op, inputs, types, outputs);
  }

  /** Runs a part of a composition on inputs that nobody else has checked or will. */
  public static List<Tensor> part(Op op, List<Tensor> inputs, Prepared prepared) {
    Trace trace = Trace.current();
    return trace == null
        ? prepared.run(inputs)
        : trace.run(op, inputs, prepared::run, () -> prepared.run(inputs));
  }

  /**
   * What Java code reads out of tensors to decide how a composition or a reverse rule goes on, or
   * to make further numbers of. A program of what ran holds as long as the answer is the same.
   *
   * @param question that runs no operation
   */
  public static <T> T look(List<Tensor> tensors, Function<List<Tensor>, T> question) {
    Trace trace = Trace.current();
    return trace == null ? question.apply(tensors) : trace.look(tensors, question);
  }

  /** {@link #look(List, Function)} at one tensor. */
  public static <T> T look(Tensor tensor, Function<Tensor, T> question) {
    Trace trace = Trace.current();
    return trace == null
        ? question.apply(tensor)
        : trace.look(List.of(tensor), tensors -> question.apply(tensors.getFirst()));
  }

  /** Runs an operation on outputs that are made for it. */
  public static List<Tensor> compute(PrimitiveOp op, Call call) {
    if (call.outputs() == 1) {
      List<Tensor> output = List.of(ACCESS.allocate(call.type(0)));
      op.compute(call, new GivenOutputs(output));
      return output;
    }
    Tensor[] made = new Tensor[call.outputs()];
    for (int k = 0; k < made.length; k++) {
      made[k] = ACCESS.allocate(call.type(k));
    }
    List<Tensor> outputs = List.of(made);
    op.compute(call, new GivenOutputs(outputs));
    return outputs;
  }

  static Call call(Op op, List<Tensor> inputs, List<TensorType> types) {
    return new ForwardCall(op, inputs, types);
  }

  /**
   * Changes parameters by an operation; nothing is recorded. Of tensors without numbers nothing
   * becomes of the parameters.
   */
  public static void update(Write write, Tensor[] given) {
    if (!write.check(given)) {
      return;
    }
    OperationEvent event = FlightRecorder.begin();
    Trace trace = Trace.current();
    if (trace == null) {
      write.run(given);
    } else {
      trace.update(write, given);
    }
    if (event != null) {
      event.finish(write, given);
    }
    for (Tensor tensor : given) {
      ACCESS.storage(tensor).requireUnreleased();
    }
    if (Anomaly.isWatched()) {
      Anomaly.checkUpdate(write, given);
    }
  }

  private static List<Tensor> finish(
      Op op, List<Tensor> inputs, List<TensorType> types, List<Tensor> outputs) {
    requireUnreleased(inputs);
    if (Anomaly.isWatched()) {
      outputs.forEach(output -> Anomaly.checkValue(op, inputs, output));
    }
    return record(op, inputs, types, outputs);
  }

  private static List<Tensor> record(
      Op op, List<Tensor> inputs, List<TensorType> types, List<Tensor> outputs) {
    if (!isAnyTracked(inputs) || !Recording.isOn()) {
      return outputs;
    }
    Saved saved = Anomaly.isWatched() ? Saved.ALL : op.saved(new TypesCall(op, inputs, types));
    Node node = Node.of(op, keptInputs(inputs, saved), types);
    List<Tensor> recorded = recorded(outputs, node);
    boolean areMeta = !outputs.isEmpty() && outputs.getFirst().isMeta();
    node.setOutputs(keptOutputs(recorded, saved), areMeta);
    return recorded;
  }

  private static List<Tensor> forward(Op op, Call call) {
    return Anomaly.isWatched() ? Anomaly.ignore(() -> op.forward(call)) : op.forward(call);
  }

  /** The inputs of an operation as a list, none of which is null. */
  public static List<Tensor> listOf(Op op, Tensor... inputs) {
    if (inputs == null) {
      throw Present.missing(op.name(), "inputs");
    }
    for (int i = 0; i < inputs.length; i++) {
      requirePresent(op, i, inputs[i]);
    }
    return List.of(inputs);
  }

  private static void requirePresent(Op op, List<Tensor> inputs) {
    if (inputs == null) {
      throw Present.missing(op.name(), "inputs");
    }
    for (int i = 0; i < inputs.size(); i++) {
      requirePresent(op, i, inputs.get(i));
    }
  }

  private static void requirePresent(Op op, int index, Tensor input) {
    if (input == null) {
      throw Present.missing(op.name(), String.format(Locale.ROOT, "inputs[%d]", index));
    }
  }

  /** Those that are read again, and of the others the types and where they come from. */
  private static List<Tensor> keptInputs(List<Tensor> inputs, Saved saved) {
    boolean areAll = true;
    for (int i = 0; i < inputs.size(); i++) {
      areAll &= isKept(inputs, i, saved);
    }
    if (areAll) {
      return List.copyOf(inputs);
    }
    Tensor[] kept = inputs.toArray(Tensor[]::new);
    for (int i = 0; i < kept.length; i++) {
      kept[i] = isKept(inputs, i, saved) ? kept[i] : ACCESS.withoutNumbers(kept[i]);
    }
    return kept.length == 1 ? List.of(kept[0]) : Arrays.asList(kept);
  }

  private static boolean isKept(List<Tensor> inputs, int i, Saved saved) {
    return saved.hasInput(i) || isLeaf(inputs.get(i));
  }

  /** None if no output is read again. */
  private static List<Tensor> keptOutputs(List<Tensor> outputs, Saved saved) {
    boolean areAll = true;
    boolean isAny = false;
    for (int k = 0; k < outputs.size(); k++) {
      areAll &= saved.hasOutput(k);
      isAny |= saved.hasOutput(k);
    }
    if (areAll || !isAny) {
      return areAll ? outputs : List.of();
    }
    Tensor[] kept = outputs.toArray(Tensor[]::new);
    for (int k = 0; k < kept.length; k++) {
      kept[k] = saved.hasOutput(k) ? kept[k] : ACCESS.withoutNumbers(kept[k]);
    }
    return Arrays.asList(kept);
  }

  private static boolean isLeaf(Tensor tensor) {
    Node node = ACCESS.node(tensor);
    return node != null && node.op() == null;
  }

  private static List<Tensor> recorded(List<Tensor> outputs, Node node) {
    if (outputs.size() == 1) {
      return List.of(recorded(outputs.getFirst(), node, 0));
    }
    Tensor[] recorded = new Tensor[outputs.size()];
    for (int k = 0; k < recorded.length; k++) {
      recorded[k] = recorded(outputs.get(k), node, k);
    }
    return List.of(recorded);
  }

  private static Tensor recorded(Tensor output, Node node, int index) {
    return output.dtype().isFloating() ? ACCESS.tracked(output, node, index) : output;
  }

  /** Of inputs that have been read: what comes from one whose scope ended meanwhile is wrong. */
  private static void requireUnreleased(List<Tensor> inputs) {
    for (int i = 0; i < inputs.size(); i++) {
      ACCESS.storage(inputs.get(i)).requireUnreleased();
    }
  }

  private static boolean isAnyTracked(List<Tensor> inputs) {
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i).isTracked()) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAnyMeta(List<Tensor> inputs) {
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i).isMeta()) {
        return true;
      }
    }
    return false;
  }

  private static void checkOutputs(Op op, List<TensorType> types, List<Tensor> outputs) {
    boolean asInferred = types.size() == outputs.size();
    for (int k = 0; asInferred && k < types.size(); k++) {
      TensorType type = types.get(k);
      Tensor output = outputs.get(k);
      asInferred =
          output != null && output.dtype() == type.dtype() && output.shape().equals(type.shape());
    }
    if (!asInferred) {
      throw new ShapeException(
          "%s: forward gave %s where infer said %s"
              .formatted(op.name(), outputs.stream().map(Dispatch::describe).toList(), types));
    }
  }

  private static String describe(@Nullable Tensor output) {
    return output == null ? "null" : output.type().toString();
  }
}
