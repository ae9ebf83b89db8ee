package dev.lanegrad.training;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Stops when a value has not become better than the best so far for several reports, and puts the
 * weights of the best report back at the end of the training, however that ends. A training that
 * does not report this value throws an {@link IllegalArgumentException} with those that it does.
 *
 * <p>Source: Prechelt, "Early stopping - but when?", 1998.
 */
public final class EarlyStopping implements Callback {
  private static final String BEST = "best";

  private final String monitor;
  private int patience = 5;
  private double minDelta;
  private boolean restoresBest = true;
  private int firstEpoch;

  private double best = Double.NaN;
  private long bestStep = -1;
  private int bestEpoch = -1;
  private int reportsSince;
  private @Nullable SequencedMap<String, Tensor> bestWeights;

  /**
   * With a patience of 5 reports.
   *
   * @param monitor a series of the history, such as {@code val_loss} or {@code val_accuracy};
   *     whether larger is better is known of each metric
   */
  public EarlyStopping(String monitor) {
    this.monitor = Objects.requireNonNull(monitor, "earlyStopping: monitor is null");
  }

  /**
   * After how many reports without a better value it stops.
   *
   * @throws IllegalArgumentException if less than 1
   */
  public EarlyStopping patience(int reports) {
    if (reports < 1) {
      throw new IllegalArgumentException(
          "earlyStopping: the patience is at least 1 report, not " + reports);
    }
    patience = reports;
    return this;
  }

  /**
   * By how much a value must be better than the best to count.
   *
   * @throws IllegalArgumentException if negative
   */
  public EarlyStopping minDelta(double difference) {
    if (!(difference >= 0)) {
      throw new IllegalArgumentException(
          "earlyStopping: the difference is at least 0, not " + difference);
    }
    minDelta = difference;
    return this;
  }

  /** Keeps the last weights at the end, not the best. */
  public EarlyStopping keepingLast() {
    restoresBest = false;
    return this;
  }

  /** Looks at no report before this epoch, counted from 0. */
  public EarlyStopping fromEpoch(int epoch) {
    firstEpoch = epoch;
    return this;
  }

  /** The best value so far, NaN before the first. */
  public double best() {
    return best;
  }

  /** The step after which it was reported, -1 before. */
  public long bestStep() {
    return bestStep;
  }

  /** The epoch, from 0, in which it was reported, -1 before. */
  public int bestEpoch() {
    return bestEpoch;
  }

  @Override
  public void onStart(TrainerState state) {
    state.trainer().isBetterLarger(monitor);
  }

  @Override
  public void onReport(TrainerState state, SequencedMap<String, Double> values) {
    if (state.epoch() < firstEpoch) {
      return;
    }
    Double value = values.get(monitor);
    if (value == null) {
      throw new IllegalArgumentException(
          "earlyStopping: no \"%s\" was reported, only %s%s"
              .formatted(
                  monitor,
                  values.keySet(),
                  monitor.startsWith("val_") ? "; is there a validation set?" : ""));
    }
    double gain = state.trainer().isBetterLarger(monitor) ? value - best : best - value;
    if (Double.isNaN(best) ? !Double.isNaN(value) : gain > minDelta) {
      best = value;
      bestStep = state.step();
      bestEpoch = state.epoch();
      reportsSince = 0;
      bestWeights = restoresBest ? state.trainer().reportedWeights() : null;
    } else if (++reportsSince >= patience) {
      state.stop(
          String.format(
              Locale.ROOT,
              "%s has not become better than %s for %d reports",
              monitor,
              best,
              reportsSince));
    }
  }

  @Override
  public void onEnd(TrainerState state) {
    if (bestWeights != null) {
      state.trainer().model().loadStateDict(bestWeights);
    }
  }

  @Override
  public SequencedMap<String, Tensor> stateDict() {
    SequencedMap<String, Tensor> state = new LinkedHashMap<>();
    double[] numbers = {best, bestStep, bestEpoch, reportsSince};
    state.put(BEST, Tensor.ofDoubles(DType.FLOAT64, Shape.of(numbers.length), numbers));
    if (bestWeights != null) {
      Names.put(state, "weights", bestWeights);
    }
    return state;
  }

  @Override
  public void loadStateDict(Map<String, Tensor> state) {
    Tensor numbers = state.get(BEST);
    if (numbers == null || numbers.size() != 4) {
      throw new IllegalArgumentException("earlyStopping: the state has no best value");
    }
    double[] values = numbers.toDoubleArray();
    best = values[0];
    bestStep = (long) values[1];
    bestEpoch = (int) values[2];
    reportsSince = (int) values[3];
    SequencedMap<String, Tensor> weights = Names.under(state, "weights");
    bestWeights = weights.isEmpty() ? null : weights;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "EarlyStopping[%s, patience=%d, best=%s at step %d]",
        monitor,
        patience,
        best,
        bestStep);
  }
}
