package dev.lanegrad.autodiff.internal.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.internal.graph.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What a recurrence leaves out because nobody asks for it. */
class RecurrenceTest {
  private static final int SIZE = 3;

  private final SplittableRandom random = new SplittableRandom(4);
  private final Formula sum = Formula.input(0).add(Formula.input(1));
  private final Recurrence recurrence = new Recurrence(List.of(sum.tanh(), sum), 1, 1, false);
  private final Tensor x = normal(5, 2, SIZE);
  private final Tensor weight = normal(SIZE, SIZE);
  private final Tensor start = normal(2, SIZE);

  private Tensor normal(int... shape) {
    return Tensor.normal(random, DType.FLOAT32, shape);
  }

  /** The names of all steps, with how many tensors each wrote. */
  private static List<String> stepsOf(Runnable action) {
    return Trace.of(action, (_, _) -> {}).steps().stream()
        .filter(step -> step.operation().startsWith("recurrence"))
        .map(step -> step.operation() + " " + step.outputs().size())
        .toList();
  }

  @Test
  void withoutRecordingOnlyStatesAreWritten() {
    Tensor tracked = x.requiresGrad();
    List<List<Tensor>> found = new ArrayList<>();
    assertEquals(
        List.of("recurrence 1", "recurrence 2", "recurrence 1"),
        stepsOf(
            () -> {
              found.add(recurrence.states(List.of(x, weight, start)));
              found.add(recurrence.states(List.of(tracked, weight, start)));
              found.add(
                  Autodiff.withoutGradient(
                      () -> recurrence.states(List.of(tracked, weight, start))));
            }));
    for (List<Tensor> states : found) {
      assertEquals(1, states.size());
      assertArrayEquals(
          found.getFirst().getFirst().toFloatArray(), states.getFirst().toFloatArray());
    }
  }

  @Test
  void aWeightThatNobodyAsksAboutHasNoGradientComputed() {
    Tensor tracked = x.requiresGrad();
    Tensor trackedWeight = weight.requiresGrad();
    List<Gradients> found = new ArrayList<>();
    assertEquals(
        List.of("recurrence 2", "recurrenceGradient 2", "recurrence 2", "recurrenceGradient 3"),
        stepsOf(
            () -> {
              found.add(gradients(List.of(tracked, weight, start)));
              found.add(gradients(List.of(tracked, trackedWeight, start)));
            }));
    assertArrayEquals(
        found.get(1).of(tracked).toFloatArray(), found.get(0).of(tracked).toFloatArray());
  }

  private Gradients gradients(List<Tensor> inputs) {
    return recurrence.states(inputs).getFirst().sum().backward();
  }
}
