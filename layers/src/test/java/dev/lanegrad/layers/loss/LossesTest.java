package dev.lanegrad.layers.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.check.GradientCheck;
import dev.lanegrad.layers.Losses;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every loss by its samples, and what losses do with extreme and with wrong inputs. */
class LossesTest {
  private static final Tensor LOGITS = Tensor.of(new double[][] {{1, 2, 0.5}, {-1, 0, 3}});

  @Test
  void everyLossHasASample() {
    Set<Class<?>> missing = new LinkedHashSet<>(LossClasses.all());
    assertTrue(missing.contains(MSELoss.class), missing::toString);
    missing.remove(SSELoss.class);
    missing.removeAll(LossSamples.ALL.stream().map(LossSample::type).toList());
    assertEquals(Set.of(), missing, "losses without a sample");
  }

  /** A weight is one of a class: as if its examples were there so many times. */
  @Test
  void weightsOfClassesCountTheirExamplesSoOften() {
    Tensor labels = Tensor.ofInts(1, 2);
    Loss weighted = new CrossEntropyLoss().weights(Tensor.of(1.0, 3.0, 1.0));
    Tensor often = LOGITS.indexSelect(0, Tensor.ofInts(0, 0, 0, 1));
    double expected = new CrossEntropyLoss().of(often, Tensor.ofInts(1, 1, 1, 2)).item();
    assertEquals(expected, weighted.of(LOGITS, labels).item(), 1e-12);
    Loss doubled = new CrossEntropyLoss().weights(Tensor.of(2.0, 2.0, 2.0));
    double plain = new CrossEntropyLoss().of(LOGITS, labels).item();
    assertEquals(plain, doubled.of(LOGITS, labels).item(), 1e-12);
  }

  @TestFactory
  Stream<DynamicTest> valuesAreThoseOfClosedForms() {
    return inAllReductions(
        (sample, reduction) -> {
          Tensor loss = sample.with().apply(reduction).apply(sample.inputs());
          double sum = Arrays.stream(sample.expected()).sum();
          double[] expected =
              switch (reduction) {
                case NONE -> sample.expected();
                case SUM -> new double[] {sum};
                case MEAN -> new double[] {sum / sample.divisor()};
              };
          assertArrayEquals(expected, loss.toDoubleArray(), 1e-12);
          assertEquals(reduction == LossReduction.NONE, loss.rank() > 0);
        });
  }

  @TestFactory
  Stream<DynamicTest> gradientsAgreeWithDifferences() {
    return inAllReductions(
        (sample, reduction) ->
            GradientCheck.ofMany(sample.with().apply(reduction))
                .order(2)
                .verify(sample.inputs().toArray(Tensor[]::new)));
  }

  private static Stream<DynamicTest> inAllReductions(BiConsumer<LossSample, LossReduction> test) {
    return LossSamples.ALL.stream()
        .flatMap(
            sample ->
                Stream.of(LossReduction.values())
                    .map(
                        reduction ->
                            dynamicTest(
                                sample + ", " + reduction, () -> test.accept(sample, reduction))));
  }

  @Test
  void sumOfSquares() {
    Tensor prediction = Tensor.of(1.0, 2.0, 4.0).requiresGrad();
    Tensor loss = new SSELoss().of(prediction, Tensor.of(1.0, 1.0, 1.0));

    assertEquals(0 + 1 + 9, loss.item());
    assertArrayEquals(new double[] {0, 2, 6}, loss.backward().of(prediction).toDoubleArray());
    GradientCheck.of(new SSELoss()::of).order(2).verify(LOGITS, LOGITS.square());
  }

