package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Outputs;
import dev.lanegrad.autodiff.op.PrimitiveOp;
import dev.lanegrad.autodiff.op.Saved;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where in each line along an axis a value is: the index of the first element that is equal to it,
 * or of the first NaN if it is NaN; -1 if it is not there. No gradient flows through it.
 *
 * <p>Shapes: x [.., n, ..] and a value for each line [.., ..] give int32 [.., ..].
 *
 * @param axis from 0 to rank - 1
 */
public record PlaceOf(int axis) implements PrimitiveOp {
  @Override
  public String name() {
    return "placeOf";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Checks.inputs(name(), 2, inputs);
    Checks.floating(name(), inputs);
    Shape shape = inputs.getFirst().shape();
    Checks.nonEmpty(name(), shape, axis);
    Shape lines = Axis.without(shape, axis);
    if (!inputs.get(1).shape().equals(lines)) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "placeOf: values %s are not one for each line along axis %d of %s",
              inputs.get(1).shape(),
              axis,
              shape));
    }
    return List.of(new TensorType(DType.INT32, lines));
  }

  @Override
  public void compute(Call call, Outputs outputs) {
    Tensor x = Views.contiguous(call.input(0));
    Tensor wanted = Views.contiguous(call.input(1));
    int[] places = (int[]) Views.array(outputs.get(0));
    Axis along = Axis.of(x.shape(), axis);
    int first = Views.layout(x).offset();
    int firstWanted = Views.layout(wanted).offset();
    if (Views.array(x) instanceof float[] values) {
      FloatPlaceOf.find(values, first, (float[]) Views.array(wanted), firstWanted, along, places);
    } else {
      double[] values = (double[]) Views.array(x);
      DoublePlaceOf.find(values, first, (double[]) Views.array(wanted), firstWanted, along, places);
    }
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING;
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    return Gradient.of(null, null);
  }
}
