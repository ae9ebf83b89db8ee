package dev.lanegrad.layers.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Losses at infinities, at large numbers, at certain targets, and where numbers cancel. */
class LossExtremesTest {
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double ROOT_HALF = Math.sqrt(0.5);

  /**
   * One example of a loss: its sum or single value, and the gradients of the inputs.
   *
   * @param gradients of as many inputs as there are
   */
  private record Extreme(
      Class<?> type,
      String what,
      Function<List<Tensor>, Tensor> loss,
      List<double[]> inputs,
      double expected,
      List<double[]> gradients) {
    Extreme at(double... input) {
      List<double[]> more = new ArrayList<>(inputs);
      more.add(input);
      return new Extreme(type, what, loss, more, expected, gradients);
    }

    Extreme is(double value, double[]... slopes) {
      return new Extreme(type, what, loss, inputs, value, List.of(slopes));
    }

    @Override
    public String toString() {
      return type.getSimpleName()
          + what
          + " at "
          + inputs.stream().map(Arrays::toString).collect(Collectors.joining(", "));
    }
  }

  private static double[] is(double... values) {
    return values;
  }

  private static Extreme of(String what, Loss loss) {
    return new Extreme(
        loss.getClass(), what, in -> loss.of(in.get(0), in.get(1)), List.of(), 0, List.of());
  }

  private static Extreme of(Loss loss) {
    return of("", loss);
  }

  private static Extreme labelled(Loss loss, int label) {
    Tensor labels = Tensor.ofInts(Shape.SCALAR, label);
    return new Extreme(
        loss.getClass(),
        " of label " + label,
        in -> loss.of(in.get(0), labels),
        List.of(),
        0,
        List.of());
  }

  private static Extreme cosine(int target) {
    Tensor targets = Tensor.ofInts(Shape.SCALAR, target);
    return new Extreme(
        CosineEmbeddingLoss.class,
        " of " + target,
        in -> new CosineEmbeddingLoss().of(in.get(0), in.get(1), targets),
        List.of(),
        0,
        List.of());
  }

  private static final Extreme TRIPLET =
      new Extreme(
          TripletMarginLoss.class,
          "",
          in -> new TripletMarginLoss().of(in.get(0), in.get(1), in.get(2)),
          List.of(),
          0,
          List.of());

