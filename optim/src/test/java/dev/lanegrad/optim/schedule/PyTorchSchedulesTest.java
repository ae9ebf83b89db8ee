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
    Schedule schedule = Objects.requireNonNull(ScheduleCases.ALL.get(name));
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
    Schedule schedule = Objects.requireNonNull(ScheduleCases.ALL.get(name(line)));
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
    Set<String> cases = new HashSet<>(ScheduleCases.ALL.keySet());
    cases.addAll(PLATEAUS.keySet());
    assertEquals(cases, compared);
  }
}
