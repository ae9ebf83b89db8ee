package dev.lanegrad.autodiff.internal.graph;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Op;
import java.util.List;

/** What an operation may know when it computes. */
record ForwardCall(Op op, List<Tensor> given, List<TensorType> types) implements Call {
  @Override
  public int inputs() {
    return given.size();
  }

  @Override
  public int outputs() {
    return types.size();
  }

  @Override
  public Tensor input(int i) {
    return given.get(i).detach();
  }

  @Override
  public TensorType inputType(int i) {
    return given.get(i).type();
  }

  @Override
  public Tensor output(int k) {
    throw new IllegalStateException(op.name() + ": the outputs are not computed yet");
  }

  @Override
  public TensorType type(int k) {
    return types.get(k);
  }

  @Override
  public boolean needsGradient(int i) {
    return false;
  }
}
