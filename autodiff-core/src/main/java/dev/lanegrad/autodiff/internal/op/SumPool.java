package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.kernel.pooling.SumPoolLoop;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.internal.types.Slide;
import dev.lanegrad.autodiff.internal.types.Spans;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Outputs;
import dev.lanegrad.autodiff.op.PrimitiveOp;
import dev.lanegrad.autodiff.op.Saved;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sum of the elements in each rectangle of spans, added in row-major order; float32 of more
 * than 1,024 elements in float64, rounded once.
 *
 * <p>Shapes: [n, c, length] gives [n, c, spans].
 *
 * @param spans for each dimension, one or two, what is taken together
 */
public record SumPool(List<Spans> spans) implements PrimitiveOp {
  public SumPool {
    spans = List.copyOf(Present.all("sumPool", "spans", spans));
  }

  /**
   * Sums over windows without dilation, of which each must see an element.
   *
   * @param operation the name in messages
   * @throws ShapeException if no window fits, or the padding is more than half of one
   */
  public static SumPool ofWindows(String operation, List<Slide> slides) {
    Slides.checkPooling(operation, Present.all(operation, "slides", slides));
    return new SumPool(slides.stream().map(Spans::of).toList());
  }

  @Override
  public String name() {
    return "sumPool" + spans.size() + "d";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Checks.inputs(name(), 1, inputs);
    DType dtype = Checks.floating(name(), inputs);
    Shape shape = PooledSpans.check(name(), spans, inputs.getFirst().shape(), Spans::length);
    return List.of(new TensorType(dtype, PooledSpans.replaced(shape, spans, Spans::count)));
  }

  @Override
  public void compute(Call call, Outputs outputs) {
    Tensor x = Views.contiguous(call.input(0));
    int planes = x.shape().dim(0) * x.shape().dim(1);
    new SumPoolLoop(PooledSpans.rows(spans), spans.getLast())
        .sum(planes, Views.array(x), Views.layout(x).offset(), Views.array(outputs.get(0)));
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING;
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    return Gradient.of(gradient == null ? null : new SpreadPool(spans).applyTo(gradient));
  }
}
