package dev.lanegrad.training;

import dev.lanegrad.layers.Layer;
import dev.lanegrad.optim.Averaging;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.optim.Stateful;
import dev.lanegrad.optim.schedule.ReduceLROnPlateau;
import dev.lanegrad.optim.schedule.Schedule;
import dev.lanegrad.training.metric.Metric;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Trainer} may be given before it trains. Each setting changes the trainer and gives
 * it back.
 *
 * @param <B> a batch
 */
public abstract sealed class TrainerSettings<B> permits Trainer {
  final TrainingRun run;
  final Update<B> update;

  TrainerSettings(
      Layer model,
      List<Optimizer> optimizers,
      @Nullable Step<B> step,
      @Nullable ToDoubleFunction<B> byHand) {
    Objects.requireNonNull(model, "trainer: model is null");
    Objects.requireNonNull(optimizers, "trainer: optimizers is null");
    optimizers.forEach(each -> Objects.requireNonNull(each, "trainer: one of optimizers is null"));
    if (optimizers.isEmpty() && byHand == null) {
      throw new IllegalArgumentException("trainer: there is no optimizer");
    }
    this.run = new TrainingRun(model, optimizers);
    this.update = new Update<>(run, step, byHand);
    run.remember(Update.NAME, update);
  }

  abstract Trainer<B> self();

  TrainingRun run() {
    return run;
  }

  /**
   * Metrics of the training batches, and of the validation set, by whose names they are reported.
   *
   * @throws IllegalArgumentException if there is a metric of that name, or the name has a dot
   */
  public Trainer<B> metrics(Metric... added) {
    for (Metric metric : Objects.requireNonNull(added, "trainer: added is null")) {
      run.add(Objects.requireNonNull(metric, "trainer: one of added is null"));
    }
    return self();
  }

  /** What is told of the training, in this order. */
  public Trainer<B> callbacks(Callback... added) {
    for (Callback callback : Objects.requireNonNull(added, "trainer: added is null")) {
      run.callbacks().add(Objects.requireNonNull(callback, "trainer: one of added is null"));
    }
    return self();
  }

  /**
   * Reports after every so many updates instead of after every epoch.
   *
   * @throws IllegalArgumentException if less than 1
   */
  public Trainer<B> reportEvery(long steps) {
    requireAtLeastOne("steps between reports", steps);
    run.reportEvery(steps);
    return self();
  }

  /**
   * Makes an update from the mean of the gradients of so many batches, or of what is left of an
   * epoch.
   *
   * @throws IllegalArgumentException if less than 1
   */
  public Trainer<B> accumulate(int batches) {
    requireAtLeastOne("batches of an update", batches);
    update.accumulate(batches);
    return self();
  }

  /**
   * Scales gradients so that the Euclidean norm of all of them, taken as one vector and accumulated
   * over the batches of the update, is at most this.
   *
   * @throws IllegalArgumentException if not above 0
   */
  public Trainer<B> clipNorm(double largest) {
    update.clipNorm(largest);
    return self();
  }

  /**
   * Clips each element of the gradients to [-largest, largest].
   *
   * @throws IllegalArgumentException if not above 0
   */
  public Trainer<B> clipValue(double largest) {
    update.clipValue(largest);
    return self();
  }

  /** Settings of all optimizers as a function of the update, from 0. */
  public Trainer<B> schedule(Schedule schedule) {
    update.schedule(Objects.requireNonNull(schedule, "trainer: schedule is null"), false);
    return self();
  }

  /** Settings of all optimizers as a function of the epoch, from 0. */
  public Trainer<B> schedulePerEpoch(Schedule schedule) {
    update.schedule(Objects.requireNonNull(schedule, "trainer: schedule is null"), true);
    return self();
  }

  /**
   * Lowers the rates of all optimizers where a value has not become better for some reports.
   *
   * @param monitor a series of the history, such as {@code val_loss}
   */
  public Trainer<B> plateau(ReduceLROnPlateau plateau, String monitor) {
    Objects.requireNonNull(plateau, "trainer: plateau is null");
    Objects.requireNonNull(monitor, "trainer: monitor is null");
    update.plateau(plateau, monitor);
    return self();
  }

  /**
   * Keeps an average of the weights over the updates, which takes their place while the validation
   * set is looked at and callbacks are told of a report: they are what an {@link EarlyStopping}
   * keeps. After the training {@code trainer.averages().swap()} puts them into the model.
   *
   * @param averaging such as {@code Averaging.exponential(0.999)}
   */
  public Trainer<B> average(Averaging averaging) {
    update.average(Objects.requireNonNull(averaging, "trainer: averaging is null"));
    return self();
  }

  /** What is done about NaN and infinity; {@link NonFinite#STOP} if nothing is said. */
  public Trainer<B> onNonFinite(NonFinite action) {
    update.onNonFinite(Objects.requireNonNull(action, "trainer: action is null"));
    return self();
  }

  /** Writes checkpoints; null for none. */
  public Trainer<B> checkpoints(@Nullable Checkpoints where) {
    run.checkpoints(where);
    return self();
  }

  /**
   * Keeps something else in checkpoints, such as a generator of its own that a step uses.
   *
   * @throws IllegalArgumentException if the name is taken
   */
  public Trainer<B> remember(String name, Stateful what) {
    Objects.requireNonNull(name, "trainer: name is null");
    Objects.requireNonNull(what, "trainer: what is null");
    run.remember(name, what);
    return self();
  }

  private static void requireAtLeastOne(String what, long count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "trainer: %s must be at least 1, not %d", what, count));
    }
  }
}
