package dev.lanegrad.optim.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.optim.Adam;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.optim.SGD;
import dev.lanegrad.optim.schedule.ReduceLROnPlateau.Mode;
import dev.lanegrad.optim.schedule.ReduceLROnPlateau.Options;
import dev.lanegrad.optim.schedule.ReduceLROnPlateau.ThresholdMode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every schedule gives what that of PyTorch 2.13 gives, in any order of steps. */
class PyTorchSchedulesTest {
  /** As schedules.py names them. */
  static final Map<String, Schedule> CASES = new HashMap<>();

  private static final Map<String, Options> PLATEAUS =
      Map.of(
          "ReduceLROnPlateau.0",
          Options.DEFAULT.withPatience(2),
          "ReduceLROnPlateau.1",
          new Options(Mode.MAX, 0.5, 1, 0.01, ThresholdMode.ABS, 2, 0.01, 1e-8),
          "ReduceLROnPlateau.2",
          Options.DEFAULT
              .withMode(Mode.MAX)
              .withPatience(3)
              .withThreshold(0.1, ThresholdMode.REL)
              .withEpsilon(1e-3)
              .withFactor(0.3),
          "ReduceLROnPlateau.3",
          Options.DEFAULT
              .withPatience(0)
              .withThreshold(0.02, ThresholdMode.ABS)
              .withCooldown(1)
              .withFactor(0.7));

  static {
    CASES.put("LambdaLR", new LambdaLR(t -> Math.pow(0.95, t) + t / 100.0));
    CASES.put("MultiplicativeLR", new MultiplicativeLR(t -> 0.9 + t / 200.0));
    CASES.put("StepLR", new StepLR(7, 0.4));
    CASES.put("MultiStepLR", new MultiStepLR(List.of(20L, 3L, 3L, 31L), 0.5));
    CASES.put("ConstantLR", new ConstantLR());
    CASES.put("ConstantLR.2", new ConstantLR(0.25, 9));
    CASES.put("LinearLR", new LinearLR());
    CASES.put("LinearLR.2", new LinearLR(0.1, 0.7, 9));
    CASES.put("ExponentialLR", new ExponentialLR(0.93));
    CASES.put("PolynomialLR", new PolynomialLR());
    CASES.put("PolynomialLR.2", new PolynomialLR(30, 2.5));
    CASES.put("CosineAnnealingLR", new CosineAnnealingLR(13));
    CASES.put("CosineAnnealingLR.2", new CosineAnnealingLR(10, 0.05));
    CASES.put("CosineAnnealingWarmRestarts", new CosineAnnealingWarmRestarts(7));
    CASES.put("CosineAnnealingWarmRestarts.2", new CosineAnnealingWarmRestarts(5, 2, 0.01));
    CASES.put("CyclicLR", new CyclicLR(0.01, 0.2, 6));
    CASES.put(
        "CyclicLR.2",
        new CyclicLR(0.01, 0.2, 6)
            .withStepsDown(3)
            .withMode(CyclicLR.Mode.TRIANGULAR2)
            .withMomentum(0.7, 0.95));
    CASES.put(
        "CyclicLR.3",
        new CyclicLR(0.01, 0.2, 4).withStepsDown(9).withMode(CyclicLR.Mode.EXP_RANGE, 0.97));
    CASES.put(
        "CyclicLR.4",
        new CyclicLR(0.01, 0.2, 4).withScaleOfCycle(c -> 1 / c).withCycleMomentum(false));
    CASES.put("CyclicLR.5", new CyclicLR(0.01, 0.2, 4).withScaleOfStep(t -> Math.pow(0.9, t)));
    CASES.put("OneCycleLR", new OneCycleLR(0.5, 50));
    CASES.put("OneCycleLR.2", new OneCycleLR(0.5, 50).withPartUp(0.4).withThreePhase(true));
    CASES.put(
        "OneCycleLR.3",
        new OneCycleLR(0.5, 5, 9)
            .withAnneal(Anneal.LINEAR)
            .withMomentum(0.6, 0.8)
            .withDivFactors(10, 100)
            .withPartUp(0.25));
    CASES.put(
        "OneCycleLR.4",
        new OneCycleLR(0.5, 20)
            .withCycleMomentum(false)
            .withThreePhase(true)
            .withAnneal(Anneal.LINEAR));
    CASES.put(
        "SequentialLR",
        new SequentialLR(new LinearLR(0.1, 1, 5), new CosineAnnealingLR(20, 0.02), 5));
    CASES.put(
        "SequentialLR.2",
        new SequentialLR(
            List.of(
                new ConstantLR(0.1, 5),
                new ExponentialLR(0.9),
                new StepLR(4, 0.5),
                new CosineAnnealingWarmRestarts(5, 2, 0)),
            List.of(4L, 11L, 23L)));
    CASES.put(
        "SequentialLR.3", new SequentialLR(new CyclicLR(0.01, 0.2, 4), new PolynomialLR(8, 2), 10));
    CASES.put(
        "SequentialLR.4",
        new SequentialLR(new LambdaLR(t -> 1 / (t + 1.0)), new MultiStepLR(3, 6), 8));
    CASES.put(
        "ChainedScheduler", new ChainedScheduler(new ConstantLR(0.1, 6), new ExponentialLR(0.9)));
    CASES.put(
        "ChainedScheduler.2",
        new ChainedScheduler(
            new LinearLR(0.2, 0.9, 6),
            new CosineAnnealingLR(8),
            new StepLR(5, 0.7),
            new MultiStepLR(List.of(4L, 9L), 0.8),
            new PolynomialLR(25, 0.5),
            new MultiplicativeLR(t -> 0.99)));
    CASES.put(
        "ChainedScheduler.3",
        new ChainedScheduler(new LambdaLR(t -> Math.pow(0.95, t)), new StepLR(5, 0.7)));
    CASES.put(
        "ChainedScheduler.4",
        new ChainedScheduler(
            new ExponentialLR(0.9),
            new ChainedScheduler(new StepLR(3, 0.7), new ConstantLR(0.5, 4))));
    CASES.put("SWALR", new SWALR(0.02));
    CASES.put("SWALR.2", new SWALR(0.02, 7, Anneal.LINEAR));
    CASES.put("SWALR.3", new SWALR(0.02, 0, Anneal.COS));
  }

