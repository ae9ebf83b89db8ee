package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.internal.kernel.arrays.ShortChains;
import java.util.ArrayList;
import java.util.List;

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

  /** What an operation gives for its inputs in float64, rounded to float32. */
  static List<Tensor> inFloat64(Op op, Call call) {
    List<Tensor> inputs = new ArrayList<>();
    for (Tensor input : Views.inputs(call)) {
      inputs.add(input.dtype() == DType.FLOAT32 ? input.cast(DType.FLOAT64) : input);
    }
    return op.apply(inputs).stream().map(wide -> wide.cast(DType.FLOAT32)).toList();
  }
}
