package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.kernel.pooling.SumPoolLoop;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.internal.types.Spans;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Outputs;
import dev.lanegrad.autodiff.op.PrimitiveOp;
import dev.lanegrad.autodiff.op.Saved;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The adjoint of {@link SumPool}: each element is added to all places of its rectangle, in order;
 * where a place may be in more than 1,024 rectangles, in float64.
 *
 * <p>Shapes: [n, c, spans] gives [n, c, length].
 *
 * @param spans for each dimension, one or two, what is taken together
 */
record SpreadPool(List<Spans> spans) implements PrimitiveOp {
  public SpreadPool {
    spans = List.copyOf(Present.all("spreadPool", "spans", spans));
  }

  @Override
  public String name() {
    return "spreadPool" + spans.size() + "d";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Checks.inputs(name(), 1, inputs);
    DType dtype = Checks.floating(name(), inputs);
    Shape shape = PooledSpans.check(name(), spans, inputs.getFirst().shape(), Spans::count);
    return List.of(new TensorType(dtype, PooledSpans.replaced(shape, spans, Spans::length)));
  }

  @Override
  public void compute(Call call, Outputs outputs) {
    if (LongChains.areLong(call, PooledSpans.overlap(spans))) {
      LongChains.inFloat64(this, call, outputs);
      return;
    }
    Tensor x = Views.contiguous(call.input(0));
    int planes = x.shape().dim(0) * x.shape().dim(1);
    new SumPoolLoop(PooledSpans.rows(spans), spans.getLast())
        .spread(planes, Views.array(x), Views.layout(x).offset(), Views.array(outputs.get(0)));
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING;
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    return Gradient.of(gradient == null ? null : new SumPool(spans).applyTo(gradient));
  }
}