  /** The functions are the classes with their usual settings. */
  @Test
  void functionsAreTheClasses() {
    Tensor x = LossSample.normal(3, 4);
    Tensor y = LossSample.normal(4, 3).reshape(3, 4);
    Tensor p = LossSample.uniform(0.1, 0.9, 3, 4);
    Tensor labels = Tensor.ofInts(1, 3, 0);
    Tensor signs = Tensor.of(1.0, -1.0, 1.0);

    assertSame(new CrossEntropyLoss().of(x, labels), Losses.crossEntropy(x, labels));
    assertSame(new NLLLoss().of(x, labels), Losses.negativeLogLikelihood(x, labels));
    assertSame(new BCELoss().of(p, p), Losses.binaryCrossEntropy(p, p));
    assertSame(new BCEWithLogitsLoss().of(x, p), Losses.binaryCrossEntropyWithLogits(x, p));
    assertSame(new MSELoss().of(x, y), Losses.meanSquaredError(x, y));
    assertSame(new L1Loss().of(x, y), Losses.meanAbsoluteError(x, y));
    assertSame(new SSELoss().of(x, y), Losses.sumOfSquaredErrors(x, y));
    assertSame(new HuberLoss().delta(2).of(x, y), Losses.huber(x, y, 2));
    assertSame(new SmoothL1Loss().beta(2).of(x, y), Losses.smoothL1(x, y, 2));
    assertSame(new HingeLoss().of(x, y.sign()), Losses.hinge(x, y.sign()));
    assertSame(new MultiMarginLoss().of(x, labels), Losses.multiMargin(x, labels));
    assertSame(new KLDivLoss().of(x, p), Losses.klDivergence(x, p));
    assertSame(new CosineEmbeddingLoss().of(x, y, signs), Losses.cosineEmbedding(x, y, signs));
    assertSame(new TripletMarginLoss().of(x, y, p), Losses.tripletMargin(x, y, p));
    assertSame(new PoissonNLLLoss().of(x, p), Losses.poissonNegativeLogLikelihood(x, p));
    long functions =
        Stream.of(Losses.class.getDeclaredMethods())
            .filter((Method method) -> Modifier.isPublic(method.getModifiers()))
            .count();
    assertEquals(15, functions, "functions of Losses, all of them above");
  }

  private static void assertSame(Tensor expected, Tensor actual) {
    assertEquals(expected.item(), actual.item());
  }

  @Test
  void crossEntropyTakesFurtherDimensions() {
    Tensor deep = Losses.crossEntropy(LOGITS.reshape(2, 1, 3), Tensor.ofInts(1, 0).reshape(2, 1));

    assertEquals(Losses.crossEntropy(LOGITS, Tensor.ofInts(1, 0)).item(), deep.item());
    Tensor all =
        new CrossEntropyLoss()
            .reduction(LossReduction.NONE)
            .of(LOGITS.reshape(2, 1, 3), LOGITS.softmax(1).reshape(2, 1, 3));
    assertEquals(Shape.of(2, 1), all.shape());
  }

