package dev.lanegrad.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.GradientException;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LbfgsTest {
  private static final LBFGS.Options WOLFE = LBFGS.Options.DEFAULT.withStrongWolfe(true);

  /** As lbfgs.py numbers them. */
  private static final List<LBFGS.Options> CASES =
      List.of(
          WOLFE,
          WOLFE.withMaxIterations(4).withHistorySize(3),
          LBFGS.Options.DEFAULT.withLearningRate(0.001).withMaxIterations(7),
          WOLFE
              .withLearningRate(0.5)
              .withMaxIterations(10)
              .withMaxEvaluations(9)
              .withTolerances(1e-3, 1e-4));

  /** The long way from (-1.2, 1) in steps of four multiplies the last bit of the loss by 1e7. */
  private static final double[] TOLERANCES = {1e-10, 1e-7, 1e-10, 1e-10};

  private static final double[][] STARTS = {{0, 0}, {-1.2, 1}, {0.5, 0.5}, {-1.2, 1}};

  static Stream<String> lines() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(LbfgsTest.class.getResourceAsStream("/pytorch/lbfgs.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList().stream();
    }
  }

  /** Rosenbrock's function of two parameters of one number each. */
  private static final class Valley {
    final Parameter x;
    final Parameter y;
    int calls;

    Valley(double... start) {
      x = Parameter.of("x", Tensor.of(start[0]));
      y = Parameter.of("y", Tensor.of(start[1]));
    }

    List<Parameter> parameters() {
      return List.of(x, y);
    }

    Tensor loss() {
      calls++;
      Tensor a = x.tensor().neg().add(1).square();
      Tensor b = y.tensor().sub(x.tensor().square()).square();
      return a.add(b.mul(100)).sum();
    }
  }

  @ParameterizedTest
  @MethodSource("lines")
  void goesWherePyTorchGoes(String line) {
    double[] row = Arrays.stream(line.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
    Valley valley = new Valley(STARTS[(int) row[0]]);
    LBFGS optimizer = new LBFGS(valley.parameters(), CASES.get((int) row[0]));
    List<Double> path = new ArrayList<>();
    for (int step = 0; step < (row.length - 3) / 3; step++) {
      path.add(optimizer.step(valley::loss));
      path.add(valley.x.tensor().item());
      path.add(valley.y.tensor().item());
    }
    double[] reached = path.stream().mapToDouble(Double::doubleValue).toArray();
    assertArrayEquals(
        Arrays.copyOfRange(row, 3, row.length), reached, TOLERANCES[(int) row[0]], line);
    assertEquals(row[1], valley.calls);
    assertEquals((long) row[1], optimizer.evaluations());
    assertEquals((long) row[2], optimizer.iterations());
  }

  @Test
  void findsRosenbrocksMinimumInSixtyIterations() {
    for (double[] start : new double[][] {{0, 0}, {-1.2, 1}}) {
      Valley valley = new Valley(start);
      LBFGS optimizer =
          new LBFGS(
              valley.parameters(),
              WOLFE.withMaxIterations(60).withMaxEvaluations(200).withTolerances(1e-12, 1e-16));
      optimizer.step(valley::loss);
      assertTrue(optimizer.iterations() <= 60);
      assertEquals(1, valley.x.tensor().item(), 1e-8);
      assertEquals(1, valley.y.tensor().item(), 1e-8);
    }
  }

  /** Resumed in the midst of everything, in a scope or not. */
  @Test
  void goesOnFromItsStateBitForBit() {
    Valley valley = new Valley(-1.2, 1);
    LBFGS.Options options = WOLFE.withMaxIterations(3);
    LBFGS optimizer = new LBFGS(valley.parameters(), options);
    Autodiff.tidy(
        () -> {
          optimizer.step(valley::loss);
          optimizer.step(valley::loss);
        });
    Valley again = new Valley(valley.x.tensor().item(), valley.y.tensor().item());
    LBFGS resumed = new LBFGS(again.parameters(), options);
    resumed.loadStateDict(optimizer.stateDict());
    for (int step = 0; step < 3; step++) {
      assertEquals(optimizer.step(valley::loss), resumed.step(again::loss));
      assertEquals(valley.x.tensor().item(), again.x.tensor().item());
      assertEquals(valley.y.tensor().item(), again.y.tensor().item());
    }
    assertEquals(optimizer.iterations(), resumed.iterations());
  }

  @Test
  void aStateThatDoesNotFitIsRefused() {
    Valley valley = new Valley(-1.2, 1);
    LBFGS optimizer = new LBFGS(valley.parameters(), WOLFE);
    optimizer.step(valley::loss);
    Map<String, Tensor> state = new LinkedHashMap<>(optimizer.stateDict());
    state.put("direction", Tensor.of(1.0, 2, 3));
    state.remove("scale");
    LBFGS other = new LBFGS(new Valley(0, 0).parameters(), WOLFE);
    assertEquals(
        "LBFGS: the state does not fit: \"direction\" is float64[3] instead of float64[2],"
            + " \"scale\" is missing",
        assertThrows(IllegalArgumentException.class, () -> other.loadStateDict(state))
            .getMessage());
    assertEquals(0, other.iterations());
  }

  @Test
  void aLossThatFailsLeavesTheParametersWhereTheyWere() {
    Valley valley = new Valley(-1.2, 1);
    LBFGS optimizer = new LBFGS(valley.parameters(), WOLFE);
    Supplier<Tensor> loss =
        () -> {
          if (valley.calls == 2) {
            throw new IllegalStateException("no data");
          }
          return valley.loss();
        };
    assertThrows(IllegalStateException.class, () -> optimizer.step(loss));
    assertEquals(-1.2, valley.x.tensor().item());
    assertEquals(1, valley.y.tensor().item());
  }

  @Test
  void aLossThatIsNotFiniteChangesNothing() {
    for (LBFGS.Options options : List.of(LBFGS.Options.DEFAULT, WOLFE)) {
      Valley valley = new Valley(-1.2, 1);
      LBFGS optimizer = new LBFGS(valley.parameters(), options);
      assertEquals(Double.NaN, optimizer.step(() -> valley.loss().mul(Double.NaN)));
      assertEquals(-1.2, valley.x.tensor().item());
      optimizer.step(valley::loss);
      assertTrue(valley.loss().item() < 24.2);
    }
  }

  @Test
  void aLossOfOtherParametersIsRefused() {
    Valley valley = new Valley(0, 0);
    LBFGS optimizer = new LBFGS(new Valley(1, 1).parameters());
    assertThrows(GradientException.class, () -> optimizer.step(valley::loss));
    assertThrows(NullPointerException.class, () -> optimizer.step(null));
  }

  @Test
  void theLearningRateIsASetting() {
    LBFGS optimizer = new LBFGS(new Valley(0, 0).parameters());
    optimizer.setLearningRate(0.5);
    assertEquals(0.5, optimizer.options().learningRate());
    assertEquals(1, optimizer.initialSettings(0).get("learningRate"));
    assertThrows(IllegalArgumentException.class, () -> optimizer.set("momentum", 0.5));
    assertThrows(IllegalArgumentException.class, () -> optimizer.setLearningRate(-1));
  }
}
