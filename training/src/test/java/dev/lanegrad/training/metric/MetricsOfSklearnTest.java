package dev.lanegrad.training.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Losses;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Values against those that scikit-learn's documentation prints for its examples, against plain
 * counting, and at the edges; and that batches of any size give the value of the whole.
 */
class MetricsOfSklearnTest {
  private static final Tensor TRUE = Tensor.ofInts(0, 1, 2, 0, 1, 2);
  private static final Tensor CHOSEN = Tensor.ofInts(0, 2, 1, 0, 0, 1);

  /** The example of precision_score, recall_score and f1_score. */
  @Test
  void precisionRecallAndF1AreThoseOfTheDocumentation() {
    assertEquals(2 / 9.0, new Precision(ClassAveraging.MACRO).of(CHOSEN, TRUE), 1e-15);
    assertEquals(1 / 3.0, new Precision(ClassAveraging.MICRO).of(CHOSEN, TRUE), 1e-15);
    assertEquals(2 / 9.0, new Precision(ClassAveraging.WEIGHTED).of(CHOSEN, TRUE), 1e-15);
    assertEquals(1 / 3.0, new Recall(ClassAveraging.MACRO).of(CHOSEN, TRUE), 1e-15);
    assertEquals(1 / 3.0, new Recall(ClassAveraging.MICRO).of(CHOSEN, TRUE), 1e-15);
    assertEquals(1 / 3.0, new Recall(ClassAveraging.WEIGHTED).of(CHOSEN, TRUE), 1e-15);
    assertEquals(0.8 / 3, new F1(ClassAveraging.MACRO).of(CHOSEN, TRUE), 1e-15);
    assertEquals(1 / 3.0, new F1(ClassAveraging.MICRO).of(CHOSEN, TRUE), 1e-15);
    assertEquals(0.8 / 3, new F1(ClassAveraging.WEIGHTED).of(CHOSEN, TRUE), 1e-15);
    assertArrayEquals(new double[] {2 / 3.0, 0, 0}, details(new Precision(), CHOSEN, TRUE), 1e-15);
    assertArrayEquals(new double[] {1, 0, 0}, details(new Recall(), CHOSEN, TRUE), 1e-15);
    assertArrayEquals(new double[] {0.8, 0, 0}, details(new F1(), CHOSEN, TRUE), 1e-15);
  }

  private static double[] details(Metric metric, Tensor output, Tensor target) {
    Tally tally = metric.start();
    tally.add(output, target);
    return tally.details().toDoubleArray();
  }

  /** The binary example of f1_score, and zero_division = 0. */
  @Test
  void nothingFoundIsZero() {
    Tensor labels = Tensor.ofInts(0, 0, 0, 0, 0, 1);
    Tensor none = Tensor.ofInts(0, 0, 0, 0, 0, 0);
    assertEquals(0, new Precision(ClassAveraging.BINARY).of(none, labels));
    assertEquals(0, new Recall(ClassAveraging.BINARY).of(none, labels));
    assertEquals(0, new F1(ClassAveraging.BINARY).of(none, labels));
    Tensor chosen = Tensor.ofInts(0, 1, 1, 0, 0, 1);
    assertEquals(1 / 3.0, new Precision(ClassAveraging.BINARY).of(chosen, labels), 1e-15);
    assertEquals(1, new Recall(ClassAveraging.BINARY).of(chosen, labels));
    assertEquals(0.5, new F1(ClassAveraging.BINARY).of(chosen, labels), 1e-15);
    assertEquals(0, new F1(ClassAveraging.BINARY).of(Tensor.ofInts(0), Tensor.ofInts(0)));
  }

