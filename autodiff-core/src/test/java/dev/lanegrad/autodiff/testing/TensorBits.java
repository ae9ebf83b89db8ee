package dev.lanegrad.autodiff.testing;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.testing.BitsHash;
import dev.lanegrad.testing.BitsProgram;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/** The bits of calls in one dtype: all outputs, and the gradients of each with random seeds. */
public final class TensorBits {
  /** Both dtypes that gradients flow through. */
  public static final List<DType> DTYPES = List.of(DType.FLOAT32, DType.FLOAT64);

  private final String row;
  private final DType dtype;
  private final BitsHash outputs = new BitsHash();
  private final BitsHash gradients = new BitsHash();
  private boolean differentiated;

  /** Nothing yet of a row of a table. */
  public TensorBits(String row, DType dtype) {
    this.row = row;
    this.dtype = dtype;
  }

  /** Calls a function of float64 inputs, which are cast to the dtype. */
  public void add(Function<List<Tensor>, List<Tensor>> function, List<Tensor> inputs) {
    try {
      addCall(function, inputs);
    } catch (RuntimeException e) {
      throw new IllegalStateException("%s in %s: %s".formatted(row, dtype, e.getMessage()), e);
    }
  }

  private void addCall(Function<List<Tensor>, List<Tensor>> function, List<Tensor> inputs) {
    List<Tensor> leaves = inputs.stream().map(this::leaf).toList();
    SplittableRandom random = new SplittableRandom(leaves.size());
    for (Tensor output : function.apply(leaves)) {
      outputs.add(elements(output));
      if (output.isTracked()) {
        addGradients(output, seed(random, output), leaves);
      }
    }
  }

  private Tensor leaf(Tensor input) {
    if (!input.dtype().isFloating()) {
      return input;
    }
    return (input.dtype() == dtype ? input : input.cast(dtype)).requiresGrad();
  }

  private static Tensor seed(SplittableRandom random, Tensor output) {
    double[] numbers = new double[output.size()];
    Arrays.setAll(numbers, i -> random.nextDouble(-2, 2));
    return Tensor.ofDoubles(output.dtype(), output.shape(), numbers);
  }

  private void addGradients(Tensor output, Tensor seed, List<Tensor> leaves) {
    differentiated = true;
    Gradients all = output.backward(seed);
    for (Tensor leaf : leaves) {
      if (leaf.isTracked()) {
        gradients.add(elements(all.of(leaf)));
      }
    }
  }

  private static Object elements(Tensor tensor) {
    return switch (tensor.dtype()) {
      case FLOAT32 -> tensor.toFloatArray();
      case FLOAT64 -> tensor.toDoubleArray();
      case INT32 -> tensor.toIntArray();
      case BOOL -> tensor.toBooleanArray();
    };
  }

  public void print() {
    BitsProgram.print(row, dtype, outputs, differentiated ? gradients : null);
  }
}
