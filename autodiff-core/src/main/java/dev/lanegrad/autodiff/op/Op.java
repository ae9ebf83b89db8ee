package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.graph.Dispatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operation on tensors. Usually a record whose components are its attributes.
 *
 * <p>{@link #apply} is how an operation is used: it checks, runs and records. Name, shape rule,
 * forward rule and reverse rule are what an operation defines; the reverse rule is written in
 * tensor operations, so that it can be differentiated again.
 *
 * <p>The operations of this library are of three kinds, which say what the forward rule does to
 * memory: a {@link PrimitiveOp} writes into outputs that it is given, a {@link ViewOp} shows its
 * inputs in another shape or order, a {@link CompositeOp} runs others. One of a user may be of
 * these too. A forward rule of no kind may do as it likes, and nobody looks into it: in a program
 * of what ran it is one step, whose results are copied when the program runs again.
 */
public interface Op {
  /** The name in messages. */
  String name();

  /**
   * Checks the inputs and says what the outputs will be; nothing has been computed yet.
   *
   * @throws dev.lanegrad.autodiff.LanegradException naming the operation and all shapes
   */
  List<TensorType> infer(List<TensorType> inputs);

  /** Computes the outputs, which have the types that {@link #infer} gave. */
  List<Tensor> forward(Call call);

  /**
   * The vector-Jacobian product: from the gradients of the outputs those of the inputs.
   *
   * @param call the inputs and outputs, and which inputs need a gradient
   * @param gradients for each output its gradient, or null for one of zeros
   * @return for each input its gradient with that input's shape and dtype, or null for one of zeros
   */
  List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients);

  /**
   * Which inputs' and outputs' numbers {@link #vjp} reads: the graph keeps these and no others. By
   * default it keeps all.
   *
   * @param call knows types and which gradients may be asked for, and no numbers
   */
  default Saved saved(Call call) {
    return Saved.ALL;
  }

  /** Checks and runs this operation and records it where an input is tracked. */
  default List<Tensor> apply(List<Tensor> inputs) {
    return Dispatch.run(this, inputs);
  }

  /** {@link #apply(List)} for operations with one output. */
  default Tensor applyTo(Tensor... inputs) {
    return apply(Dispatch.listOf(this, inputs)).getFirst();
  }
}
