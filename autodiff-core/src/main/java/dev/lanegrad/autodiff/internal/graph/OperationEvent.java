package dev.lanegrad.autodiff.internal.graph;

import static java.util.stream.Collectors.joining;

import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.op.Op;
import java.util.Arrays;
import java.util.List;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A flight recorder event for an operation, off unless a recording switches it on. */
@Name("dev.lanegrad.Operation")
@Label("Lanegrad Operation")
@Category("Lanegrad")
@Description("One operation on tensors, or one update of parameters")
@Enabled(false)
@StackTrace(false)
final class OperationEvent extends Event {
  @Label("Operation")
  String operation = "";

  @Label("Inputs")
  String inputs = "";

  @Label("Outputs")
  String outputs = "";

  void finish(Write write, Tensor[] given) {
    end();
    if (shouldCommit()) {
      this.operation = "update";
      this.inputs = Arrays.stream(given).map(t -> t.type().toString()).collect(joining(" x "));
      this.outputs = write.targets().stream().map(Parameter::toString).toList().toString();
      commit();
    }
  }

  void finish(Op op, List<Tensor> inputs, List<TensorType> types) {
    end();
    if (shouldCommit()) {
      this.operation = op.name();
      this.inputs =
          inputs.stream().map(t -> t.dtype().toString() + t.shape()).collect(joining(" x "));
      this.outputs = types.toString();
      commit();
    }
  }
}
