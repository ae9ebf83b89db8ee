package dev.lanegrad.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Expected values come from the recipe of the source, run on NumPy 2.4 and SciPy 1.17. */
class Mnist1dTest {
  private static final double TOLERANCE = 1e-12;

  private static final Mnist1d IN_ORDER = Mnist1d.make();
  private static final Mnist1d SHUFFLED = Mnist1d.shuffled();

  @Test
  void constantsDescribeTheArrays() {
    assertEquals(4000, Mnist1d.TRAINING_EXAMPLES);
    assertEquals(1000, Mnist1d.TEST_EXAMPLES);
    assertEquals(40, Mnist1d.LENGTH);
    assertEquals(10, Mnist1d.CLASSES);
    assertEquals(4000 * 40, IN_ORDER.trainingInputs().length);
    assertEquals(4000, IN_ORDER.trainingLabels().length);
    assertEquals(1000 * 40, IN_ORDER.testInputs().length);
    assertEquals(1000, IN_ORDER.testLabels().length);
    assertEquals(40, IN_ORDER.axis().length);
  }

  @Test
  void firstTrainingExampleMatchesNumPy() {
    assertArrayEquals(
        new double[] {
          -0.3320056673693902, -0.4719103656557236, -0.778697076293495, -1.0097408265367047
        },
        values(IN_ORDER.trainingInputs(), 0, 0, 4),
        TOLERANCE);
  }

  @Test
  void lastTrainingExampleMatchesNumPy() {
    assertArrayEquals(
        new double[] {-0.6939948035971022, -0.2753216930481869, 0.29267967864361694},
        values(IN_ORDER.trainingInputs(), 3999, 0, 3),
        TOLERANCE);
  }

  @Test
  void lastTestExampleMatchesNumPy() {
    assertArrayEquals(
        new double[] {0.6598756470890784, 0.8777343497528006, 1.193151836835276},
        values(IN_ORDER.testInputs(), 999, 37, 40),
        TOLERANCE);
  }

  @Test
  void trainingSumsMatchNumPy() {
    double[] inputs = IN_ORDER.trainingInputs();

    assertEquals(-51.78746787509559, Arrays.stream(inputs).sum(), 1e-10);
    assertEquals(159248.2538653486, Arrays.stream(inputs).map(x -> x * x).sum(), 1e-8);
  }

  @Test
  void labelsMatchNumPy() {
    assertArrayEquals(
        new int[] {2, 6, 4, 5, 6, 6, 6, 0, 3, 1, 6, 9, 4, 3, 4, 5, 1, 9, 0, 3},
        Arrays.copyOf(IN_ORDER.trainingLabels(), 20));
    assertArrayEquals(
        new int[] {2, 6, 3, 9, 4, 3, 1, 9, 5, 2}, Arrays.copyOf(IN_ORDER.testLabels(), 10));
  }

  @Test
  void everyClassHasItsExamples() {
    assertArrayEquals(
        new int[] {398, 396, 411, 394, 394, 402, 401, 404, 402, 398},
        countByClass(IN_ORDER.trainingLabels()));
    assertArrayEquals(
        new int[] {102, 104, 89, 106, 106, 98, 99, 96, 98, 102},
        countByClass(IN_ORDER.testLabels()));
  }

  @Test
  void axisMatchesNumPyAndIsNeverShuffled() {
    assertArrayEquals(
        new double[] {-5.38753506670427, -5.111251217129692, -4.834967367555114},
        Arrays.copyOf(IN_ORDER.axis(), 3),
        TOLERANCE);
    assertArrayEquals(IN_ORDER.axis(), SHUFFLED.axis(), TOLERANCE);
  }

  @Test
  void allInputsTogetherAreStandardised() {
    double[] inputs =
        DoubleStream.concat(
                Arrays.stream(IN_ORDER.trainingInputs()), Arrays.stream(IN_ORDER.testInputs()))
            .toArray();

    assertEquals(0, Arrays.stream(inputs).average().orElseThrow(), TOLERANCE);
    assertEquals(1, Arrays.stream(inputs).map(x -> x * x).average().orElseThrow(), TOLERANCE);
  }

  @Test
  void firstShuffledExampleMatchesNumPy() {
    assertArrayEquals(
        new double[] {
          1.0358740294925417, 0.4101984957624668, -0.8823525654053073, -1.093485710822378
        },
        values(SHUFFLED.trainingInputs(), 0, 0, 4),
        TOLERANCE);
  }

  @Test
  void shufflingMovesPositionsOnly() {
    assertArrayEquals(IN_ORDER.trainingLabels(), SHUFFLED.trainingLabels());
    assertArrayEquals(IN_ORDER.testLabels(), SHUFFLED.testLabels());
    double[] inOrder = IN_ORDER.trainingInputs();
    double[] shuffled = SHUFFLED.trainingInputs();
    for (int example = 0; example < Mnist1d.TRAINING_EXAMPLES; example++) {
      assertArrayEquals(
          sorted(values(inOrder, example, 0, Mnist1d.LENGTH)),
          sorted(values(shuffled, example, 0, Mnist1d.LENGTH)),
          TOLERANCE);
    }
  }

  @Test
  void accessorsGiveFreshArrays() {
    double first = IN_ORDER.trainingInputs()[0];
    double[] inputs = IN_ORDER.trainingInputs();
    inputs[0] = first + 1;
    double[] axis = IN_ORDER.axis();
    axis[0] = 0;

    assertEquals(first, IN_ORDER.trainingInputs()[0]);
    assertNotEquals(0, IN_ORDER.axis()[0]);
  }

  private static double[] values(double[] inputs, int example, int from, int to) {
    int start = example * Mnist1d.LENGTH;
    return Arrays.copyOfRange(inputs, start + from, start + to);
  }

  private static double[] sorted(double[] values) {
    return Arrays.stream(values).sorted().toArray();
  }

  private static int[] countByClass(int[] labels) {
    int[] counts = new int[Mnist1d.CLASSES];
    for (int label : labels) {
      counts[label]++;
    }
    return counts;
  }
}
