package dev.lanegrad.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Properties of every rule of the table. */
class RuleTest {
  private static final Shape MATRIX = Shape.of(Rules.ROWS, Rules.COLUMNS);
  private static final double[] START =
      IntStream.range(0, Rules.SIZE).mapToDouble(i -> Math.cos(i * 0.7)).toArray();

  static Stream<Rules> all() {
    return Rules.all();
  }

  private static Parameter matrix(DType dtype) {
    return Parameter.of("p", Tensor.ofDoubles(dtype, MATRIX, START));
  }

  /** Gradients that are given, so that nothing but the rule counts. */
  private static Gradients gradients(Parameter p, int t) {
    Tensor slope = Tensor.ofDoubles(p.dtype(), MATRIX, Rules.gradient(t));
    return p.tensor().mul(slope).sum().backward();
  }

  /** Ten steps at falling rates. */
  @ParameterizedTest
  @MethodSource("all")
  void stepsEqualThoseInPlainJava(Rules row) {
    Parameter p = matrix(DType.FLOAT64);
    Optimizer optimizer = new Optimizer(List.of(p), row.rule());
    double[] expected = START.clone();
    double[][] state = new double[4][Rules.SIZE];
    for (int t = 1; t <= 10; t++) {
      double rate = row.rule().learningRate() / t;
      optimizer.setLearningRate(rate);
      optimizer.step(gradients(p, t));
      row.reference().step(expected, Rules.gradient(t), state, rate, t);
    }
    assertArrayEquals(expected, p.tensor().toDoubleArray(), 1e-12);
  }

  /** The mean of the parameters from step 6 on, where they are averaged from step 4 on. */
  @Test
  void asgdKeepsTheMeanOfTheParameters() {
    Parameter p = matrix(DType.FLOAT64);
    Optimizer optimizer = new Optimizer(List.of(p), new ASGD(0.05).withStart(4));
    double[] sum = new double[Rules.SIZE];
    for (int t = 1; t <= 12; t++) {
      optimizer.step(gradients(p, t));
      double[] now = p.tensor().toDoubleArray();
      if (t <= 6) {
        assertArrayEquals(now, optimizer.state(p, "average").toDoubleArray());
      }
      for (int i = 0; t >= 6 && i < sum.length; i++) {
        sum[i] += now[i] / 7;
      }
    }
    assertArrayEquals(sum, optimizer.state(p, "average").toDoubleArray(), 1e-12);
  }

  @ParameterizedTest
  @MethodSource("all")
  void maximizingGoesUpWhereTheRuleGoesDown(Rules row) {
    Parameter p = matrix(DType.FLOAT64);
    Parameter q = matrix(DType.FLOAT64);
    Optimizer down = new Optimizer(List.of(p), row.rule());
    Optimizer up = new Optimizer(List.of(q), row.rule().maximize());
    for (int t = 1; t <= 3; t++) {
      down.step(gradients(p, t));
      up.step(gradients(q, t).scale(-1));
    }
    assertArrayEquals(p.tensor().toDoubleArray(), q.tensor().toDoubleArray());
    assertEquals(row.rule(), row.rule().maximize().maximize());
    assertEquals(row.rule().settings(), row.rule().maximize().settings());
  }

