package dev.lanegrad.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every layer on types alone gives the type that it gives of numbers, and changes nothing. */
class MetaTest {
  @TestFactory
  Stream<DynamicTest> layersGiveTheTypesOfTheRealRun() {
    return LayersTest.SAMPLES.stream()
        .flatMap(
            sample ->
                Stream.of(true, false)
                    .map(
                        training ->
                            dynamicTest(
                                sample + (training ? " in training" : " in evaluation"),
                                () -> check(sample, training))));
  }

  private static <L extends Layer> void check(LayerSample<L> sample, boolean training) {
    LayerSample.Made<L> made = sample.made(1, training);
    Tensor real = made.output(sample.inputs());
    List<double[]> before = state(made.layer());
    List<Tensor> inputs =
        sample.inputs().stream().map(t -> Tensor.meta(t.dtype(), t.shape().toArray())).toList();
    Tensor meta = sample.run().apply(made.layer(), inputs);
    assertEquals(real.type(), meta.type());
    assertTrue(meta.isMeta());
    List<double[]> after = state(made.layer());
    for (int k = 0; k < before.size(); k++) {
      assertArrayEquals(before.get(k), after.get(k));
    }
  }

  private static List<double[]> state(Layer layer) {
    return Stream.concat(
            layer.namedParameters().values().stream(), layer.namedBuffers().values().stream())
        .map(Parameter::tensor)
        .map(Tensor::toDoubleArray)
        .toList();
  }
}
