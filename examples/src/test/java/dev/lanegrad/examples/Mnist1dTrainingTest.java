package dev.lanegrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.examples.lectures.convolution.Mnist1dModel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The models and the training of L5.7. */
class Mnist1dTrainingTest {
  private static Mnist1dTraining.Result train(Mnist1dModel model, int steps, long seed) {
    return new Mnist1dTraining(model, false, steps, seed, 0.01, 100).run(_ -> {});
  }

  @Test
  void modelsHaveThePublishedNumbersOfParameters() {
    Map<Mnist1dModel, Long> counts = new EnumMap<>(Mnist1dModel.class);
    for (Mnist1dModel model : Mnist1dModel.values()) {
      counts.put(model, model.create(new SplittableRandom(1)).parameterCount());
    }
    assertEquals(
        Map.of(
            Mnist1dModel.LINEAR, 410L,
            Mnist1dModel.MLP, 15_210L,
            Mnist1dModel.CNN, 5_210L,
            Mnist1dModel.GRU, 5_134L),
        counts);
  }

  @Test
  void reportsEveryThousandStepsAndAfterTheLast() {
    List<Mnist1dTraining.Report> reports = new ArrayList<>();
    Mnist1dTraining.Result result =
        new Mnist1dTraining(Mnist1dModel.LINEAR, false, 2_500, 1, 0.01, 100).run(reports::add);

    assertEquals(
        List.of(1_000, 2_000, 2_500), reports.stream().map(Mnist1dTraining.Report::step).toList());
    assertEquals(reports.getLast(), result.last());
    double accuracy = result.last().testAccuracy();
    assertTrue(accuracy > 0.29 && accuracy < 0.35, "test accuracy " + accuracy);
  }

  @Test
  void theMlpLearnsMoreThanALinearModelCan() {
    double accuracy = train(Mnist1dModel.MLP, 600, 42).last().testAccuracy();

    assertTrue(accuracy > 0.5 && accuracy < 0.7, "test accuracy " + accuracy);
  }

  /** What the table shows, long before its 6,000 steps: neighbourhoods matter to a CNN only. */
  @Test
  void shufflingThePositionsHurtsTheCnn() {
    double inOrder = train(Mnist1dModel.CNN, 300, 1).last().testAccuracy();
    double shuffled =
        new Mnist1dTraining(Mnist1dModel.CNN, true, 300, 1, 0.01, 100)
            .run(_ -> {})
            .last()
            .testAccuracy();

    assertTrue(inOrder > 0.7, "in order " + inOrder);
    assertTrue(shuffled > 0.3 && shuffled < inOrder - 0.2, "shuffled " + shuffled);
  }

  @Test
  void theGruLearns() {
    double accuracy = train(Mnist1dModel.GRU, 200, 1).last().testAccuracy();

    assertTrue(accuracy > 0.3, "test accuracy " + accuracy);
  }

  @Test
  void theSeedDecidesTheWeights() {
    String weights = train(Mnist1dModel.LINEAR, 5, 1).weights();

    assertEquals(weights, train(Mnist1dModel.LINEAR, 5, 1).weights());
    assertNotEquals(weights, train(Mnist1dModel.LINEAR, 5, 2).weights());
    assertNotEquals(weights, train(Mnist1dModel.LINEAR, 6, 1).weights());
  }
}
