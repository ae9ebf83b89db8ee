package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.BoundedCache;
import dev.lanegrad.autodiff.internal.graph.Prepared;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.kernel.loops.Plan;
import dev.lanegrad.autodiff.internal.memory.Layout;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link Elementwise} or a {@link Fold} makes of inputs that lie in memory in a certain
 * way. It is worked out at first use, so that a repeated call looks at no shape.
 */
final class LoopPlan implements Prepared {
  private static final int CAPACITY = 2_048;
  private static final BoundedCache<Signature, LoopPlan> KNOWN = new BoundedCache<>(CAPACITY);

  private final List<TensorType> types;
  private final Layout layout;
  private final Plan plan;
  private final int inputs;

  /**
   * A plan for operations whose outputs are all of one type.
   *
   * @param inputs how many of the inputs the plan reads, the first ones
   */
  LoopPlan(TensorType type, int outputs, Plan plan, int inputs) {
    this.types = List.copyOf(Collections.nCopies(outputs, type));
    this.layout = Layout.rowMajor(type.shape());
    this.plan = plan;
    this.inputs = inputs;
  }

  /** The plan for inputs that lie like this, or null if none is known. */
  static @Nullable LoopPlan find(Signature signature) {
    return KNOWN.find(signature);
  }

  /** This plan, known from now on. */
  LoopPlan knownFor(Signature signature) {
    return KNOWN.put(signature, this);
  }

  @Override
  public List<TensorType> types() {
    return types;
  }

  /** Runs it on new outputs. */
  @Override
  public List<Tensor> run(List<Tensor> tensors) {
    TensorType type = types.getFirst();
    if (types.size() == 1) {
      List<Tensor> output = List.of(Views.allocate(type.dtype(), layout));
      run(tensors, output);
      return output;
    }
    Tensor[] outputs = new Tensor[types.size()];
    for (int k = 0; k < outputs.length; k++) {
      outputs[k] = Views.allocate(type.dtype(), layout);
    }
    List<Tensor> all = List.of(outputs);
    run(tensors, all);
    return all;
  }

  @Override
  public void run(List<Tensor> tensors, List<Tensor> outputs) {
    int count = inputs + outputs.size();
    Object[] arrays = new Object[count];
    int[] offsets = new int[count];
    for (int k = 0; k < count; k++) {
      Tensor tensor = k < inputs ? tensors.get(k) : outputs.get(k - inputs);
      arrays[k] = Views.array(tensor);
      offsets[k] = Views.layout(tensor).offset();
    }
    plan.run(arrays, offsets);
  }

  /** How many inputs it reads. */
  int inputs() {
    return inputs;
  }

  /** Runs it on the arrays of the inputs, then of the outputs. */
  void run(Object[] arrays, int[] offsets) {
    plan.run(arrays, offsets);
  }
}
