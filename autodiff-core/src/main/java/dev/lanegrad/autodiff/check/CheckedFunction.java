package dev.lanegrad.autodiff.check;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** A function from float64 tensors to float64 tensors, and its vector-Jacobian product. */
final class CheckedFunction {
  private final UnaryOperator<List<Tensor>> function;

  private CheckedFunction(UnaryOperator<List<Tensor>> function) {
    this.function = function;
  }

  /** A function with the inputs that no gradient flows to held fixed. */
  static CheckedFunction of(UnaryOperator<List<Tensor>> function, List<Tensor> inputs) {
    return new CheckedFunction(
        point -> {
          List<Tensor> all = new ArrayList<>(inputs);
          int next = 0;
          for (int i = 0; i < all.size(); i++) {
            if (all.get(i).dtype().isFloating()) {
              all.set(i, point.get(next++));
            }
          }
          return function.apply(all).stream().filter(t -> t.dtype().isFloating()).toList();
        });
  }

  List<Tensor> apply(List<Tensor> point) {
    List<Tensor> outputs = function.apply(point);
    for (Tensor output : outputs) {
      if (output.dtype() != DType.FLOAT64) {
        throw new DTypeException(
            "gradient check: takes functions with float64 results, not %s%s"
                .formatted(output.dtype(), output.shape()));
      }
    }
    return outputs;
  }

  /** The gradients of the sum of all outputs times {@code covectors}. */
  List<Tensor> gradients(List<Tensor> point, List<Tensor> covectors) {
    if (covectors.size() == 1) {
      return Autodiff.vjp(x -> apply(x).getFirst(), point, covectors.getFirst());
    }
    return Autodiff.grad(x -> projection(apply(x), covectors), point);
  }

  private static Tensor projection(List<Tensor> outputs, List<Tensor> covectors) {
    Tensor sum = Tensor.scalar(DType.FLOAT64, 0);
    for (int k = 0; k < outputs.size(); k++) {
      sum = sum.add(outputs.get(k).mul(covectors.get(k)).sum());
    }
    return sum;
  }

  /**
   * The gradients as a function of the inputs and of what the outputs are projected on.
   *
   * @param inputs how many of the arguments are inputs
   */
  CheckedFunction gradientFunction(int inputs) {
    return new CheckedFunction(
        arguments ->
            gradients(arguments.subList(0, inputs), arguments.subList(inputs, arguments.size())));
  }

  /** The outputs where one input is moved, as arrays. */
  double[][] moved(List<Tensor> point, int input, double[] direction, double step) {
    List<Tensor> arguments = new ArrayList<>(point);
    double[] values = point.get(input).toDoubleArray();
    Arrays.setAll(values, e -> values[e] + step * direction[e]);
    arguments.set(input, Tensor.of(point.get(input).shape(), values));
    return arrays(apply(arguments));
  }

  static double[][] arrays(List<Tensor> tensors) {
    return tensors.stream().map(Tensor::toDoubleArray).toArray(double[][]::new);
  }
}
