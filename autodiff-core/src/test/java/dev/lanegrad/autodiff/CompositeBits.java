package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.testing.Draw;
import dev.lanegrad.autodiff.testing.TensorBits;
import java.util.List;

/** Prints the bits of what is made of several operations, and of larger calls. */
final class CompositeBits {
  private static final int SAMPLES = 4;

  private CompositeBits() {}

  static void print() {
    CompositesTest.COMPOSITES.forEach(
        (name, composite) -> {
          for (DType dtype : TensorBits.DTYPES) {
            TensorBits bits = new TensorBits("composite/" + name, dtype);
            for (int seed = 0; seed < SAMPLES; seed++) {
              List<Tensor> inputs = List.of(composite.inputs().apply(new Draw(seed)));
              bits.add(x -> List.of(composite.of().apply(x)), inputs);
            }
            bits.print();
          }
        });
    for (LargeCall call : LargeCall.ALL) {
      for (DType dtype : TensorBits.DTYPES) {
        TensorBits bits = new TensorBits("large/" + call.name(), dtype);
        bits.add(x -> List.of(call.function().apply(x)), call.inputs());
        bits.print();
      }
    }
  }
}