  /** A class that no example has and none was taken for is not in the mean. */
  @Test
  void absentClassesDoNotCount() {
    Tensor scores = Tensor.of(new float[][] {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 1, 0, 0}});
    Tensor labels = Tensor.ofInts(0, 1, 0);
    assertEquals(0.75, new Precision().of(scores, labels));
    assertEquals(0.75, new Recall().of(scores, labels));
    assertEquals(2 / 3.0, new F1().of(scores, labels), 1e-15);
  }

  /** The example of confusion_matrix. */
  @Test
  void theConfusionMatrixHasARowForEachLabel() {
    Tally tally = new ConfusionMatrix().start();
    tally.add(Tensor.ofInts(0, 0, 2, 0, 0, 2), Tensor.ofInts(2, 0, 2, 2, 0, 1));
    assertArrayEquals(new int[] {2, 0, 0, 0, 0, 1, 1 + 1, 0, 1}, matrix(tally));
    tally.add(Tensor.ofInts(3), Tensor.ofInts(0));
    assertEquals(Shape.of(4, 4), tally.details().shape());
    assertEquals(1, matrix(tally)[3]);
    assertEquals(3 / 7.0, tally.value(), 1e-15);
  }

  private static int[] matrix(Tally tally) {
    return tally.details().toIntArray();
  }

  @Test
  void accuracyTakesTheFirstOfEqualScores() {
    Tensor scores = Tensor.of(new float[][] {{1, 1, 0}, {0, 1, 1}, {2, 2, 2}});
    assertEquals(2 / 3.0, new Accuracy().of(scores, Tensor.ofInts(0, 2, 0)), 1e-15);
    assertEquals(2 / 3.0, new TopKAccuracy(1).of(scores, Tensor.ofInts(0, 2, 0)), 1e-15);
    assertEquals(1, new TopKAccuracy(2).of(scores, Tensor.ofInts(1, 2, 1)));
    assertEquals(0, new TopKAccuracy(2).of(scores, Tensor.ofInts(2, 0, 2)));
    assertEquals(1, new TopKAccuracy(3).of(scores, Tensor.ofInts(2, 0, 2)));
    assertEquals("top_2_accuracy", new TopKAccuracy(2).name());
  }

  /** The example of top_k_accuracy_score. */
  @Test
  void topKIsThatOfTheDocumentation() {
    Tensor scores =
        Tensor.of(
            new double[][] {{0.5, 0.2, 0.2}, {0.3, 0.4, 0.2}, {0.2, 0.4, 0.3}, {0.7, 0.2, 0.1}});
    assertEquals(0.75, new TopKAccuracy(2).of(scores, Tensor.ofInts(0, 1, 2, 2)));
  }

  @Test
  void aSingleScoreCountsAgainstTheThreshold() {
    Tensor logits = Tensor.of(-1f, 0.2f, 3f, 0f);
    Tensor labels = Tensor.ofInts(0, 1, 1, 1);
    assertEquals(0.5, new Accuracy().of(logits, labels));
    assertEquals(0.75, new Accuracy(0).of(logits, labels));
    assertEquals(0.75, new Accuracy(0).of(logits, labels.cast(DType.FLOAT32)));
  }

  /** The examples of roc_auc_score's user guide, then ties by hand. */
  @Test
  void theAreaCountsTiesAsHalf() {
    assertEquals(0.75, auc(new double[] {0.1, 0.4, 0.35, 0.8}, 0, 0, 1, 1), 1e-15);
    assertEquals(0.5, auc(new double[] {1, 1, 1, 1}, 0, 0, 1, 1));
    assertEquals(0.875, auc(new double[] {0.1, 0.4, 0.4, 0.8}, 0, 0, 1, 1));
    assertEquals(0.5, auc(new double[] {-0.0, 0.0}, 0, 1));
    assertEquals(1, auc(new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY}, 0, 1));
    assertEquals(Double.NaN, auc(new double[] {0.1, 0.4}, 1, 1));
    Tensor logits = Tensor.of(new double[][] {{0.9, 0.1}, {0.6, 0.4}, {0.65, 0.35}, {0.2, 0.8}});
    assertEquals(0.75, new AUC().of(logits, Tensor.ofInts(0, 0, 1, 1)), 1e-15);
  }

  private static double auc(double[] scores, int... labels) {
    return new AUC().of(Tensor.of(scores), Tensor.ofInts(labels));
  }

  /** One against the rest, by counting pairs. */
  @Test
  void ofSeveralClassesItIsTheMeanOfEachAgainstTheRest() {
    var random = new SplittableRandom(3);
    Tensor scores = Tensor.uniform(random, DType.FLOAT32, 0, 1, 60, 3).mul(5).softmax(1);
    int[] labels = random.ints(60, 0, 3).toArray();
    double[] all = scores.toDoubleArray();
    double sum = 0;
    for (int c = 0; c < 3; c++) {
      double right = 0;
      int pairs = 0;
      for (int i = 0; i < 60; i++) {
        for (int j = 0; j < 60; j++) {
          if (labels[i] == c && labels[j] != c) {
            pairs++;
            right += (1 + Math.signum(all[3 * i + c] - all[3 * j + c])) / 2;
          }
        }
      }
      sum += right / pairs;
    }
    assertEquals(sum / 3, new AUC().of(scores, Tensor.ofInts(labels)), 1e-14);
  }

  /** The examples of mean_absolute_error, root_mean_squared_error and r2_score. */
  @Test
  void errorsAreThoseOfTheDocumentation() {
    Tensor right = Tensor.of(3.0, -0.5, 2.0, 7.0);
    Tensor predicted = Tensor.of(2.5, 0.0, 2.0, 8.0);
    assertEquals(0.5, new MAE().of(predicted, right));
    assertEquals(Math.sqrt(0.375), new RMSE().of(predicted, right), 1e-15);
    assertEquals(0.9486081370449679, new R2().of(predicted, right), 1e-15);

    Tensor many = Tensor.of(new double[][] {{0.5, 1}, {-1, 1}, {7, -6}});
    Tensor guesses = Tensor.of(new double[][] {{0, 2}, {-1, 2}, {8, -5}});
    assertEquals(0.75, new MAE().of(guesses, many), 1e-15);
    assertArrayEquals(new double[] {0.5, 1}, details(new MAE(), guesses, many), 1e-15);
    assertEquals(0.8227486121839513, new RMSE().of(guesses, many), 1e-15);

    Tensor two = Tensor.of(new double[][] {{0.5, 1}, {-1, 1}, {7, -6}});
    assertEquals(0.9368005266622779, new R2().of(guesses, two), 1e-14);
    assertEquals(0, new R2().of(Tensor.of(2.0, 2.0, 2.0), Tensor.of(1.0, 2.0, 3.0)), 1e-15);
    assertEquals(-3, new R2().of(Tensor.of(3.0, 2.0, 1.0), Tensor.of(1.0, 2.0, 3.0)), 1e-15);
  }

  @Test
  void determinationAtTheEdges() {
    Tensor constant = Tensor.of(-2.0, -2.0, -2.0);
    assertEquals(1, new R2().of(constant, constant));
    assertEquals(0, new R2().of(Tensor.of(-2.0, -2.0, -2.0 + 1e-8), constant));
    assertEquals(Double.NaN, new R2().of(Tensor.of(1.0), Tensor.of(2.0)));
    assertEquals(Double.NaN, new MAE().of(Tensor.of(1.0, Double.NaN), Tensor.of(2.0, 1.0)));
    assertEquals(Double.NaN, new R2().of(Tensor.of(1.0, Double.NaN), Tensor.of(2.0, 1.0)));
  }

  /** Far from 0 a difference of sums of squares would have no digit left. */
  @Test
  void determinationKeepsItsDigits() {
    Tensor right = Tensor.of(1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 4);
    Tensor predicted = Tensor.of(1e9 + 1.5, 1e9 + 2, 1e9 + 3, 1e9 + 4);
    assertEquals(0.95, new R2().of(predicted, right), 1e-12);
  }

  private static final List<Metric> CLASSIFYING =
      List.of(
          new Accuracy(),
          new TopKAccuracy(2),
          new Precision(),
          new Recall(ClassAveraging.WEIGHTED),
          new F1(ClassAveraging.MICRO),
          new AUC(),
          new ConfusionMatrix(),
          new MeanOf("cross_entropy", Losses::crossEntropy));

  /** Batches of 1, 7, 0 and 42 in one tally, saved and restored in between. */
  @Test
  void batchesOfAnySizeGiveTheValueOfTheWhole() {
    var random = new SplittableRandom(5);
    Tensor scores = Tensor.normal(random, DType.FLOAT32, 50, 4).softmax(1);
    Tensor labels = Tensor.ofInts(random.ints(50, 0, 4).toArray());
    for (Metric metric : CLASSIFYING) {
      assertEquals(metric.of(scores, labels), inParts(metric, scores, labels), 1e-6, metric.name());
    }
    Tensor values = Tensor.normal(random, DType.FLOAT64, 50, 3);
    Tensor near = values.add(Tensor.normal(random, DType.FLOAT64, 50, 3).mul(0.1));
    for (Metric metric : List.of(new MAE(), new RMSE(), new R2())) {
      assertEquals(metric.of(near, values), inParts(metric, near, values), 0, metric.name());
    }
  }

  private static double inParts(Metric metric, Tensor output, Tensor target) {
    Tally tally = metric.start();
    assertEquals(Double.NaN, tally.value(), metric.name());
    int start = 0;
    for (int size : new int[] {1, 7, 0, 42}) {
      int end = start + size;
      tally.add(output.slice(0, start, end), target.slice(0, start, end));
      Tally next = metric.start();
      next.loadStateDict(tally.stateDict());
      tally = next;
      start = end;
    }
    return tally.value();
  }

  @Test
  void everyPositionOfASequenceIsAnExample() {
    Tensor scores = Tensor.normal(new SplittableRandom(1), DType.FLOAT32, 2, 3, 4);
    Tensor labels = Tensor.ofInts(0, 1, 2, 3, 0, 1).reshape(2, 3);
    for (Metric metric : List.of(new Accuracy(), new TopKAccuracy(2), new F1())) {
      assertEquals(metric.of(scores.reshape(6, 4), labels.flatten()), metric.of(scores, labels));
    }
  }

  @Test
  void largerIsBetterButForErrors() {
    CLASSIFYING.forEach(
        metric -> assertEquals(!metric.name().equals("cross_entropy"), metric.isBetterLarger()));
    assertFalse(new MAE().isBetterLarger());
    assertFalse(new RMSE().isBetterLarger());
    assertTrue(new R2().isBetterLarger());
  }

  @Test
  void refusesWhatCannotBeCompared() {
    Tensor scores = Tensor.of(new float[][] {{1, Float.NaN}, {0, 1}});
    Tensor fine = Tensor.of(new float[][] {{1, 0}, {0, 1}});
    for (Metric metric :
        List.of(new Accuracy(), new TopKAccuracy(1), new F1(), new AUC(), new ConfusionMatrix())) {
      assertThrows(
          IllegalArgumentException.class,
          () -> metric.of(scores, Tensor.ofInts(0, 1)),
          metric.name());
      String message =
          assertThrows(
                  ShapeException.class, () -> metric.of(fine, Tensor.ofInts(0, 2)), metric.name())
              .getMessage();
      assertEquals(
          metric.name()
              + ": label 2 of example 1 is no class of [2, 2]: classes are counted from 0",
          message);
      assertThrows(
          ShapeException.class, () -> metric.of(fine, Tensor.ofInts(0, -1)), metric.name());
      assertThrows(
          ShapeException.class, () -> metric.of(fine, Tensor.ofInts(0, 1, 1)), metric.name());
    }
    assertThrows(
        IllegalArgumentException.class, () -> new Accuracy().of(fine, Tensor.of(0.5f, 1f)));
    assertEquals(
        "mae: takes predictions [n, ..] and targets of the same shape, not [2, 1] and [2]",
        assertThrows(
                ShapeException.class,
                () -> new MAE().of(Tensor.of(new float[][] {{1}, {2}}), Tensor.of(1f, 2f)))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> new TopKAccuracy(0));
  }
}