  private static final List<Extreme> ALL =
      List.of(
          of(new MSELoss()).at(INF).at(1).is(INF, is(INF), is(-INF)),
          of(new MSELoss())
              .at(1e19, 1e19, 1e19, 1e19)
              .at(0, 0, 0, 0)
              .is(1e38, is(5e18, 5e18, 5e18, 5e18)),
          of(new SSELoss()).at(-INF).at(1).is(INF, is(-INF), is(INF)),
          of(new L1Loss()).at(INF).at(1).is(INF, is(1), is(-1)),
          of(new L1Loss()).at(3e38, -3e38).at(0, 0).is(3e38, is(0.5, -0.5), is(-0.5, 0.5)),
          of(new HuberLoss().delta(2)).at(INF).at(1).is(INF, is(2), is(-2)),
          of(new HuberLoss().delta(2)).at(-INF).at(1).is(INF, is(-2), is(2)),
          of(new HuberLoss()).at(3e38).at(0).is(3e38, is(1), is(-1)),
          of(new HuberLoss()).at(1).at(0).is(0.5, is(1), is(-1)),
          of(new SmoothL1Loss().beta(2)).at(INF).at(1).is(INF, is(1), is(-1)),
          of(new SmoothL1Loss().beta(2)).at(0).at(INF).is(INF, is(-1), is(1)),
          of(new SmoothL1Loss().beta(0.5)).at(3e38).at(0).is(3e38, is(1), is(-1)),
          of(new HingeLoss()).at(INF).at(1).is(0, is(0), is(0)),
          of(new HingeLoss()).at(INF).at(-1).is(INF, is(1), is(-INF)),
          of(new HingeLoss()).at(-1e38).at(1).is(1e38, is(-1), is(1e38)),
          of(new BCELoss()).at(0).at(0).is(0, is(1), is(100)),
          of(new BCELoss()).at(1).at(1).is(0, is(-1), is(-100)),
          of(new BCELoss()).at(1).at(0).is(100, is(0), is(-100)),
          of(new BCELoss()).at(0x1p-40).at(0).is(0x1p-40, is(1), is(40 * Math.log(2))),
          of(new BCEWithLogitsLoss()).at(12).at(1).is(6.1441935e-6, is(-6.1441746e-6), is(-12)),
          of(new BCEWithLogitsLoss()).at(-12).at(0).is(6.1441935e-6, is(6.1441746e-6), is(12)),
          of(new BCEWithLogitsLoss())
              .at(50)
              .at(1)
              .is(1.9287498479639178e-22, is(-1.9287498479639178e-22), is(-50)),
          of(new BCEWithLogitsLoss()).at(0).at(1).is(Math.log(2), is(-0.5), is(0)),
          of(new BCEWithLogitsLoss()).at(0).at(0.25).is(Math.log(2), is(0.25), is(0)),
          of(new BCEWithLogitsLoss()).at(INF).at(1).is(0, is(0)),
          of(new BCEWithLogitsLoss()).at(-INF).at(0).is(0, is(0)),
          of(new BCEWithLogitsLoss()).at(INF).at(0).is(INF, is(1), is(-INF)),
          of(new BCEWithLogitsLoss()).at(-INF).at(1).is(INF, is(-1), is(INF)),
          of(new BCEWithLogitsLoss()).at(1e30).at(0.5).is(5e29, is(0.5), is(-1e30)),
          of(" weighted", new BCEWithLogitsLoss().positiveWeight(3)).at(INF).at(1).is(0, is(0)),
          of(" weighted", new BCEWithLogitsLoss().positiveWeight(3)).at(-INF).at(1).is(INF, is(-3)),
          of(" weighted", new BCEWithLogitsLoss().positiveWeight(3))
              .at(12)
              .at(1)
              .is(3 * 6.1441935e-6, is(-3 * 6.1441746e-6)),
          of(new KLDivLoss()).at(0, -INF).at(1, 0).is(0, is(-0.5, 0), is(0.5, 0)),
          of(new KLDivLoss()).at(-1).at(-0.5).is(Double.NaN),
          of(new KLDivLoss()).at(-1).at(Double.NaN).is(Double.NaN),
          of(new KLDivLoss()).at(-INF).at(0.5).is(INF, is(-0.5), is(INF)),
          of(" of logarithms", new KLDivLoss().logTarget(true))
              .at(0, -INF)
              .at(0, -INF)
              .is(0, is(-0.5, 0), is(0.5, 0)),
          of(" of logarithms", new KLDivLoss().logTarget(true)).at(-1).at(-INF).is(0, is(0), is(0)),
          of(" of logarithms", new KLDivLoss().logTarget(true))
              .at(-INF)
              .at(-1e4)
              .is(0, is(0), is(0)),
          of(new PoissonNLLLoss()).at(-INF).at(0).is(0, is(0), is(0)),
          of(new PoissonNLLLoss()).at(-INF).at(2).is(INF, is(-2), is(INF)),
          of(new PoissonNLLLoss()).at(INF).at(2).is(INF, is(INF)),
          of(" of rates", new PoissonNLLLoss().logInput(false)).at(INF).at(2).is(INF, is(1)),
          of(" of rates", new PoissonNLLLoss(false, false, 0, LossReduction.MEAN))
              .at(0)
              .at(0)
              .is(0, is(1), is(0)),
          of(" of rates", new PoissonNLLLoss(false, false, 0, LossReduction.MEAN))
              .at(0)
              .at(2)
              .is(INF, is(-INF), is(INF)),
          of(" in full", new PoissonNLLLoss().full(true)).at(0).at(0).is(1, is(1), is(0)),
          of(new CrossEntropyLoss())
              .at(1, 2, 3)
              .at(1, 0, 0)
              .is(
                  2.4076059644443806,
                  is(-0.9099694268296196, 0.24472847105479764, 0.6652409557748219),
                  is(2.4076059644443806, 1.4076059644443804, 0.4076059644443804)),
          of(" weighted", new CrossEntropyLoss().weights(Tensor.of(2.0, 0.0, 1.0)))
              .at(1, 2, 3)
              .at(1, 0, 0)
              .is(
                  2 * 2.4076059644443806,
                  is(-2 * 0.9099694268296196, 2 * 0.24472847105479764, 2 * 0.6652409557748219),
                  is(2 * 2.4076059644443806, 0, 0.4076059644443804)),
          of(new CrossEntropyLoss())
              .at(0, 0, -INF)
              .at(0.5, 0.5, 0)
              .is(Math.log(2), is(0, 0, 0), is(Math.log(2), Math.log(2), 0)),
          of(new CrossEntropyLoss()).at(0, -INF).at(0.5, 0.5).is(INF),
          labelled(new CrossEntropyLoss(), 0).at(1e30, -1e30).is(0, is(0, 0)),
          labelled(new CrossEntropyLoss(), 1).at(1e30, -1e30).is(2e30, is(1, -1)),
          labelled(new CrossEntropyLoss(), 0).at(0, -INF).is(0, is(0, 0)),
          labelled(new CrossEntropyLoss().ignoreLabel(5), 0).at(0, -INF).is(0, is(0, 0)),
          labelled(
                  new CrossEntropyLoss().weights(Tensor.of(0.0, 1.0)).reduction(LossReduction.SUM),
                  0)
              .at(-INF, 0)
              .is(0, is(0, 0)),
          labelled(new NLLLoss(), 1).at(0, -INF).is(INF, is(0, -1)),
          labelled(new NLLLoss().weights(Tensor.of(1.0, 0.0)).reduction(LossReduction.SUM), 1)
              .at(0, -INF)
              .is(0, is(0, 0)),
          labelled(new MultiMarginLoss(), 1).at(0, INF).is(0, is(0, 0)),
          labelled(new MultiMarginLoss().power(2), 1).at(0, INF).is(0, is(0, 0)),
          labelled(new MultiMarginLoss(), 1).at(INF, 0).is(INF, is(0.5, -0.5)),
          labelled(new MultiMarginLoss(), 1).at(0, -1e38).is(5e37, is(0.5, -0.5)),
          labelled(new MultiMarginLoss(), 1).at(-INF, 0).is(0, is(0, 0)),
          cosine(1)
              .at(1e20, 1e20)
              .at(1, 0)
              .is(1 - ROOT_HALF, is(-ROOT_HALF / 2e20, ROOT_HALF / 2e20), is(0, -ROOT_HALF)),
          cosine(-1)
              .at(1e20, 1e20)
              .at(1e20, 0)
              .is(ROOT_HALF, is(ROOT_HALF / 2e20, -ROOT_HALF / 2e20), is(0, ROOT_HALF / 1e20)),
          cosine(-1)
              .at(1e10, 1e10)
              .at(1e10, 0)
              .is(ROOT_HALF, is(ROOT_HALF / 2e10, -ROOT_HALF / 2e10), is(0, ROOT_HALF / 1e10)),
          cosine(-1)
              .at(1e7, 1e7)
              .at(1e7, 0)
              .is(ROOT_HALF, is(ROOT_HALF / 2e7, -ROOT_HALF / 2e7), is(0, ROOT_HALF / 1e7)),
          cosine(-1).at(3e38, 3e38).at(3e38, 3e38).is(1),
          cosine(1).at(0, 0).at(1e20, 0).is(1, is(-1e6, 0), is(0, 0)),
          TRIPLET.at(0).at(1e15).at(0).is(1e15, is(-2), is(1), is(1)),
          TRIPLET.at(0).at(1e30).at(0).is(1e30, is(-2), is(1), is(1)));

