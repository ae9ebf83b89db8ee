package dev.lanegrad.layers.loss;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.layers.RowBits;
import java.util.List;

/** Prints the bits of every loss of {@link LossSamples}, in all reductions. */
public final class LossBits {
  private LossBits() {}

  public static void print() {
    for (LossSample sample : LossSamples.ALL) {
      for (DType dtype : RowBits.DTYPES) {
        RowBits bits = new RowBits("loss/" + sample, dtype);
        for (LossReduction reduction : LossReduction.values()) {
          bits.add(sample.with().apply(reduction), sample.inputs(), List.of());
        }
        bits.print();
      }
    }
  }
}
