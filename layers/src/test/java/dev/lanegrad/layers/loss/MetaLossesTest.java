package dev.lanegrad.layers.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanegrad.autodiff.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every loss on types alone gives the type that it gives of numbers. */
class MetaLossesTest {
  @TestFactory
  Stream<DynamicTest> lossesGiveTheTypesOfTheRealRun() {
    return LossSamples.ALL.stream()
        .flatMap(
            sample ->
                Stream.of(LossReduction.values())
                    .map(
                        reduction ->
                            dynamicTest(sample + " " + reduction, () -> check(sample, reduction))));
  }

  private static void check(LossSample sample, LossReduction reduction) {
    List<Tensor> inputs =
        sample.inputs().stream().map(t -> Tensor.meta(t.dtype(), t.shape().toArray())).toList();
    Tensor meta = sample.with().apply(reduction).apply(inputs);
    assertEquals(sample.with().apply(reduction).apply(sample.inputs()).type(), meta.type());
    assertTrue(meta.isMeta());
  }
}
