package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Prints the bits of every layer, in training and in evaluation: of {@link LayersTest#SAMPLES} in
 * the dtype that they are of, and of {@link TypedLayer#ALL} in both.
 */
final class LayerBits {
  private LayerBits() {}

  static void print() {
    for (LayerSample<?> sample : LayersTest.SAMPLES) {
      RowBits bits = new RowBits("layer/" + sample, DType.FLOAT64);
      for (boolean training : new boolean[] {true, false}) {
        add(bits, sample.made(1, training), sample.inputs());
      }
      bits.print();
    }
    for (TypedLayer typed : TypedLayer.ALL) {
      for (DType dtype : RowBits.DTYPES) {
        print(typed, dtype);
      }
    }
  }

  private static void add(RowBits bits, LayerSample.Made<?> made, List<Tensor> inputs) {
    bits.add(made::counted, inputs, made.layer().parameters());
    made.layer().namedBuffers().values().forEach(bits::add);
  }

  private static void print(TypedLayer typed, DType dtype) {
    Layer layer = typed.make().apply(dtype, new SplittableRandom(3));
    RowBits bits = new RowBits("typed/" + typed.name(layer), dtype);
    for (int run = 0; run < 2; run++) {
      bits.add(x -> layer.forward(x.getFirst()), List.of(typed.input()), layer.parameters());
      layer.namedBuffers().values().forEach(bits::add);
      layer.eval();
    }
    bits.print();
  }
}
