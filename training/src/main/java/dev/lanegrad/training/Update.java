package dev.lanegrad.training;

import dev.lanegrad.autodiff.AnomalyException;
import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.SubstitutionException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.optim.AveragedParameters;
import dev.lanegrad.optim.Averaging;
import dev.lanegrad.optim.Clipping;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.optim.Stateful;
import dev.lanegrad.optim.schedule.ReduceLROnPlateau;
import dev.lanegrad.optim.schedule.Schedule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * One update of a {@link Trainer}: forward, backward, clipping, the optimizers' steps, and what is
 * done where a number is not finite.
 */
final class Update<B> implements Stateful {
  /** Under which a checkpoint keeps it. */
  static final String NAME = "update";

  private static final String AVERAGES = "averages";
  private static final String PLATEAU = "plateau";
  private static final System.Logger LOGGER = System.getLogger("dev.lanegrad.training");

  private final TrainingRun run;
  private final @Nullable Step<B> step;
  private final @Nullable ToDoubleFunction<B> byHand;
  private int batches = 1;
  private double clipNorm = Double.POSITIVE_INFINITY;
  private double clipValue = Double.POSITIVE_INFINITY;
  private NonFinite action = NonFinite.STOP;
  private List<Timed> schedules = List.of();
  private @Nullable ReduceLROnPlateau plateau;
  private String monitor = "";
  private @Nullable AveragedParameters averages;
  private boolean hasWarned;

  /** A schedule that counts updates or epochs. */
  private record Timed(Schedule schedule, boolean perEpoch) {}

  Update(TrainingRun run, @Nullable Step<B> step, @Nullable ToDoubleFunction<B> byHand) {
    this.run = run;
    this.step = step;
    this.byHand = byHand;
  }

  // ---- settings

  void copySettings(Update<B> other) {
    batches = other.batches;
    clipNorm = other.clipNorm;
    clipValue = other.clipValue;
    action = other.action;
    schedules = other.schedules;
  }

  void accumulate(int count) {
    requireGradients("accumulate");
    batches = count;
  }

  void clipNorm(double largest) {
    requireGradients("clipNorm");
    clipNorm = requireAboveZero("the largest norm", largest);
  }

  void clipValue(double largest) {
    requireGradients("clipValue");
    clipValue = requireAboveZero("the largest element", largest);
  }

  void schedule(Schedule schedule, boolean perEpoch) {
    List<Timed> more = new ArrayList<>(schedules);
    more.add(new Timed(schedule, perEpoch));
    schedules = List.copyOf(more);
  }

  void replaceSchedules(Schedule schedule) {
    schedules = List.of(new Timed(schedule, false));
  }

  void plateau(ReduceLROnPlateau what, String series) {
    plateau = what;
    monitor = series;
  }

  void average(Averaging averaging) {
    averages = new AveragedParameters(run.model().parameters(), averaging);
  }

  void onNonFinite(NonFinite chosen) {
    action = chosen;
  }

  private void requireGradients(String setting) {
    if (byHand != null) {
      throw new IllegalArgumentException(
          "trainer: %s needs gradients, and a step by hand keeps them to itself: do it there"
              .formatted(setting));
    }
  }

  private static double requireAboveZero(String what, double number) {
    if (!(number > 0)) {
      throw new IllegalArgumentException(
          "trainer: %s must be above 0, not %s".formatted(what, number));
    }
    return number;
  }

  /** How many batches an update takes. */
  int batches() {
    return batches;
  }

  @Nullable ToDoubleFunction<B> byHand() {
    return byHand;
  }

  // ---- one update

  /**
   * Makes an update.
   *
   * @param group the batches that it takes
   * @param state for callbacks
   */
  void run(List<B> group, Supplier<TrainerState> state) {
    for (Timed timed : schedules) {
      long at = timed.perEpoch ? run.progress().epoch() : run.step();
      run.optimizers().forEach(optimizer -> timed.schedule.apply(optimizer, at));
    }
    boolean watches = action != NonFinite.IGNORE && !hasWarned;
    Before before = watches ? Before.of(run, action == NonFinite.SKIP) : Before.UNKNOWN;
    Attempt attempt = attempt(group, state, watches);
    String found = attempt.found;
    if (found == null && before.canUndo()) {
      found = Finite.firstBad("the update gave %s in parameter", run.namedParameters());
    }
    if (found != null) {
      before.restore();
      boolean isKnown = attempt.found == null || byHand != null;
      String cause = isKnown ? "" : Autodiff.withoutEffects(() -> cause(group));
      react(found + cause, group, state);
    }
    run.progress().advance(group.size(), attempt.loss);
    if (averages != null) {
      averages.update();
    }
  }

  @Nullable AveragedParameters averages() {
    return averages;
  }

  /** Has the averages in the place of the parameters while something looks at them. */
  void withAverages(Runnable look) {
    AveragedParameters known = averages;
    if (known == null || known.count() == 0) {
      look.run();
      return;
    }
    known.swap();
    try {
      look.run();
    } finally {
      known.swap();
    }
  }

  /** Looks whether the rates are to fall. */
  void reported(Map<String, Double> values) {
    if (plateau != null) {
      Double value = values.get(monitor);
      if (value == null) {
        throw new IllegalArgumentException(
            "trainer: the plateau looks at \"%s\", which was not reported, only %s"
                .formatted(monitor, values.keySet()));
      }
      plateau.step(new Together(run.optimizers()), value);
    }
  }

  /** Checks what an update may have made, where that is to be an error. */
  void requireFiniteParameters() {
    if (action == NonFinite.STOP) {
      String found = Finite.firstBad("the update made %s in parameter", run.namedParameters());
      if (found != null) {
        throw new NonFiniteException(String.format(Locale.ROOT, "step %d: %s", run.step(), found));
      }
    }
  }