  @Test
  void crossEntropyDoesNotOverflow() {
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      Tensor logits = Tensor.of(new double[][] {{1e4, 0}, {-1e4, 1e4}}).cast(dtype).requiresGrad();
      Tensor right = Losses.crossEntropy(logits, Tensor.ofInts(0, 1));
      Tensor wrong = Losses.crossEntropy(logits, Tensor.ofInts(1, 0));

      assertEquals(0, right.item());
      assertEquals(1.5e4, wrong.item());
      assertArrayEquals(
          new double[] {0.5, -0.5, -0.5, 0.5}, wrong.backward().of(logits).toDoubleArray());
      double smoothed =
          new CrossEntropyLoss().labelSmoothing(0.1).of(logits, Tensor.ofInts(0, 1)).item();
      assertEquals(0.05 * 1.5e4, smoothed, 1e-3);
    }
    Tensor huge = Tensor.of(new float[][] {{1e30f, 0}});
    assertEquals(0, Losses.crossEntropy(huge, Tensor.ofInts(0)).item());
  }

  @Test
  void classesThatAreRuledOutDoNotSpoilTheOthers() {
    Tensor logits = Tensor.of(new double[][] {{0, 0, Double.NEGATIVE_INFINITY}}).requiresGrad();
    Tensor target = Tensor.of(new double[][] {{0.5, 0.5, 0}});
    Tensor loss = Losses.crossEntropy(logits, target);

    assertEquals(Math.log(2), loss.item(), 1e-15);
    assertArrayEquals(new double[] {0, 0, 0}, loss.backward().of(logits).toDoubleArray(), 1e-15);
  }

  @Test
  void binaryCrossEntropyDoesNotOverflow() {
    Tensor logits = Tensor.of(1e4f, -1e4f);
    assertEquals(0, Losses.binaryCrossEntropyWithLogits(logits, Tensor.of(1f, 0f)).item());
    assertEquals(1e4, Losses.binaryCrossEntropyWithLogits(logits, Tensor.of(0f, 1f)).item());

    Tensor certain = Tensor.of(0.0, 1.0).requiresGrad();
    Tensor wrong = Losses.binaryCrossEntropy(certain, Tensor.of(1.0, 0.0));
    assertEquals(0, Losses.binaryCrossEntropy(certain, Tensor.of(0.0, 1.0)).item());
    assertEquals(100, wrong.item());
    assertArrayEquals(new double[] {0, 0}, wrong.backward().of(certain).toDoubleArray(), 1e-15);
  }

  @Test
  void divergenceOfACertainTargetIsFinite() {
    Tensor x = Tensor.of(0.0, Double.NEGATIVE_INFINITY).requiresGrad();
    Tensor loss = new KLDivLoss().reduction(LossReduction.SUM).of(x, Tensor.of(1.0, 0.0));

    assertEquals(0, loss.item());
    assertArrayEquals(new double[] {-1, 0}, loss.backward().of(x).toDoubleArray(), 1e-15);
  }

  @Test
  void labelsThatAreNoClassesAreNamed() {
    assertRefused(
        "crossEntropy: label 3 is none of the 3 classes of logits [2, 3] (0 to 2)",
        () -> Losses.crossEntropy(LOGITS, Tensor.ofInts(1, 3)));
    assertRefused(
        "multiMargin: label -1 is none of the 3 classes",
        () -> Losses.multiMargin(LOGITS, Tensor.ofInts(-1, 0)));
    assertRefused(
        "negativeLogLikelihood: label 7 is none of the 3 classes",
        () -> new NLLLoss().ignoreLabel(6).of(LOGITS, Tensor.ofInts(6, 7)));
  }

  @Test
  void shapesThatDoNotFitAreNamed() {
    Tensor column = Tensor.zeros(DType.FLOAT64, 3, 1);
    Tensor vector = Tensor.zeros(DType.FLOAT64, 3);
    assertRefused(
        "meanSquaredError: shapes differ: [3, 1] x [3]",
        () -> Losses.meanSquaredError(column, vector));
    assertRefused(
        "crossEntropy: takes logits [.., classes] and labels [..], not [2, 3] and [3]",
        () -> Losses.crossEntropy(LOGITS, Tensor.ofInts(1, 0, 1)));
    assertRefused(
        "crossEntropy: takes weights [3] for 3 classes, not [2]",
        () -> new CrossEntropyLoss().weights(Tensor.of(1.0, 2.0)).of(LOGITS, Tensor.ofInts(1, 0)));
    assertRefused(
        "crossEntropy: takes weights [3] for 3 classes, not [2]",
        () -> new CrossEntropyLoss().weights(Tensor.of(1.0, 2.0)).of(LOGITS, LOGITS.softmax(1)));
    assertRefused(
        "cosineEmbedding: takes [.., features] twice and targets [..], not [3] x [3] and [3]",
        () -> Losses.cosineEmbedding(vector, vector, vector));
    assertRefused(
        "tripletMargin: takes [.., features] three times, not [3] x [3, 1] x [3]",
        () -> Losses.tripletMargin(vector, column, vector));
    assertThrows(DTypeException.class, () -> Losses.crossEntropy(LOGITS, Tensor.of(1.0, 0.0)));
  }

  /** Every loss names itself, not an operation that it is made of. */
  @TestFactory
  Stream<DynamicTest> dtypesThatDoNotFitAreNamed() {
    return LossSamples.ALL.stream()
        .map(sample -> dynamicTest(sample.toString(), () -> assertNamesItself(sample)));
  }

  private static void assertNamesItself(LossSample sample) {
    List<Tensor> mixed = new ArrayList<>(sample.inputs());
    mixed.set(0, mixed.getFirst().cast(DType.FLOAT32));
    boolean labelled = mixed.get(1).dtype() == DType.INT32;
    if (labelled) {
      mixed.set(0, mixed.getFirst().cast(DType.INT32));
    }
    DTypeException error =
        assertThrows(
            DTypeException.class,
            () -> sample.with().apply(LossReduction.MEAN).apply(mixed),
            sample::toString);
    assertTrue(
        error.getMessage().matches("[a-zA-Z0-9]{5,}: dtypes must be all float32 or .*"),
        error::getMessage);
    assertFalse(error.getMessage().startsWith("logSoftmax"), error::getMessage);
  }

  private static void assertRefused(String message, Runnable call) {
    ShapeException error = assertThrows(ShapeException.class, call::run);
    assertTrue(error.getMessage().startsWith(message), error::getMessage);
  }

  @Test
  void numbersThatAreNoneAreNamed() {
    Tensor logits = Tensor.of(new float[][] {{0.5f, 1}, {0, 1.5f}});
    assertRefusedNumber(
        "binaryCrossEntropy: probabilities must be in [0, 1] (BCEWithLogitsLoss takes logits), not"
            + " 1.5 as at [1, 1] of float32[2, 2]",
        () -> Losses.binaryCrossEntropy(logits, logits));
    assertRefusedNumber(
        "binaryCrossEntropy: probabilities must be in [0, 1] (BCEWithLogitsLoss takes logits), not"
            + " NaN as at [0] of float64[1]",
        () -> Losses.binaryCrossEntropy(Tensor.of(Double.NaN), Tensor.of(1.0)));
    assertRefusedNumber(
        "binaryCrossEntropy: probabilities must be in [0, 1] (BCEWithLogitsLoss takes logits), not"
            + " -1.0E-30 as at [] of float64[]",
        () -> new BCELoss().of(Tensor.scalar(DType.FLOAT64, -1e-30), LOGITS.sum()));
    assertRefusedNumber(
        "cosineEmbedding: targets must be 1 or -1, not 0.0 as at [1] of float64[2]",
        () -> Losses.cosineEmbedding(LOGITS, LOGITS, Tensor.ofInts(1, 0)));
    assertRefusedNumber(
        "cosineEmbedding: targets must be 1 or -1, not 0.5 as at [0] of float64[2]",
        () -> Losses.cosineEmbedding(LOGITS, LOGITS, Tensor.of(0.5, 1.0)));
  }

  private static void assertRefusedNumber(String message, Runnable call) {
    IllegalArgumentException error = assertThrows(IllegalArgumentException.class, call::run);
    assertEquals(message, error.getMessage());
  }

  @Test
  void settingsAreChecked() {
    assertThrows(IllegalArgumentException.class, () -> new HuberLoss().delta(0));
    assertThrows(IllegalArgumentException.class, () -> new SmoothL1Loss().beta(-1));
    assertThrows(IllegalArgumentException.class, () -> new CrossEntropyLoss().labelSmoothing(1.1));
    assertThrows(IllegalArgumentException.class, () -> new MultiMarginLoss().power(3));
    assertThrows(IllegalArgumentException.class, () -> new BCEWithLogitsLoss().positiveWeight(-1));
  }
}
