package dev.lanegrad.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.layers.TransformerEncoderLayer;
import dev.lanegrad.training.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** L5.6: a transformer learns what needs a look at other positions. */
class TransformerTest {
  private static TransformerTraining training(SequenceTask task, int length, int steps) {
    return new TransformerTraining(task, length, steps, 1, 0.003, 64);
  }

  @Test
  void tasksHaveTheirAnswers() {
    int[] digits = {3, 1, 4, 1, 5};
    assertArrayEquals(new int[] {1, 1, 3, 4, 5}, SequenceTask.SORT.answer(digits));
    assertArrayEquals(new int[] {5, 1, 4, 1, 3}, SequenceTask.REVERSE.answer(digits));

    Batch batch = SequenceTask.REVERSE.batch(3, 4, new SplittableRandom(1));
    int[] x = batch.x().toIntArray();
    int[] y = batch.y().toIntArray();
    for (int i = 0; i < y.length; i++) {
      assertEquals(x[i / 4 * 4 + 3 - i % 4], y[i]);
    }
  }

  @ParameterizedTest
  @EnumSource(SequenceTask.class)
  void theEncoderLearnsTheTask(SequenceTask task) {
    TransformerTraining.Report last = training(task, 5, 300).run(_ -> {}).last();

    assertTrue(last.digits() >= 0.99, last::toString);
    assertTrue(last.sequences() > 0.9 && last.sequences() <= last.digits(), last::toString);
  }

  /** The same model where no position sees another: it can but guess from its own digit. */
  @Test
  void withoutAttentionItDoesNot() {
    TransformerTraining training = training(SequenceTask.SORT, 5, 200);
    List<Layer> layers = new ArrayList<>(training.model(new SplittableRandom(1)).layers());
    layers.removeIf(TransformerEncoderLayer.class::isInstance);
    TransformerTraining.Report last = training.run(new Sequential(layers), _ -> {}).last();

    assertTrue(last.digits() < 0.5, last::toString);
  }

  @Test
  void reportsEveryHundredStepsAndAfterTheLast() {
    List<Integer> steps = new ArrayList<>();
    training(SequenceTask.SORT, 2, 250).run(report -> steps.add(report.step()));
    assertEquals(List.of(100, 200, 250), steps);
  }
}
