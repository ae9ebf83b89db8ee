package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.memory.Widened;
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
public record CumMax(int axis, boolean largest) implements Op {
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
  public List<Tensor> forward(Call call) {
    Tensor x = Views.contiguous(call.input(0));
    Tensor values = Views.allocate(call.type(0));
    Tensor indices = Views.allocate(call.type(1));
    int[] places = (int[]) Views.array(indices);
    Axis along = Axis.of(x.shape(), axis);
    int offset = Views.layout(x).offset();
    boolean inLines = along.inner() == 1;
    double[] elements = new double[inLines ? along.length() : along.inner()];
    double[] found = inLines ? elements : new double[elements.length];
    for (int run = 0; run < x.size() / Math.max(1, elements.length); run++) {
      int first = run * elements.length;
      Widened.read(Views.array(x), offset + first, elements, elements.length);
      if (inLines) {
        runAlong(elements, places, first);
      } else {
        goOn(elements, found, run % along.length(), places, first);
      }
      Widened.write(found, Views.array(values), first, elements.length);
    }
    return List.of(values, indices);
  }

  /** Puts in the place of each element of a line what was found up to it. */
  private void runAlong(double[] line, int[] places, int first) {
    double found = line[0];
    int place = 0;
    for (int k = 0; k < line.length; k++) {
      double element = line[k];
      if (takesOver(element, found)) {
        found = element;
        place = k;
      }
      line[k] = found;
      places[first + k] = place;
    }
  }

  /** Takes element k of lines that lie side by side. */
  private void goOn(double[] elements, double[] found, int k, int[] places, int first) {
    for (int line = 0; line < found.length; line++) {
      boolean takesOver = k == 0 || takesOver(elements[line], found[line]);
      found[line] = takesOver ? elements[line] : found[line];
      places[first + line] = takesOver ? k : places[first + line - found.length];
    }
  }

  private boolean takesOver(double element, double found) {
    return (largest ? element >= found : element <= found) || Double.isNaN(element);
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING.output(1);
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    if (gradient == null) {
      return Gradient.of(gradient);
    }
    int size = call.inputType(0).shape().dim(axis);
    return Gradient.of(new ScatterAdd(axis, size).applyTo(gradient, call.output(1)));
  }
}