  @TestFactory
  Stream<DynamicTest> valuesAndGradientsAreRight() {
    return ALL.stream()
        .flatMap(
            extreme ->
                Stream.of(DType.FLOAT32, DType.FLOAT64)
                    .map(
                        dtype -> dynamicTest(extreme + ", " + dtype, () -> check(extreme, dtype))));
  }

  private static void check(Extreme extreme, DType dtype) {
    List<Tensor> inputs =
        extreme.inputs().stream().map(x -> Tensor.of(x).cast(dtype).requiresGrad()).toList();
    Tensor loss = extreme.loss().apply(inputs);
    double relative = dtype == DType.FLOAT32 ? 3e-7 : 1e-8;
    assertClose(relative, new double[] {extreme.expected()}, loss.item());
    Gradients gradients = loss.backward();
    for (int i = 0; i < extreme.gradients().size(); i++) {
      assertClose(
          relative, extreme.gradients().get(i), gradients.of(inputs.get(i)).toDoubleArray());
    }
  }

  /** Up to a part of the largest finite number; infinities and NaN are equal. */
  private static void assertClose(double relative, double[] expected, double... actual) {
    double largest =
        Arrays.stream(expected).filter(Double::isFinite).map(Math::abs).max().orElse(0);
    for (int k = 0; k < expected.length; k++) {
      assertEquals(expected[k], actual[k], Double.isFinite(expected[k]) ? relative * largest : 0);
    }
  }

