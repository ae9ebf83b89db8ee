package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.testing.BitsHash;
import dev.lanegrad.testing.BitsProgram;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/** The bits of a row of a table: outputs, and gradients of inputs and parameters. */
public final class RowBits {
  /** Both dtypes that gradients flow through. */
  public static final List<DType> DTYPES = List.of(DType.FLOAT32, DType.FLOAT64);

  private final String row;
  private final DType dtype;
  private final BitsHash outputs = new BitsHash();
  private final BitsHash gradients = new BitsHash();
  private boolean differentiated;

  /** Nothing yet. */
  public RowBits(String row, DType dtype) {
    this.row = row;
    this.dtype = dtype;
  }

  /** Calls a function of inputs, which are cast to the dtype, and of parameters. */
  public void add(
      Function<List<Tensor>, Tensor> function, List<Tensor> inputs, List<Parameter> parameters) {
    try {
      List<Tensor> leaves = inputs.stream().map(this::leaf).toList();
      Tensor output = function.apply(leaves);
      outputs.add(elements(output));
      if (output.isTracked()) {
        addGradients(output, leaves, parameters);
      }
    } catch (RuntimeException e) {
      throw new IllegalStateException("%s in %s: %s".formatted(row, dtype, e.getMessage()), e);
    }
  }

  private Tensor leaf(Tensor input) {
    if (!input.dtype().isFloating()) {
      return input;
    }
    return (input.dtype() == dtype ? input : input.cast(dtype)).requiresGrad();
  }

  private void addGradients(Tensor output, List<Tensor> leaves, List<Parameter> parameters) {
    SplittableRandom random = new SplittableRandom(leaves.size());
    double[] seed = new double[output.size()];
    Arrays.setAll(seed, i -> random.nextDouble(-2, 2));
    Gradients all = output.backward(Tensor.ofDoubles(output.dtype(), output.shape(), seed));
    for (Tensor leaf : leaves) {
      if (leaf.isTracked()) {
        gradients.add(elements(all.of(leaf)));
      }
    }
    parameters.forEach(parameter -> gradients.add(elements(all.of(parameter))));
    differentiated = true;
  }

  /** What a call has left behind besides its output. */
  void add(Parameter buffer) {
    outputs.add(elements(buffer.tensor()));
  }

  private static Object elements(Tensor tensor) {
    return tensor.dtype() == DType.FLOAT32 ? tensor.toFloatArray() : tensor.toDoubleArray();
  }

  /** Prints them. */
  public void print() {
    BitsProgram.print(row, dtype, outputs, differentiated ? gradients : null);
  }
}
