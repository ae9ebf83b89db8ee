package dev.lanegrad.examples.guide;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Op;
import java.util.List;

/** A vector on the diagonal of a matrix of zeros: [n] -> [n, n]. */
record Diagonal() implements Op {
  @Override
  public String name() {
    return "diagonal";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    TensorType x = inputs.getFirst();
    if (x.rank() != 1) {
      throw new ShapeException("diagonal: takes a vector, not " + x.shape());
    }
    return List.of(new TensorType(x.dtype(), Shape.of(x.size(), x.size())));
  }

  @Override
  public List<Tensor> forward(Call call) {
    double[] x = call.input(0).toDoubleArray();
    double[] y = new double[x.length * x.length];
    for (int i = 0; i < x.length; i++) {
      y[i * x.length + i] = x[i];
    }
    return List.of(Tensor.ofDoubles(call.type(0).dtype(), call.type(0).shape(), y));
  }

  @Override
  public List<Tensor> vjp(Call call, List<Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    Tensor identity = Tensor.eye(gradient.dtype(), call.input(0).size());
    return List.of(gradient.mul(identity).sum(1));
  }
}
