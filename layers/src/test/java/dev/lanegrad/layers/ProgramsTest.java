package dev.lanegrad.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.internal.graph.Replay;
import dev.lanegrad.autodiff.internal.graph.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What a layer runs in training, forward and in reverse, is a program that can be run again. */
class ProgramsTest {
  @TestFactory
  Stream<DynamicTest> stepsGiveTheirBitsAgain() {
    return LayersTest.SAMPLES.stream()
        .map(sample -> dynamicTest(sample.toString(), () -> check(sample)));
  }

  private static <L extends Layer> void check(LayerSample<L> sample) {
    LayerSample.Made<L> made = sample.made(1, true);
    List<Tensor> inputs =
        sample.inputs().stream().map(x -> x.dtype().isFloating() ? x.requiresGrad() : x).toList();
    Autodiff.tidy(
        () -> {
          List<Integer> eager = new ArrayList<>();
          Trace trace =
              Trace.of(
                  () -> made.output(inputs).square().sum().backward(),
                  (_, outputs) -> outputs.forEach(output -> eager.add(hash(output))));
          List<Integer> again = new ArrayList<>();
          Replay.run(trace, (_, outputs) -> outputs.forEach(output -> again.add(hash(output))));
          assertFalse(eager.isEmpty());
          assertEquals(eager, again, trace::toString);
        });
  }

  private static int hash(Tensor tensor) {
    return switch (tensor.dtype()) {
      case FLOAT32 -> Arrays.hashCode(tensor.toFloatArray());
      case FLOAT64 -> Arrays.hashCode(tensor.toDoubleArray());
      case INT32 -> Arrays.hashCode(tensor.toIntArray());
      case BOOL -> Arrays.hashCode(tensor.toBooleanArray());
    };
  }
}