  private void react(String found, List<B> group, Supplier<TrainerState> state) {
    String message = String.format(Locale.ROOT, "step %d: %s", run.step(), found);
    switch (action) {
      case STOP, IGNORE -> throw new NonFiniteException(message);
      case SKIP -> LOGGER.log(System.Logger.Level.WARNING, message + "; the step is left out");
      case WARN -> {
        LOGGER.log(System.Logger.Level.WARNING, message + "; said once, and going on");
        hasWarned = true;
        if (byHand == null) {
          attempt(group, state, false);
        }
      }
    }
  }

  /** Where it began: in the parameters, in the batches, or in an operation of the step. */
  private String cause(List<B> group) {
    String parameter = Finite.firstBad("there was %s before in parameter", run.namedParameters());
    if (parameter != null) {
      return "; " + parameter;
    }
    String buffer = Finite.firstBad("there was %s before in buffer", run.namedBuffers());
    if (buffer != null) {
      return "; " + buffer;
    }
    for (B batch : group) {
      String input = batch instanceof Batch known ? Finite.firstBad(known) : null;
      if (input != null) {
        return "; " + input;
      }
      try {
        Autodiff.tidy(
            () -> {
              Autodiff.detectAnomaly(() -> requireStep().run(batch).loss().backward());
            });
      } catch (AnomalyException e) {
        return "; it began where " + e.getMessage();
      } catch (SubstitutionException e) {
        return "; the step cannot be run again to see where it began: " + e.getMessage();
      }
    }
    return "; the same step shows nothing when it is run again: does it draw random numbers that"
        + " are not in the model's buffers?";
  }

  /**
   * What came of an attempt.
   *
   * @param loss the mean over the batches
   * @param found what is not finite, so that nothing was updated; or null
   */
  private record Attempt(double loss, @Nullable String found) {}

  private Attempt attempt(List<B> group, Supplier<TrainerState> state, boolean watches) {
    if (byHand != null) {
      double loss = byHand.applyAsDouble(group.getFirst());
      run.running().add(loss);
      return new Attempt(loss, watches ? Finite.badLoss(loss) : null);
    }
    if (group.size() > 1) {
      return accumulated(group, state, watches);
    }
    // a number leaves a scope sooner than a record, whose parts are looked through for tensors
    @Nullable String[] found = new String[1];
    double loss = Autodiff.tidy(() -> single(group.getFirst(), state, watches, found));
    return new Attempt(loss, found[0]);
  }

  private double single(
      B batch, Supplier<TrainerState> state, boolean watches, @Nullable String[] result) {
    Outcome outcome = requireStep().run(batch);
    double loss = outcome.loss().item();
    String found = watches ? Finite.badLoss(loss) : null;
    if (found == null) {
      found = apply(outcome.loss().backward(), state, watches);
    }
    if (found == null) {
      run.running().add(outcome, loss);
    }
    result[0] = found;
    return loss;
  }

  private Attempt accumulated(List<B> group, Supplier<TrainerState> state, boolean watches) {
    double sum = 0;
    Gradients gradients = null;
    for (B batch : group) {
      Gradients before = gradients;
      double[] loss = new double[1];
      gradients =
          Autodiff.tidy(
                  () -> {
                    Outcome outcome = requireStep().run(batch);
                    loss[0] = outcome.loss().item();
                    if (watches && !Double.isFinite(loss[0])) {
                      return Optional.<Gradients>empty();
                    }
                    run.running().add(outcome, loss[0]);
                    Gradients own = outcome.loss().backward();
                    return Optional.of(before == null ? own : before.add(own));
                  })
              .orElse(null);
      if (gradients == null) {
        return new Attempt(loss[0], Finite.badLoss(loss[0]));
      }
      sum += loss[0];
    }
    Gradients all = Objects.requireNonNull(gradients);
    double share = 1.0 / group.size();
    String found =
        Autodiff.tidy(() -> Optional.ofNullable(apply(all.scale(share), state, watches)))
            .orElse(null);
    return new Attempt(sum * share, found);
  }

  private Step<B> requireStep() {
    return Objects.requireNonNull(step);
  }

  /** Clips and updates; or says what is not finite and leaves everything as it is. */
  private @Nullable String apply(
      Gradients gradients, Supplier<TrainerState> state, boolean watches) {
    if (watches && !Finite.isTrue(gradients, run.namedParameters().values())) {
      return Finite.firstBad(gradients, run.namedParameters());
    }
    Gradients clipped = gradients;
    if (clipNorm < Double.POSITIVE_INFINITY) {
      clipped = Clipping.byNorm(gradients, clipNorm);
    }
    if (clipValue < Double.POSITIVE_INFINITY) {
      clipped = Clipping.byValue(clipped, clipValue);
    }
    for (Callback callback : run.callbacks()) {
      callback.onGradients(state.get(), clipped);
    }
    for (Optimizer optimizer : run.optimizers()) {
      optimizer.step(clipped);
    }
    return null;
  }

  // ---- what checkpoints keep

  @Override
  public SequencedMap<String, Tensor> stateDict() {
    SequencedMap<String, Tensor> state = new LinkedHashMap<>();
    if (plateau != null) {
      Names.put(state, PLATEAU, plateau.stateDict());
    }
    if (averages != null) {
      Names.put(state, AVERAGES, averages.stateDict());
    }
    return state;
  }

  @Override
  public void loadStateDict(Map<String, Tensor> state) {
    if (plateau != null) {
      plateau.loadStateDict(Names.under(state, PLATEAU));
    }
    if (averages != null) {
      averages.loadStateDict(Names.under(state, AVERAGES));
    }
  }
}
