package dev.lanegrad.examples;

import dev.lanegrad.autodiff.LinearAlgebraException;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.plots.Series;
import java.util.ArrayList;
import java.util.List;

/**
 * One optimizer on one problem, until the loss is as near to its lowest value as asked for.
 *
 * @param problem what is gone down
 * @param racer what goes
 * @param steps at most so many
 * @param accuracy which part of the way down may be left
 */
record Race(RaceProblem problem, Racer racer, int steps, double accuracy) {
  /**
   * How a race with one setting ended.
   *
   * @param setting a learning rate, or what the racer has else
   * @param steps that were made
   * @param arrived whether the goal was reached by them
   * @param loss in the end; infinite where it did not stay finite
   * @param path where it came by, from the start on
   */
  record Run(double setting, int steps, boolean arrived, double loss, Series path) {
    boolean isBetterThan(Run other) {
      return arrived != other.arrived ? arrived : arrived ? steps < other.steps : loss < other.loss;
    }
  }

  /**
   * A race with the best of the settings.
   *
   * @param race which one
   * @param best its run
   */
  record Result(Race race, Run best) {}

  /** The run with the fewest steps; if none arrives, the one that ends lowest. */
  Result run() {
    Run best = null;
    for (double setting : racer.ladder()) {
      // More steps than the best has made would change nothing.
      Run run = run(setting, best != null && best.arrived ? best.steps : steps);
      if (best == null || run.isBetterThan(best)) {
        best = run;
      }
    }
    if (best == null) {
      throw new IllegalStateException(racer + " has no settings");
    }
    return new Result(this, best);
  }

  private Run run(double setting, int most) {
    double goal = problem.goal(accuracy);
    Parameter p = problem.start();
    Racer.Mover mover = racer.on(p, setting);
    List<double[]> path = new ArrayList<>();
    double loss = Double.POSITIVE_INFINITY;
    boolean goesOn = true;
    while (goesOn) {
      double[] at = p.tensor().toDoubleArray();
      path.add(at);
      boolean isLast = path.size() > most;
      loss = isLast ? problem.value(at[0], at[1]) : step(mover, p);
      goesOn = !isLast && loss > goal && loss < Double.POSITIVE_INFINITY;
    }
    double end = Double.isFinite(loss) ? loss : Double.POSITIVE_INFINITY;
    return new Run(setting, path.size() - 1, end <= goal, end, series(path));
  }

  /** Makes a step from where the loss is what this returns. */
  private double step(Racer.Mover mover, Parameter p) {
    try {
      return mover.step(() -> problem.loss(p.tensor()));
    } catch (LinearAlgebraException e) { // a singular Hessian leads nowhere
      return Double.POSITIVE_INFINITY;
    }
  }

  private Series series(List<double[]> path) {
    return new Series(
        racer.toString(),
        path.stream().mapToDouble(at -> at[0]).toArray(),
        path.stream().mapToDouble(at -> at[1]).toArray());
  }
}
