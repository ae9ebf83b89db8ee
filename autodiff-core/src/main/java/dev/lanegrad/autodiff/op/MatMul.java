package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.kernel.MatMulLoop;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The matrix product c[i, j] = sum over k of a[i, k] b[k, j], each element one chain of fused
 * multiply-adds in the order of k.
 *
 * <p>Shapes: [n, k] x [k, m] -> [n, m]. Transposed views are read as they lie.
 */
public record MatMul() implements Op {
  @Override
  public String name() {
    return "matmul";
  }

  @Override
  public List<TensorType> infer(List<Tensor> inputs) {
    Checks.inputs(name(), 2, inputs);
    Shape a = inputs.get(0).shape();
    Shape b = inputs.get(1).shape();
    if (a.rank() != 2 || b.rank() != 2) {
      throw new ShapeException(
          "matmul: takes two matrices: %s".formatted(Shape.join(List.of(a, b))));
    }
    if (a.dim(1) != b.dim(0)) {
      throw new ShapeException(
          "matmul: inner dimensions differ: %s (%d against %d)"
              .formatted(Shape.join(List.of(a, b)), a.dim(1), b.dim(0)));
    }
    return List.of(new TensorType(Checks.floating(name(), inputs), Shape.of(a.dim(0), b.dim(1))));
  }

  @Override
  public List<Tensor> forward(Call call) {
    Tensor a = call.input(0);
    Tensor b = call.input(1);
    TensorType type = call.type(0);
    Tensor c = Views.allocate(type);
    MatMulLoop.run(
        type.dtype(),
        Views.operand(a),
        Views.operand(b),
        Views.array(c),
        0,
        a.shape().dim(0),
        a.shape().dim(1),
        b.shape().dim(1));
    return List.of(c);
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    if (gradient == null) {
      return Gradient.of(null, null);
    }
    return Gradient.of(
        call.needsGradient(0) ? gradient.matmul(call.input(1).transpose()) : null,
        call.needsGradient(1) ? call.input(0).transpose().matmul(gradient) : null);
  }
}