  /** Every loss has extremes by virtue of existing. */
  @Test
  void everyLossHasExtremes() throws Exception {
    Set<Class<?>> missing = new LinkedHashSet<>(LossClasses.all());
    missing.removeAll(ALL.stream().map(Extreme::type).toList());
    assertEquals(Set.of(), missing, "losses without extremes");
  }

  /** |x| has a bend at 0 in the formula, the loss has none: its curvature is p (1 - p). */
  @Test
  void logitsBendEvenly() {
    for (double x : new double[] {-3, -1e-9, 0, 1e-9, 3}) {
      Tensor target = Tensor.scalar(DType.FLOAT64, 0.75);
      double curvature =
          Autodiff.hessian(
                  logit -> new BCEWithLogitsLoss().of(logit, target),
                  Tensor.scalar(DType.FLOAT64, x))
              .item();
      assertEquals(sigmoid(x) * sigmoid(-x), curvature, 1e-15);
    }
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }

  private static double sigmoid(double x) {
    return x > 0 ? 1 / (1 + StrictMath.exp(-x)) : StrictMath.exp(x) / (1 + StrictMath.exp(x));
  }

  /** All sizes of logits of both signs: no digit is lost, in the gradient neither. */
  @TestFactory
  Stream<DynamicTest> logitsOfAllSizesGiveAllDigits() {
    double[] sizes = new double[2 * 90];
    Arrays.setAll(sizes, i -> (i % 2 == 0 ? 1 : -1) * StrictMath.pow(2, (i / 2 - 60) / 5.0));
    return Stream.of(0.0, 1e-6, 0.25, 0.5, 0.875, 1.0)
        .flatMap(
            t ->
                Stream.of(DType.FLOAT32, DType.FLOAT64)
                    .map(
                        dtype ->
                            dynamicTest(t + ", " + dtype, () -> checkLogits(sizes, t, dtype))));
  }

  private static void checkLogits(double[] sizes, double target, DType dtype) {
    Tensor x = Tensor.of(sizes).cast(dtype).requiresGrad();
    Tensor t = Tensor.full(dtype, target, sizes.length);
    Tensor loss = new BCEWithLogitsLoss().reduction(LossReduction.NONE).of(x, t);
    double[] slopes = loss.sum().backward().of(x).toDoubleArray();
    double[] values = loss.toDoubleArray();
    double relative = dtype == DType.FLOAT32 ? 4e-7 : 1e-15;
    for (int i = 0; i < values.length; i++) {
      double logit = x.toDoubleArray()[i];
      double rounded = t.toDoubleArray()[i];
      double expected = rounded * softplus(-logit) + (1 - rounded) * softplus(logit);
      assertEquals(expected, values[i], relative * expected, "of " + logit);
      double positive = (1 - rounded) * sigmoid(logit);
      double negative = rounded * sigmoid(-logit);
      assertEquals(
          positive - negative, slopes[i], relative * (positive + negative), "slope at " + logit);
    }
  }

  /** Small probabilities of what did not happen cost as much as they are. */
  @TestFactory
  Stream<DynamicTest> probabilitiesOfAllSizesGiveAllDigits() {
    double[] sizes = new double[300];
    Arrays.setAll(sizes, i -> StrictMath.pow(2, -(i + 1) / 3.0));
    return Stream.of(DType.FLOAT32, DType.FLOAT64)
        .map(dtype -> dynamicTest(dtype.toString(), () -> checkProbabilities(sizes, dtype)));
  }

  private static void checkProbabilities(double[] sizes, DType dtype) {
    Tensor p = Tensor.of(sizes).cast(dtype);
    BCELoss each = new BCELoss(LossReduction.NONE);
    double[] missed = each.of(p, Tensor.ones(dtype, sizes.length)).toDoubleArray();
    double[] avoided = each.of(p, Tensor.zeros(dtype, sizes.length)).toDoubleArray();
    double relative = dtype == DType.FLOAT32 ? 3e-7 : 1e-15;
    for (int i = 0; i < sizes.length; i++) {
      double rounded = p.toDoubleArray()[i];
      double first = -StrictMath.log(rounded);
      double second = -StrictMath.log1p(-rounded);
      assertEquals(first, missed[i], relative * first, "of " + rounded);
      assertEquals(second, avoided[i], relative * second, "of what is left of " + rounded);
    }
  }
}
