package dev.lanegrad.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule that PyTorch has goes where PyTorch 2.13 goes, with all of its options. */
class PyTorchTrajectoriesTest {
  /** As optimizers.py numbers them. */
  static final Map<String, List<Rule>> CASES =
      Map.ofEntries(
          Map.entry(
              "SGD",
              List.of(
                  new SGD(0.1),
                  new SGD(0.05).withMomentum(0.9).withDampening(0.3).withWeightDecay(0.1),
                  new SGD(0.05, 0.9).withNesterov(true).withWeightDecay(0.01),
                  new SGD(0.05, 0.8).withWeightDecay(0.1).maximize())),
          Map.entry(
              "Adam",
              List.of(
                  new Adam(),
                  new Adam(0.02, 0.8, 0.95, 1e-3, 0.1).withAmsgrad(true),
                  new Adam(0.02)
                      .withWeightDecay(0.1)
                      .withDecoupledWeightDecay(true)
                      .withAmsgrad(true)
                      .maximize())),
          Map.entry(
              "AdamW",
              List.of(
                  new AdamW(), new AdamW(0.02, 0.8, 0.95, 1e-3, 0.1).withAmsgrad(true).maximize())),
          Map.entry(
              "Adamax",
              List.of(
                  new Adamax(),
                  new Adamax(0.02)
                      .withBetas(0.8, 0.95)
                      .withEpsilon(1e-3)
                      .withWeightDecay(0.1)
                      .maximize())),
          Map.entry(
              "NAdam",
              List.of(
                  new NAdam(),
                  new NAdam(0.02)
                      .withBetas(0.8, 0.95)
                      .withEpsilon(1e-3)
                      .withWeightDecay(0.1)
                      .withMomentumDecay(0.1)
                      .maximize(),
                  new NAdam(0.02).withWeightDecay(0.1).withDecoupledWeightDecay(true))),
          Map.entry(
              "RAdam",
              List.of(
                  new RAdam(),
                  new RAdam(0.02)
                      .withBetas(0.8, 0.9)
                      .withEpsilon(1e-3)
                      .withWeightDecay(0.1)
                      .maximize(),
                  new RAdam(0.02).withWeightDecay(0.1).withDecoupledWeightDecay(true))),
          Map.entry(
              "Adagrad", List.of(new Adagrad(), new Adagrad(0.1, 0.1, 0.1, 0.2, 1e-3).maximize())),
          Map.entry(
              "Adadelta", List.of(new Adadelta(), new Adadelta(0.5, 0.8, 1e-3, 0.1).maximize())),
          Map.entry(
              "RMSprop",
              List.of(
                  new RMSprop(),
                  new RMSprop(0.02, 0.9, 1e-3, 0.1, 0.7, true).maximize(),
                  new RMSprop(0.02).withCentered(true),
                  new RMSprop(0.02).withMomentum(0.5))),
          Map.entry(
              "Rprop",
              List.of(
                  new Rprop(), new Rprop(0.1).withEtas(0.4, 1.5).withSteps(0.08, 0.3).maximize())),
          Map.entry("ASGD", List.of(new ASGD(), new ASGD(0.1, 0.01, 0.6, 3, 0.1).maximize())),
          Map.entry(
              "Adafactor",
              List.of(
                  new Adafactor(),
                  new Adafactor(0.5, -0.6, 1e-3, 0.01, 1.5, 0.1).maximize(),
                  new Adafactor(0.5))),
          Map.entry(
              "Muon",
              List.of(
                  new Muon(),
                  new Muon(0.02)
                      .withWeightDecay(0.2)
                      .withMomentum(0.8)
                      .withNesterov(false)
                      .withCoefficients(3, -4, 2)
                      .withEpsilon(1e-3)
                      .withIterations(4)
                      .withScale(Muon.Scale.MATCH_RMS_ADAMW))),
          Map.entry(
              "SparseAdam",
              List.of(
                  new SparseAdam(),
                  new SparseAdam(0.02).withBetas(0.8, 0.95).withEpsilon(1e-3).maximize())));

  static Stream<String> lines() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            PyTorchTrajectoriesTest.class.getResourceAsStream("/pytorch/optimizers.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("lines")
  void endsWherePyTorchEnds(String line) {
    String[] parts = line.split(" ", -1);
    String name = parts[0];
    Rule rule = Objects.requireNonNull(CASES.get(name)).get(Integer.parseInt(parts[1]));
    double[] expected = Arrays.stream(parts).skip(2).mapToDouble(Double::parseDouble).toArray();
    assertArrayEquals(expected, run(name, rule), 1e-12, line);
  }

  @Test
  void everyCaseIsCompared() throws IOException {
    Set<String> compared = new HashSet<>();
    lines().forEach(line -> compared.add(line.split(" ", -1)[0] + line.split(" ", -1)[1]));
    Set<String> cases = new HashSet<>();
    CASES.forEach(
        (name, rules) -> IntStream.range(0, rules.size()).forEach(k -> cases.add(name + k)));
    assertEquals(cases, compared);
  }

  private static double[] run(String name, Rule rule) {
    double[] start = IntStream.range(0, 12).mapToDouble(k -> -1.2 + 2.9 * k / 11).toArray();
    double[] bias = IntStream.range(0, 5).mapToDouble(k -> 0.3 - 1.2 * k / 4).toArray();
    Parameter w = Parameter.of("w", Tensor.ofDoubles(DType.FLOAT64, Shape.of(3, 4), start));
    Parameter b = Parameter.of("b", Tensor.of(bias));
    boolean isMatrixOnly = name.equals("Muon") || name.equals("SparseAdam");
    Optimizer optimizer = new Optimizer(isMatrixOnly ? List.of(w) : List.of(w, b), rule);
    for (int step = 0; step < 25; step++) {
      if (step == 12) {
        optimizer.setLearningRate(optimizer.learningRate() / 2);
      }
      int t = step;
      boolean[] rows = {
        t % 4 == 0 || t % 3 == 0, t % 4 != 0 && t % 3 == 1, t % 4 == 0 || t % 3 == 2
      };
      IntToDoubleFunction slope =
          k -> !name.equals("SparseAdam") || rows[k / 4] ? Math.sin(k * 0.7 + t * 1.1) + 0.1 : 0;
      Gradients gradients = gradients(w, IntStream.range(0, 12).mapToDouble(slope));
      if (!isMatrixOnly) {
        gradients =
            gradients.add(
                gradients(
                    b,
                    IntStream.range(0, 5)
                        .mapToDouble(j -> Math.cos(j * 0.9 + t * 0.6) * (1 + 0.2 * t))));
      }
      optimizer.step(gradients);
    }
    List<Double> all = new ArrayList<>();
    for (Parameter parameter : optimizer.parameters()) {
      Arrays.stream(parameter.tensor().toDoubleArray()).forEach(all::add);
    }
    return all.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static Gradients gradients(Parameter p, java.util.stream.DoubleStream values) {
    Tensor slope = Tensor.ofDoubles(DType.FLOAT64, p.shape(), values.toArray());
    return p.tensor().mul(slope).sum().backward();
  }
}