  /** A run that goes on from a saved state gives the same bits, with settings that have changed. */
  @ParameterizedTest
  @MethodSource("all")
  void goesOnFromItsStateBitForBit(Rules row) {
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      Parameter p = matrix(dtype);
      Optimizer optimizer = new Optimizer(List.of(p), row.rule());
      for (int t = 1; t <= 6; t++) {
        optimizer.step(gradients(p, t));
      }
      optimizer.setLearningRate(row.rule().learningRate() / 3);
      Parameter q = Parameter.of("p", p.tensor().detach());
      Optimizer resumed = new Optimizer(List.of(q), row.rule());
      Map<String, Tensor> state = optimizer.stateDict();
      optimizer.step(gradients(p, 7));
      resumed.loadStateDict(state);
      resumed.step(gradients(q, 7));
      for (int t = 8; t <= 12; t++) {
        optimizer.step(gradients(p, t));
        resumed.step(gradients(q, t));
      }
      assertArrayEquals(p.tensor().toDoubleArray(), q.tensor().toDoubleArray());
      Map<String, Tensor> one = optimizer.stateDict();
      resumed
          .stateDict()
          .forEach(
              (name, tensor) ->
                  assertArrayEquals(one.get(name).toDoubleArray(), tensor.toDoubleArray(), name));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aStateOfAnotherShapeChangesNothing(Rules row) {
    Parameter p = matrix(DType.FLOAT32);
    Optimizer optimizer = new Optimizer(List.of(p), row.rule());
    optimizer.step(gradients(p, 1));
    Map<String, Tensor> before = optimizer.stateDict();
    Map<String, Tensor> wrong = new LinkedHashMap<>();
    before.forEach((name, tensor) -> wrong.put(name, tensor.mul(0.5)));
    wrong.put("state.p.step", Tensor.of(1.0, 2));
    assertThrows(IllegalArgumentException.class, () -> optimizer.loadStateDict(wrong));
    optimizer
        .stateDict()
        .forEach(
            (name, tensor) ->
                assertArrayEquals(before.get(name).toDoubleArray(), tensor.toDoubleArray(), name));
  }

  @ParameterizedTest
  @MethodSource("all")
  void changesTheParameterOnceInAStep(Rules row) {
    Parameter parameter = matrix(DType.FLOAT64);
    Optimizer optimizer = new Optimizer(List.of(parameter), row.rule());

    optimizer.step(parameter.tensor().square().sum().backward());
    assertEquals(1, parameter.version());
  }

  /** Scalars, vectors and tensors of three axes, empty ones too, as far as the rule takes them. */
  @ParameterizedTest
  @MethodSource("all")
  void takesParametersOfAnyRank(Rules row) {
    int[][] shapes =
        row.isForMatrices()
            ? new int[][] {{1, 1}, {5, 2}, {2, 5}}
            : new int[][] {{}, {5}, {2, 1, 3}, {1, 1}, {2, 2, 2, 2}};
    for (int[] shape : shapes) {
      Parameter p = Parameter.of("p", Tensor.ones(DType.FLOAT64, shape));
      Optimizer optimizer = new Optimizer(List.of(p), row.rule());
      for (int t = 1; t <= 3; t++) {
        optimizer.step(p.tensor().square().sum().backward());
      }
      for (double value : p.tensor().toDoubleArray()) {
        assertEquals(true, Double.isFinite(value) && value != 1, row + " " + value);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void everySettingCanBeSetAndIsChecked(Rules row) {
    Rule rule = row.rule();
    rule.settings()
        .forEach(
            (name, value) -> {
              assertEquals(rule, rule.with(name, value));
              assertThrows(IllegalArgumentException.class, () -> rule.with(name, Double.NaN), name);
            });
    assertEquals(
        rule.learningRate() / 2, rule.with("learningRate", rule.learningRate() / 2).learningRate());
    IllegalArgumentException unknown =
        assertThrows(IllegalArgumentException.class, () -> rule.with("speed", 1));
    String name = rule.toString().replaceAll("\\[.*", "");
    assertEquals(
        "%s: there is no setting \"speed\"; it has %s"
            .formatted(name, String.join(", ", rule.settings().keySet())),
        unknown.getMessage());
  }

  @Test
  void hyperParametersOutOfRangeAreRefused() {
    List<Runnable> mistakes =
        List.of(
            () -> new SGD(-1),
            () -> new SGD(Double.NaN),
            () -> new SGD(Double.POSITIVE_INFINITY),
            () -> new SGD(0.1, 1),
            () -> new SGD(0.1, -0.1),
            () -> new SGD(0.1, 0, true, 0),
            () -> new SGD(0.1, 0.9, true, 0).withDampening(0.1),
            () -> new SGD(0.1, 0.9).withDampening(1.5),
            () -> new SGD(0.1, 0, false, -1),
            () -> new Adam(-1),
            () -> new Adam(0.1, 1, 0.9, 1e-8, 0),
            () -> new Adam(0.1, 0.9, 1, 1e-8, 0),
            () -> new Adam(0.1, 0.9, 0.9, -1e-9, 0),
            () -> new Adam(0.1, 0.9, 0.9, 1e-8, Double.NaN),
            () -> new AdamW(Double.NaN),
            () -> new AdamW(0.1, 0.9, 0.9, 1e-8, -1),
            () -> new Adamax(0.1).withEpsilon(-1),
            () -> new NAdam(0.1).withMomentumDecay(-1),
            () -> new RAdam(0.1).withBetas(0.9, 1),
            () -> new Adagrad(0.1).withInitialAccumulatorValue(-1),
            () -> new Adagrad(0.1).withLearningRateDecay(-1),
            () -> new Adadelta(0.1).withRho(1.1),
            () -> new RMSprop(0.1).withAlpha(-0.1),
            () -> new RMSprop(0.1).withMomentum(-0.1),
            () -> new Rprop(0.1).withEtas(1.1, 1.2),
            () -> new Rprop(0.1).withEtas(0.5, 1),
            () -> new Rprop(0.1).withSteps(2, 1),
            () -> new ASGD(0.1).withStart(Double.NaN),
            () -> new Lion(0.1).withBetas(1, 0.9),
            () -> new LAMB(0.1).withWeightDecay(-1),
            () -> new SparseAdam(0.1).withEpsilon(-1),
            () -> new Adafactor(0.1).withBeta2Decay(0.1),
            () -> new Adafactor(0.1).withClipping(0.9),
            () -> new Adafactor(0.1).withEpsilons(-1.0, 0.1),
            () -> new Muon(0.1).withIterations(100),
            () -> new Muon(0.1).withMomentum(1));
    for (Runnable mistake : mistakes) {
      assertThrows(IllegalArgumentException.class, mistake::run);
    }
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> new Adam(0.1, 1, 0.9, 1e-8, 0));
    assertEquals("Adam: beta1 must be at least 0 and less than 1, not 1.0", error.getMessage());
  }
}
