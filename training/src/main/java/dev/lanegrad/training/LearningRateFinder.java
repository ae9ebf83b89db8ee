package dev.lanegrad.training;

import dev.lanegrad.optim.schedule.Schedule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/**
 * Looks for a learning rate: trains while the rate rises from update to update by a constant
 * factor, until the loss has become 4 times its best. Where the smoothed loss falls most steeply is
 * a rate to begin with. Model and optimizers are as before afterwards.
 *
 * <pre>{@code
 * LearningRateFinder.Sweep sweep = new LearningRateFinder().sweep(trainer, training);
 * optimizer.setLearningRate(sweep.suggestion());
 * }</pre>
 *
 * <p>Source: Smith, "Cyclical learning rates for training neural networks", 2015, <a
 * href="https://arxiv.org/abs/1506.01186">arXiv:1506.01186</a>; smoothing and stop are those of
 * fastai.
 *
 * @param lowest the first rate
 * @param highest the last rate
 * @param steps updates from one to the other
 */
public record LearningRateFinder(double lowest, double highest, int steps) {
  private static final double SMOOTHING = 0.98;
  private static final double DIVERGED = 4;

  /** Updates at the beginning whose smoothed loss is a mean of too few. */
  private static final int UNSETTLED = 10;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException unless 0 &lt; lowest &lt; highest, finite, and there are at
   *     least 20 steps
   */
  public LearningRateFinder {
    if (!(lowest > 0 && lowest < highest && highest < Double.POSITIVE_INFINITY) || steps < 20) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "learningRateFinder: from %s to %s in %d steps: take rising rates above 0 and 20"
                  + " steps",
              lowest,
              highest,
              steps));
    }
  }

  /** From 1e-7 to 10 in 100 updates. */
  public LearningRateFinder() {
    this(1e-7, 10, 100);
  }

  /**
   * The loss at a rate.
   *
   * @param smoothed the mean so far in which older ones count less, by 0.98 an update
   */
  public record Point(double rate, double loss, double smoothed) {}

  /**
   * What was found.
   *
   * @param suggestion the rate at which the smoothed loss fell most steeply
   */
  public record Sweep(List<Point> points, double suggestion) {
    /** Copies the points. */
    public Sweep {
      points = List.copyOf(points);
    }
  }

  /**
   * Trains for a while, over and over the same batches if there are few.
   *
   * @throws IllegalArgumentException if the loss grew too large before it was settled: begin at a
   *     lower rate
   */
  public <B> Sweep sweep(Trainer<B> trainer, Batches<B> training) {
    List<Point> points = new ArrayList<>();
    Callback watch =
        new Callback() {
          private double sum;
          private double best = Double.POSITIVE_INFINITY;

          @Override
          public void onStep(TrainerState state) {
            sum = SMOOTHING * sum + (1 - SMOOTHING) * state.loss();
            double smoothed = sum / (1 - Math.pow(SMOOTHING, points.size() + 1.0));
            if (!(smoothed <= DIVERGED * best) && !points.isEmpty()) {
              state.stop("the loss is %s times its best".formatted(DIVERGED));
              return;
            }
            points.add(new Point(rate(state.step() - 1), state.loss(), smoothed));
            best = Math.min(best, smoothed);
          }
        };
    Schedule rising =
        (step, _) -> {
          SequencedMap<String, Double> settings = new LinkedHashMap<>();
          settings.put("learningRate", rate(step));
          return settings;
        };
    trainer.sweep(training, rising, watch, steps);
    return new Sweep(points, points.get(steepest(points)).rate);
  }

  private double rate(long step) {
    return lowest * Math.pow(highest / lowest, step / (steps - 1.0));
  }

  private static int steepest(List<Point> points) {
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int i = UNSETTLED; i < points.size() - 1; i++) {
      double slope = points.get(i + 1).smoothed - points.get(i - 1).smoothed;
      if (slope < least) {
        least = slope;
        best = i;
      }
    }
    if (best < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "learningRateFinder: the loss grew %s-fold within %d steps: begin at a lower rate"
                  + " than %s",
              DIVERGED,
              points.size(),
              points.isEmpty() ? 0 : points.getFirst().rate));
    }
    return best;
  }
}
