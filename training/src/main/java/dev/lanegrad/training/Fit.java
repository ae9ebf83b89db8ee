package dev.lanegrad.training;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One call of {@link Trainer#fit}: the loop itself. */
final class Fit<B> {
  static final String VALIDATION = "val_";
  static final String LEARNING_RATE = "learning_rate";

  private final Trainer<B> trainer;
  private final TrainingRun run;
  private final Update<B> update;
  private final Batches<B> training;
  private final @Nullable Batches<B> validation;
  private final Limit limit;
  private final Progress progress;
  private final CheckpointWriter writer;
  private final long steps;

  Fit(
      Trainer<B> trainer,
      Update<B> update,
      Batches<B> training,
      @Nullable Batches<B> validation,
      Limit limit) {
    this.trainer = trainer;
    this.run = trainer.run();
    this.update = update;
    this.training = training;
    this.validation = validation;
    this.limit = limit;
    this.progress = run.progress();
    run.requireSameData(training.description());
    this.writer = CheckpointWriter.of(run, training.description());
    this.steps = limit.stepsAt(Math.ceilDiv(training.batches(), update.batches()));
  }

  History run() {
    run.stop(null);
    String reason = "an exception";
    try (FolderLock _ = writer.begin();
        Interruption interruption = Interruption.watch(run, writer)) {
      progress.start();
      run.model().train();
      try {
        tell(Callback::onStart);
        reason = loop();
        update.requireFiniteParameters();
        if (interruption.isUnderWay()) {
          interruption.tell(writer.write());
        } else {
          lastReport();
        }
      } finally {
        progress.end(reason);
        end();
      }
    }
    return progress.history();
  }

  /** Each callback's end comes, whatever another one throws. */
  private void end() {
    RuntimeException first = null;
    TrainerState state = state();
    for (Callback callback : run.callbacks()) {
      try {
        callback.onEnd(state);
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /** Goes on until there is a reason to end. */
  private String loop() {
    String reason = reason();
    while (reason == null) {
      Iterator<B> batches = training.epoch(progress.epoch(), progress.batch()).iterator();
      if (!batches.hasNext()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "trainer: %s promise %d an epoch, and epoch %d has none from number %d on",
                training.description(),
                training.batches(),
                progress.epoch(),
                progress.batch()));
      }
      while (reason == null && batches.hasNext()) {
        update.run(next(batches), this::state);
        afterUpdate(!batches.hasNext());
        reason = reason();
        if (reason == null && writer.isDue()) {
          update.requireFiniteParameters();
          writer.write();
        }
      }
    }
    return reason;
  }

  private List<B> next(Iterator<B> batches) {
    if (update.batches() == 1) {
      return List.of(batches.next());
    }
    List<B> group = new ArrayList<>();
    while (group.size() < update.batches() && batches.hasNext()) {
      group.add(batches.next());
    }
    return group;
  }

  private void afterUpdate(boolean epochEnds) {
    if (!run.callbacks().isEmpty()) {
      tell(Callback::onStep);
    }
    long every = run.reportEvery();
    if (every == 0 ? epochEnds : progress.step() % every == 0) {
      report();
    }
    if (epochEnds) {
      tell(Callback::onEpochEnd);
      progress.nextEpoch();
    }
  }

  /** Why it ends now, or null. */
  private @Nullable String reason() {
    String asked = run.stopReason();
    if (asked != null) {
      return asked;
    }
    if (progress.step() >= limit.steps()) {
      return String.format(Locale.ROOT, "%d steps are done", progress.step());
    }
    if (progress.epoch() >= limit.epochs()) {
      return String.format(Locale.ROOT, "%d epochs are done", progress.epoch());
    }
    return progress.seconds() >= limit.time().toNanos() * 1e-9
        ? "%s have passed".formatted(limit.time())
        : null;
  }

  /**
   * The steps since the last report are reported too. Whoever goes on later would not have reported
   * here: the checkpoint is made before.
   */
  private void lastReport() {
    boolean isReported = run.running().isEmpty();
    writer.writeLast();
    if (!isReported) {
      report();
    }
  }

  private void report() {
    update.withAverages(this::lookAndTell);
  }

  private void lookAndTell() {
    SequencedMap<String, Double> values = run.running().values("");
    if (validation != null) {
      Evaluation evaluation = trainer.evaluate(validation);
      values.put(VALIDATION + Tallies.LOSS, evaluation.loss());
      evaluation.values().forEach((name, value) -> values.put(VALIDATION + name, value));
    }
    if (!run.optimizers().isEmpty()) {
      values.put(LEARNING_RATE, run.learningRate());
    }
    progress.add(values);
    run.resetRunning();
    update.reported(values);
    writer.reported(values);
    TrainerState state = state();
    for (Callback callback : run.callbacks()) {
      callback.onReport(state, values);
    }
  }

  private void tell(BiConsumer<Callback, TrainerState> event) {
    TrainerState state = state();
    for (Callback callback : run.callbacks()) {
      event.accept(callback, state);
    }
  }

  private TrainerState state() {
    return new TrainerState(
        progress.epoch(),
        progress.batch(),
        training.batches(),
        progress.step(),
        steps,
        progress.loss(),
        run.learningRate(),
        trainer);
  }
}
