package dev.lanegrad.optim.schedule;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Schedules with all of their options, as schedules.py names them. */
public final class ScheduleCases {
  public static final Map<String, Schedule> ALL = new HashMap<>();

  private ScheduleCases() {}

  static {
    ALL.put("LambdaLR", new LambdaLR(t -> Math.pow(0.95, (double) t) + t / 100.0));
    ALL.put("MultiplicativeLR", new MultiplicativeLR(t -> 0.9 + t / 200.0));
    ALL.put("StepLR", new StepLR(7, 0.4));
    ALL.put("MultiStepLR", new MultiStepLR(List.of(20L, 3L, 3L, 31L), 0.5));
    ALL.put("ConstantLR", new ConstantLR());
    ALL.put("ConstantLR.2", new ConstantLR(0.25, 9));
    ALL.put("LinearLR", new LinearLR());
    ALL.put("LinearLR.2", new LinearLR(0.1, 0.7, 9));
    ALL.put("ExponentialLR", new ExponentialLR(0.93));
    ALL.put("PolynomialLR", new PolynomialLR());
    ALL.put("PolynomialLR.2", new PolynomialLR(30, 2.5));
    ALL.put("CosineAnnealingLR", new CosineAnnealingLR(13));
    ALL.put("CosineAnnealingLR.2", new CosineAnnealingLR(10, 0.05));
    ALL.put("CosineAnnealingWarmRestarts", new CosineAnnealingWarmRestarts(7));
    ALL.put("CosineAnnealingWarmRestarts.2", new CosineAnnealingWarmRestarts(5, 2, 0.01));
    ALL.put("CyclicLR", new CyclicLR(0.01, 0.2, 6));
    ALL.put(
        "CyclicLR.2",
        new CyclicLR(0.01, 0.2, 6)
            .withStepsDown(3)
            .withMode(CyclicLR.Mode.TRIANGULAR2)
            .withMomentum(0.7, 0.95));
    ALL.put(
        "CyclicLR.3",
        new CyclicLR(0.01, 0.2, 4).withStepsDown(9).withMode(CyclicLR.Mode.EXP_RANGE, 0.97));
    ALL.put(
        "CyclicLR.4",
        new CyclicLR(0.01, 0.2, 4).withScaleOfCycle(c -> 1 / c).withCycleMomentum(false));
    ALL.put("CyclicLR.5", new CyclicLR(0.01, 0.2, 4).withScaleOfStep(t -> Math.pow(0.9, t)));
    ALL.put("OneCycleLR", new OneCycleLR(0.5, 50));
    ALL.put("OneCycleLR.2", new OneCycleLR(0.5, 50).withPartUp(0.4).withThreePhase(true));
    ALL.put(
        "OneCycleLR.3",
        new OneCycleLR(0.5, 5, 9)
            .withAnneal(Anneal.LINEAR)
            .withMomentum(0.6, 0.8)
            .withDivFactors(10, 100)
            .withPartUp(0.25));
    ALL.put(
        "OneCycleLR.4",
        new OneCycleLR(0.5, 20)
            .withCycleMomentum(false)
            .withThreePhase(true)
            .withAnneal(Anneal.LINEAR));
    ALL.put(
        "SequentialLR",
        new SequentialLR(new LinearLR(0.1, 1, 5), new CosineAnnealingLR(20, 0.02), 5));
    ALL.put(
        "SequentialLR.2",
        new SequentialLR(
            List.of(
                new ConstantLR(0.1, 5),
                new ExponentialLR(0.9),
                new StepLR(4, 0.5),
                new CosineAnnealingWarmRestarts(5, 2, 0)),
            List.of(4L, 11L, 23L)));
    ALL.put(
        "SequentialLR.3", new SequentialLR(new CyclicLR(0.01, 0.2, 4), new PolynomialLR(8, 2), 10));
    ALL.put(
        "SequentialLR.4",
        new SequentialLR(new LambdaLR(t -> 1 / (t + 1.0)), new MultiStepLR(3, 6), 8));
    ALL.put(
        "ChainedScheduler", new ChainedScheduler(new ConstantLR(0.1, 6), new ExponentialLR(0.9)));
    ALL.put(
        "ChainedScheduler.2",
        new ChainedScheduler(
            new LinearLR(0.2, 0.9, 6),
            new CosineAnnealingLR(8),
            new StepLR(5, 0.7),
            new MultiStepLR(List.of(4L, 9L), 0.8),
            new PolynomialLR(25, 0.5),
            new MultiplicativeLR(t -> 0.99)));
    ALL.put(
        "ChainedScheduler.3",
        new ChainedScheduler(new LambdaLR(t -> Math.pow(0.95, (double) t)), new StepLR(5, 0.7)));
    ALL.put(
        "ChainedScheduler.4",
        new ChainedScheduler(
            new ExponentialLR(0.9),
            new ChainedScheduler(new StepLR(3, 0.7), new ConstantLR(0.5, 4))));
    ALL.put("SWALR", new SWALR(0.02));
    ALL.put("SWALR.2", new SWALR(0.02, 7, Anneal.LINEAR));
    ALL.put("SWALR.3", new SWALR(0.02, 0, Anneal.COS));
  }
}
