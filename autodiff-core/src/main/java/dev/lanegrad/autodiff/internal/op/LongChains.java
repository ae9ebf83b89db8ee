package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.kernel.arrays.ShortChains;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Outputs;
import dev.lanegrad.autodiff.op.PrimitiveOp;

/**
 * Sums of which each result is one chain of terms. The error of a chain in float32 grows with its
 * length (Higham, "Accuracy and stability of numerical algorithms", section 4.2), so that a chain
 * that may have more than {@link #SHORT} terms is added up in float64 and rounded once.
 */
final class LongChains {
  /** What folds, too, add up before they begin anew. */
  static final int SHORT = ShortChains.MOST_TERMS;

  private LongChains() {}

  /** Whether a call must go through {@link #inFloat64}. */
  static boolean areLong(Call call, long terms) {
    return terms > SHORT && call.type(0).dtype() == DType.FLOAT32;
  }

  /** Writes what an operation of one output gives for its inputs in float64, rounded to float32. */
  static void inFloat64(PrimitiveOp op, Call call, Outputs outputs) {
    Tensor wide = Views.allocate(widened(call.type(0)));
    op.compute(new WideCall(call), new WideOutput(wide));
    Cast.convert(wide, outputs.get(0));
  }

  private static TensorType widened(TensorType type) {
    return type.dtype() == DType.FLOAT32 ? new TensorType(DType.FLOAT64, type.shape()) : type;
  }

  private record WideOutput(Tensor tensor) implements Outputs {
    @Override
    public Tensor get(int k) {
      return tensor;
    }

    @Override
    public void set(int k, double... values) {
      throw new UnsupportedOperationException("kernels write arrays");
    }

    @Override
    public void set(int k, Tensor values) {
      throw new UnsupportedOperationException("kernels write arrays");
    }
  }

  /** A call whose inputs are in float64, but for indices. */
  private record WideCall(Call call) implements Call {
    @Override
    public int inputs() {
      return call.inputs();
    }

    @Override
    public int outputs() {
      return call.outputs();
    }

    @Override
    public Tensor input(int i) {
      Tensor input = call.input(i);
      if (input.dtype() != DType.FLOAT32) {
        return input;
      }
      Tensor wide = Views.allocate(inputType(i));
      Cast.convert(input, wide);
      return wide;
    }

    @Override
    public TensorType inputType(int i) {
      return widened(call.inputType(i));
    }

    @Override
    public Tensor output(int k) {
      return call.output(k);
    }

    @Override
    public TensorType type(int k) {
      return widened(call.type(k));
    }

    @Override
    public boolean needsGradient(int i) {
      return false;
    }
  }
}
