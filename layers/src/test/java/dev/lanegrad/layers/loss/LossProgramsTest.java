package dev.lanegrad.layers.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.internal.graph.Replay;
import dev.lanegrad.autodiff.internal.graph.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A loss and its gradients are a program without a look at any number, which runs again. */
class LossProgramsTest {
  @TestFactory
  Stream<DynamicTest> lossesAreMadeAgain() {
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
        sample.inputs().stream().map(x -> x.dtype().isFloating() ? x.requiresGrad() : x).toList();
    List<String> eager = new ArrayList<>();
    Trace trace =
        Trace.of(
            () -> sample.with().apply(reduction).apply(inputs).sum().backward(),
            (_, outputs) -> outputs.forEach(output -> eager.add(output.toString())));
    List<String> again = new ArrayList<>();
    Replay.run(trace, (_, outputs) -> outputs.forEach(output -> again.add(output.toString())));

    assertFalse(eager.isEmpty());
    assertEquals(eager, again, trace::toString);
    List<String> looks =
        trace.steps().stream()
            .filter(step -> step.parts().isEmpty() && step.operation().equals("look"))
            .map(Trace.Step::toString)
            .toList();
    assertEquals(List.of(), looks);
  }
}