  private static List<String> all() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            PyTorchSchedulesTest.class.getResourceAsStream("/pytorch/schedules.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  static Stream<String> lines() throws IOException {
    return all().stream().filter(line -> !line.startsWith("ReduceLROnPlateau"));
  }

  static Stream<String> plateaus() throws IOException {
    return all().stream().filter(line -> line.startsWith("ReduceLROnPlateau"));
  }

  private static double[] numbers(String line) {
    return Arrays.stream(line.split(" ", -1)).skip(1).mapToDouble(Double::parseDouble).toArray();
  }

  private static String name(String line) {
    return line.substring(0, line.indexOf(' '));
  }

  private static Optimizer optimizer(boolean hasBetas) {
    Parameter p = Parameter.of("p", Tensor.zeros(DType.FLOAT64));
    return new Optimizer(List.of(p), hasBetas ? new Adam(0.3) : new SGD(0.3, 0.9));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void everyStepIsPyTorchs(String line) {
    String name = name(line);
    double[] expected = numbers(line);
    Schedule schedule = Objects.requireNonNull(CASES.get(name));
    boolean hasBetas = name.equals("CyclicLR.2") || name.equals("OneCycleLR.2");
    Optimizer optimizer = optimizer(hasBetas);
    for (int step = 0; step < expected.length / 2; step++) {
      schedule.apply(optimizer, step);
      String where = name + " in step " + step;
      assertEquals(expected[2 * step], optimizer.learningRate(), 1e-12, where);
      Double momentum = optimizer.settings(0).get(hasBetas ? "beta1" : "momentum");
      assertEquals(expected[2 * step + 1], momentum, 1e-12, where);
    }
  }

  /** What a step gives does not depend on what was asked for before. */
  @ParameterizedTest
  @MethodSource("lines")
  void aStepIsAFunctionOfItsNumberAlone(String line) {
    Schedule schedule = Objects.requireNonNull(CASES.get(name(line)));
    int steps = numbers(line).length / 2;
    Random random = new Random(1);
    var start = optimizer(false).settings(0);
    double[] inOrder = new double[steps];
    for (int step = 0; step < steps; step++) {
      inOrder[step] = Objects.requireNonNull(schedule.at(step, start).get("learningRate"));
    }
    for (int i = 0; i < 20; i++) {
      int step = random.nextInt(steps);
      assertEquals(inOrder[step], schedule.at(step, start).get("learningRate"));
    }
  }

  @ParameterizedTest
  @MethodSource("plateaus")
  void aPlateauIsFoundWherePyTorchFindsIt(String line) {
    Options options = Objects.requireNonNull(PLATEAUS.get(name(line)));
    double[] expected = numbers(line);
    Optimizer optimizer = optimizer(false);
    ReduceLROnPlateau plateau = new ReduceLROnPlateau(options);
    for (int t = 0; t < expected.length / 2; t++) {
      if (t == 25) {
        ReduceLROnPlateau resumed = new ReduceLROnPlateau(options);
        resumed.loadStateDict(plateau.stateDict());
        plateau = resumed;
      }
      double metric = Math.exp(-t / 10.0) + 0.05 * Math.sin(t * 1.7) + (t > 30 ? 0.3 : 0);
      plateau.step(optimizer, options.mode() == Mode.MIN ? metric : 2 - metric);
      assertEquals(expected[2 * t], optimizer.learningRate(), 1e-14, line + " at " + t);
    }
  }

  @Test
  void everyCaseIsCompared() throws IOException {
    Set<String> compared = new HashSet<>();
    all().forEach(line -> compared.add(name(line)));
    Set<String> cases = new HashSet<>(CASES.keySet());
    cases.addAll(PLATEAUS.keySet());
    assertEquals(cases, compared);
  }
}
