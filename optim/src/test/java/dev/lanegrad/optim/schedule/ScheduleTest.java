package dev.lanegrad.optim.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.optim.Adagrad;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.optim.ParameterGroup;
import dev.lanegrad.optim.SGD;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private final Parameter a = Parameter.of("a", Tensor.of(1.0));
  private final Parameter b = Parameter.of("b", Tensor.of(1.0));
  private final Optimizer groups =
      new Optimizer(
          new ParameterGroup(List.of(a), new SGD(0.5)),
          new ParameterGroup(List.of(b), new SGD(0.1)));

  /** Each from the rate it was made with, whatever has been set meanwhile. */
  @Test
  void everyGroupHasItsOwnStart() {
    groups.setLearningRate(7);
    new StepLR(2, 0.5).apply(groups, 4);
    assertEquals(0.125, groups.learningRate(0));
    assertEquals(0.025, groups.learningRate(1));
  }

  @Test
  void everyGroupCanHaveItsOwnSchedule() {
    new PerGroup(new ConstantLR(0.5, 9), new ExponentialLR(0.5)).apply(groups, 1);
    assertEquals(0.25, groups.learningRate(0));
    assertEquals(0.05, groups.learningRate(1));
    PerGroup one = new PerGroup(new ExponentialLR(0.5));
    assertThrows(IllegalArgumentException.class, () -> one.apply(groups, 1));
  }

  /** A chain remembers, for each start, how far it has come. */
  @Test
  void aChainKeepsGroupsApart() {
    ChainedScheduler chain = new ChainedScheduler(new StepLR(2, 0.5), new ExponentialLR(0.9));
    for (int step = 0; step < 6; step++) {
      chain.apply(groups, step);
    }
    assertEquals(0.5 * 0.25 * Math.pow(0.9, 5), groups.learningRate(0), 1e-15);
    assertEquals(0.1 * 0.25 * Math.pow(0.9, 5), groups.learningRate(1), 1e-15);
  }

  /** A schedule of a user's own is a lambda. */
  @Test
  void aScheduleMaySetAnything() {
    Schedule decay = (step, start) -> new LinkedHashMap<>(Map.of("weightDecay", 0.1 / (1 + step)));
    decay.apply(groups, 4);
    assertEquals(0.02, groups.settings(0).get("weightDecay"));
    assertEquals(0.5, decay.learningRate(4, 0.5));
  }

  @Test
  void aMomentumThatIsNotThereIsNamed() {
    Optimizer adagrad = new Optimizer(List.of(a), new Adagrad(0.1));
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> new OneCycleLR(0.5, 10).apply(adagrad, 0))
            .getMessage();
    assertTrue(message.startsWith("OneCycleLR: the optimizer has neither momentum nor beta1"));
    new OneCycleLR(0.5, 10).withCycleMomentum(false).apply(adagrad, 0);
    assertEquals(0.02, adagrad.learningRate(), 1e-15);
  }

  /** Nobody needs an optimizer to draw the curve of a schedule. */
  @Test
  void theRateOfEveryScheduleCanBeAskedFor() {
    ScheduleCases.ALL.forEach(
        (name, schedule) -> {
          schedule.apply(groups, 3);
          assertEquals(groups.learningRate(1), schedule.learningRate(3, 0.1), 1e-15, name);
        });
  }

  /** SGD without momentum gets one. */
  @Test
  void aCycleBeginsAMomentum() {
    new CyclicLR(0.1, 0.2, 4).apply(groups, 2);
    assertEquals(0.85, groups.settings(0).get("momentum"), 1e-15);
    groups.step(a.tensor().sum().backward());
    assertEquals(1 - 0.15, a.tensor().item(), 1e-15);
  }

  @Test
  void stepsOutOfRangeAreRefused() {
    for (Schedule schedule : ScheduleCases.ALL.values()) {
      assertThrows(
          IllegalArgumentException.class, () -> schedule.apply(groups, -1), schedule.toString());
    }
    assertEquals(
        "OneCycleLR: step 11 lies behind the total of 10 steps",
        assertThrows(
                IllegalArgumentException.class, () -> new OneCycleLR(0.5, 10).apply(groups, 11))
            .getMessage());
  }

  @Test
  void optionsOutOfRangeAreRefused() {
    List<Runnable> mistakes =
        List.of(
            () -> new StepLR(0),
            () -> new StepLR(3, Double.NaN),
            () -> new ConstantLR(1.5, 3),
            () -> new ConstantLR(0.5, -1),
            () -> new LinearLR(0, 1, 5),
            () -> new LinearLR(0.5, 1.5, 5),
            () -> new LinearLR(0.5, 1, 0),
            () -> new ExponentialLR(Double.POSITIVE_INFINITY),
            () -> new ExponentialLR(-0.5),
            () -> new StepLR(3, -0.5),
            () -> new MultiStepLR(List.of(3L), -0.5),
            () -> new CyclicLR(0.1, 0.2, 4).withMode(CyclicLR.Mode.EXP_RANGE, -0.5),
            () -> new PolynomialLR(0, 1),
            () -> new PolynomialLR(5, -1),
            () -> new CosineAnnealingLR(0),
            () -> new CosineAnnealingWarmRestarts(5, 0, 0),
            () -> new CyclicLR(0.1, 0.2, 0),
            () -> new OneCycleLR(0.1, 0),
            () -> new OneCycleLR(0.1, 10).withPartUp(1.1),
            () -> new SWALR(-0.1),
            () -> new SequentialLR(List.of(new StepLR(1)), List.of(3L)),
            () -> new SequentialLR(List.of(), List.of()),
            () ->
                new SequentialLR(
                    List.of(new StepLR(1), new StepLR(1), new StepLR(1)), List.of(3L, 3L)),
            () -> new ChainedScheduler(),
            () -> new PerGroup(),
            () -> new ReduceLROnPlateau(ReduceLROnPlateau.Options.DEFAULT.withFactor(1)),
            () -> new ReduceLROnPlateau(ReduceLROnPlateau.Options.DEFAULT.withPatience(-1)));
    for (Runnable mistake : mistakes) {
      assertThrows(IllegalArgumentException.class, mistake::run);
    }
    assertThrows(NullPointerException.class, () -> new LambdaLR(null));
    assertThrows(NullPointerException.class, () -> new MultiplicativeLR(null));
  }

  @Test
  void aPlateauLowersEveryGroupAndKeepsItsState() {
    ReduceLROnPlateau plateau =
        new ReduceLROnPlateau(ReduceLROnPlateau.Options.DEFAULT.withPatience(1));
    for (double loss : new double[] {1, 1, Double.NaN}) {
      plateau.step(groups, loss);
    }
    assertEquals(0.05, groups.learningRate(0), 1e-15);
    assertEquals(0.01, groups.learningRate(1), 1e-15);
    assertEquals(1, plateau.best());
    Map<String, Tensor> state = new LinkedHashMap<>(plateau.stateDict());
    state.remove("best");
    assertThrows(IllegalArgumentException.class, () -> plateau.loadStateDict(state));
  }
}
