package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.memory.Widened;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Outputs;
import dev.lanegrad.autodiff.op.PrimitiveOp;
import dev.lanegrad.autodiff.op.Saved;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The largest element so far along an axis, y[k] = max(x[0], ..., x[k]), or the smallest, and where
 * each was found: at the last of equal ones, as 0 and -0 are. A NaN stays until the next NaN. The
 * gradient goes to the element that was found. PyTorch's {@code cummax} and {@code cummin}.
 *
 * <p>Shapes: [.., n, ..] gives the same twice: values, and int32 indices along the axis.
 *
 * @param axis from 0 to rank - 1
 * @param largest whether the largest is wanted, or the smallest
 */
public record CumMax(int axis, boolean largest) implements PrimitiveOp {
  /** Elements of a line that are looked at while they are in the cache. */
  private static final int BLOCK = 1_024;

  @Override
  public String name() {
    return largest ? "cummax" : "cummin";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Checks.inputs(name(), 1, inputs);
    TensorType x = inputs.getFirst();
    Checks.axis(name(), x.shape(), axis);
    return List.of(
        new TensorType(Checks.floating(name(), inputs), x.shape()),
        new TensorType(DType.INT32, x.shape()));
  }

  @Override
  public void compute(Call call, Outputs outputs) {
    Tensor x = Views.contiguous(call.input(0));
    Object values = Views.array(outputs.get(0));
    int[] places = (int[]) Views.array(outputs.get(1));
    Axis along = Axis.of(x.shape(), axis);
    int offset = Views.layout(x).offset();
    boolean inLines = along.inner() == 1;
    int most = inLines ? Math.min(along.length(), BLOCK) : along.inner();
    double[] elements = new double[most];
    double[] found = new double[along.inner()];
    int[] where = new int[along.inner()];
    int count;
    for (int first = 0; first < x.size(); first += count) {
      int k = first / along.inner() % along.length();
      count = inLines ? Math.min(most, along.length() - k) : most;
      Widened.read(Views.array(x), offset + first, elements, count);
      if (k == 0) {
        System.arraycopy(elements, 0, found, 0, found.length);
      }
      if (inLines) {
        runAlong(elements, count, k, found, where, places, first);
        Widened.write(elements, values, first, count);
      } else {
        goOn(elements, k, found, where);
        Widened.write(found, values, first, count);
        System.arraycopy(where, 0, places, first, count);
      }
    }
  }

  /** Puts in the place of elements of a line, from number k on, what was found up to each. */
  private void runAlong(
      double[] elements, int count, int k, double[] found, int[] where, int[] places, int first) {
    double best = found[0];
    int place = where[0];
    for (int i = 0; i < count; i++) {
      double element = elements[i];
      if (!isLess(element, best) && takesOver(element, best)) {
        best = element;
        place = k + i;
      }
      elements[i] = best;
      places[first + i] = place;
    }
    found[0] = best;
    where[0] = place;
  }

  /** Takes element number k of lines that lie side by side. */
  private void goOn(double[] elements, int k, double[] found, int[] where) {
    for (int line = 0; line < found.length; line++) {
      double element = elements[line];
      if (!isLess(element, found[line]) && takesOver(element, found[line])) {
        found[line] = element;
        where[line] = k;
      }
    }
  }

  /** What most elements are: one comparison, which is false of a NaN. */
  private boolean isLess(double element, double best) {
    return largest ? element < best : element > best;
  }

  private boolean takesOver(double element, double best) {
    return (largest ? element >= best : element <= best) || Double.isNaN(element);
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING.output(1);
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    return Gradient.ofFound(call, axis, gradients);
  }
}
