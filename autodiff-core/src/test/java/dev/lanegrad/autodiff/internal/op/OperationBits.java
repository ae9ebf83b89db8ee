package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.op.OpRow.Sample;
import dev.lanegrad.autodiff.testing.Draw;
import dev.lanegrad.autodiff.testing.TensorBits;
import java.util.Locale;

/** Prints the bits of the samples of {@link OpCases}. */
public final class OperationBits {
  private static final int SAMPLES = 8;

  private OperationBits() {}

  public static void print() {
    for (OpRow row : OpCases.ALL) {
      for (int sampler = 0; sampler < row.samplers().size(); sampler++) {
        for (DType dtype : TensorBits.DTYPES) {
          TensorBits bits =
              new TensorBits(String.format(Locale.ROOT, "operation/%s/%d", row, sampler), dtype);
          for (int number = 0; number < SAMPLES; number++) {
            Sample sample = row.samplers().get(sampler).apply(new Draw(number));
            bits.add(sample.op()::apply, sample.inputs());
          }
          bits.print();
        }
      }
    }
  }
}
