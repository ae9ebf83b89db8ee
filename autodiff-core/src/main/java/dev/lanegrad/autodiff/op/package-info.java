/**
 * What an operation is, for those who write one. The library's own are called by methods of {@link
 * dev.lanegrad.autodiff.Tensor}; three that others are made of are here too: {@link
 * dev.lanegrad.autodiff.op.Elementwise}, {@link dev.lanegrad.autodiff.op.Fold} and {@link
 * dev.lanegrad.autodiff.op.MatMul}.
 *
 * <p>An elementwise function needs no operation of its own, see {@link
 * dev.lanegrad.autodiff.op.Elementwise}. Anything else is a record that implements {@link
 * dev.lanegrad.autodiff.op.Op}: a shape rule that throws before anything is computed, a forward
 * rule, and a reverse rule written in tensor operations, which makes derivatives of every order
 * follow.
 *
 * <pre>{@code
 * record Diagonal() implements Op {
 *   @Override
 *   public String name() {
 *     return "diagonal";
 *   }
 *
 *   @Override
 *   public List<TensorType> infer(List<TensorType> inputs) {
 *     TensorType x = inputs.getFirst();
 *     if (x.rank() != 1) {
 *       throw new ShapeException("diagonal: takes a vector, not " + x.shape());
 *     }
 *     return List.of(new TensorType(x.dtype(), Shape.of(x.size(), x.size())));
 *   }
 *
 *   @Override
 *   public List<Tensor> forward(Call call) {
 *     double[] x = call.input(0).toDoubleArray();
 *     double[] y = new double[x.length * x.length];
 *     for (int i = 0; i < x.length; i++) {
 *       y[i * x.length + i] = x[i];
 *     }
 *     return List.of(Tensor.ofDoubles(call.type(0).dtype(), call.type(0).shape(), y));
 *   }
 *
 *   @Override
 *   public List<Tensor> vjp(Call call, List<Tensor> gradients) {
 *     Tensor gradient = gradients.getFirst();
 *     Tensor identity = Tensor.eye(gradient.dtype(), call.input(0).size());
 *     return List.of(gradient.mul(identity).sum(1));
 *   }
 * }
 * }</pre>
 *
 * <p>A forward rule that returns its outputs is the shortest. {@link
 * dev.lanegrad.autodiff.op.PrimitiveOp} writes into outputs that it is given, {@link
 * dev.lanegrad.autodiff.op.ViewOp} and {@link dev.lanegrad.autodiff.op.CompositeOp} say that a rule
 * shows its inputs or runs other operations: every operation of the library is of one of these
 * kinds.
 *
 * <p>A reverse rule is checked by {@link dev.lanegrad.autodiff.check.GradientCheck}.
 */
@NullMarked
package dev.lanegrad.autodiff.op;

import org.jspecify.annotations.NullMarked;
