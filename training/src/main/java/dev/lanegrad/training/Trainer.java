package dev.lanegrad.training;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.optim.AveragedParameters;
import dev.lanegrad.optim.ClosureOptimizer;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.optim.schedule.Schedule;
import dev.lanegrad.training.metric.Metric;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The loop that one would write: for each batch a loss, its gradients, a step of the optimizer; now
 * and then a look at the validation set.
 *
 * <pre>{@code
 * Trainer<Batch> trainer =
 *     Trainer.supervised(model, optimizer, Losses::crossEntropy)
 *         .metrics(new Accuracy())
 *         .callbacks(new EarlyStopping("val_loss").patience(3));
 * History history = trainer.fit(training, validation, Limit.epochs(20));
 * }</pre>
 *
 * A trainer draws no random numbers: where a model, the order of a {@link DataLoader} and its
 * transform come from one seed, the whole training does, to the last bit. Settings are made before
 * {@link #fit}, which may be called again to go on. Like an optimizer it is for one thread; only
 * {@link #stop} may be called from others.
 *
 * <p>A training throws a {@link NonFiniteException} where NaN or infinity is to be an error, a
 * {@link CheckpointException} where checkpoints are not of this training, and an {@link
 * IllegalStateException} where a model cannot be saved: if a layer is inside of itself, or two
 * parameters have one path. What a trainer is made of throws an {@link IllegalArgumentException} if
 * there is no optimizer, or two things to be saved have one name.
 *
 * @param <B> a batch
 */
public final class Trainer<B> extends TrainerSettings<B> {
  private final @Nullable Step<B> step;

  private Trainer(
      Layer model,
      List<Optimizer> optimizers,
      @Nullable Step<B> step,
      @Nullable ToDoubleFunction<B> byHand) {
    super(model, optimizers, step, byHand);
    this.step = step;
  }

  /**
   * Trains by a function from a batch to its loss, a scalar. Metrics need more: see {@link #of} and
   * {@link #supervised}.
   *
   * @param loss what is made smaller
   */
  public Trainer(Layer model, Optimizer optimizer, Function<? super B, Tensor> loss) {
    this(
        model,
        List.of(Objects.requireNonNull(optimizer, "trainer: optimizer is null")),
        stepOf(loss),
        null);
  }

  private static <B> Step<B> stepOf(Function<? super B, Tensor> loss) {
    Objects.requireNonNull(loss, "trainer: loss is null");
    return batch -> Outcome.of(loss.apply(batch));
  }

  /**
   * Trains a model whose output for x is to be like y.
   *
   * @param loss of output and target, such as {@code Losses::crossEntropy}
   */
  public static Trainer<Batch> supervised(
      Layer model, Optimizer optimizer, BinaryOperator<Tensor> loss) {
    Objects.requireNonNull(optimizer, "trainer: optimizer is null");
    Objects.requireNonNull(loss, "trainer: loss is null");
    return of(
        model,
        List.of(optimizer),
        batch -> {
          Tensor output = model.forward(batch.x());
          return Outcome.of(loss.apply(output, batch.y()), output, batch.y());
        });
  }

  /**
   * Trains by one loss and any number of optimizers, each with parameters of its own.
   *
   * @param model what is saved, and switched between training and evaluation
   */
  public static <B> Trainer<B> of(Layer model, List<Optimizer> optimizers, Step<B> step) {
    Objects.requireNonNull(step, "trainer: step is null");
    return new Trainer<>(model, optimizers, step, null);
  }

  /**
   * Trains by steps that do everything themselves, backward passes and optimizers' steps, such as
   * those of two models against each other. Clipping and accumulation are then up to them.
   *
   * @param optimizers those that the step uses, for schedules and checkpoints
   * @param step makes the updates for a batch and gives the loss to report
   * @param evaluation what {@link #evaluate} looks at, or null
   */
  public static <B> Trainer<B> byHand(
      Layer model,
      List<Optimizer> optimizers,
      ToDoubleFunction<B> step,
      @Nullable Step<B> evaluation) {
    Objects.requireNonNull(step, "trainer: step is null");
    return new Trainer<>(model, optimizers, evaluation, step);
  }

  /**
   * Trains with an optimizer that computes the loss as often as it needs, such as {@code LBFGS} or
   * {@code Newton}. The step should draw no random numbers.
   */
  public static <B> Trainer<B> closure(Layer model, ClosureOptimizer optimizer, Step<B> step) {
    Objects.requireNonNull(optimizer, "trainer: optimizer is null");
    Objects.requireNonNull(step, "trainer: step is null");
    return Trainer.<B>byHand(
            model, List.of(), batch -> optimizer.step(() -> step.run(batch).loss()), step)
        .remember("optimizer", optimizer);
  }

  // ---- training

  /** Trains without a validation set. */
  public History fit(Batches<B> training, Limit limit) {
    Objects.requireNonNull(training, "trainer: training is null");
    Objects.requireNonNull(limit, "trainer: limit is null");
    return new Fit<>(this, update, training, null, limit).run();
  }

  /**
   * Trains until a limit is reached or something stops it; where there was a resume, or an earlier
   * call, it goes on from there.
   *
   * @throws NonFiniteException if there is NaN or infinity, and that is to be an error
   * @throws CheckpointException if it was resumed with other batches, or another training keeps its
   *     checkpoints in the same folder just now
   */
  public History fit(Batches<B> training, Batches<B> validation, Limit limit) {
    Objects.requireNonNull(training, "trainer: training is null");
    Objects.requireNonNull(validation, "trainer: validation is null");
    Objects.requireNonNull(limit, "trainer: limit is null");
    return new Fit<>(this, update, training, validation, limit).run();
  }

  /**
   * A short training to see whether everything works: two updates, a look at two batches of the
   * validation set. Model and optimizers are as before afterwards; callbacks and checkpoints are
   * left out.
   */
  public History dryRun(Batches<B> training, Batches<B> validation) {
    int batches = (int) Math.min(2L * update.batches(), training.batches());
    return trial(trial -> trial.fit(training.first(batches), validation.first(2), Limit.epochs(1)));
  }

  /**
   * Trains on the first batch of a first epoch alone, over and over: a model that cannot learn it
   * by heart has a mistake. Model and optimizers are as before afterwards; callbacks and
   * checkpoints are left out.
   */
  public History overfit(Batches<B> training, int steps) {
    B batch = training.epoch(0, 0).iterator().next();
    return trial(trial -> trial.fit(Batches.of(List.of(batch)), Limit.steps(steps)));
  }

  private History trial(Function<Trainer<B>, History> use) {
    Rollback rollback = Rollback.of(model(), optimizers());
    Trainer<B> trial = new Trainer<>(model(), optimizers(), step, update.byHand());
    trial.metrics(run.metrics().toArray(Metric[]::new));
    trial.update.copySettings(update);
    try {
      return use.apply(trial);
    } finally {
      rollback.restore();
    }
  }

  void sweep(Batches<B> training, Schedule schedule, Callback watch, int steps) {
    trial(
        trial -> {
          trial.update.replaceSchedules(schedule);
          trial.onNonFinite(NonFinite.IGNORE);
          return trial.callbacks(watch).fit(training, Limit.steps(steps));
        });
  }

  /**
   * Loss and metrics over all batches of an epoch 0, in evaluation and without gradients.
   *
   * @throws IllegalArgumentException if the trainer has steps by hand and no evaluation
   */
  public Evaluation evaluate(Batches<B> data) {
    return examination().evaluate(data, run.metrics());
  }

  /**
   * The outputs for all batches of an epoch 0, in evaluation and without gradients: {@code [n,
   * ..]}.
   *
   * @throws IllegalArgumentException if the step gives no output
   */
  public Tensor predict(Batches<B> data) {
    return examination().predict(data);
  }

  private Examination<B> examination() {
    if (step == null) {
      throw new IllegalArgumentException(
          "trainer: steps by hand give no loss to evaluate: name an evaluation in Trainer.byHand");
    }
    return new Examination<>(model(), step);
  }

  /** Ends the training after the step that is under way; may be called from another thread. */
  public void stop(String reason) {
    run.stop(Objects.requireNonNull(reason, "trainer: reason is null"));
  }

  /**
   * Goes on from the newest checkpoint.
   *
   * @return whether there was any
   * @throws CheckpointException if it is damaged or of another training; nothing has changed then
   * @throws IllegalStateException if there are no {@link #checkpoints}
   */
  public boolean resume() {
    return requireCheckpoints().resume(run, false);
  }

  /**
   * As {@link #resume}, but from the newest checkpoint that is not damaged.
   *
   * @throws IllegalStateException if there are no {@link #checkpoints}
   */
  public boolean resumeNewestSound() {
    return requireCheckpoints().resume(run, true);
  }

  /** Goes on from one checkpoint, such as the best; see {@link #resume}. */
  public void resumeFrom(Path checkpoint) {
    Checkpoint.read(Objects.requireNonNull(checkpoint, "trainer: checkpoint is null")).restore(run);
  }

  private Checkpoints requireCheckpoints() {
    Checkpoints known = run.checkpoints();
    if (known == null) {
      throw new IllegalStateException("trainer: say first where they are, by checkpoints(..)");
    }
    return known;
  }

  // ---- what there is

  /** What is trained. */
  public Layer model() {
    return run.model();
  }

  /** What updates it. */
  public List<Optimizer> optimizers() {
    return run.optimizers();
  }

  /**
   * The averages of the weights.
   *
   * @throws IllegalStateException if none are kept, see {@link #average}
   */
  public AveragedParameters averages() {
    AveragedParameters known = update.averages();
    if (known == null) {
      throw new IllegalStateException("trainer: ask for averages first, by average(..)");
    }
    return known;
  }

  /** Everything reported so far. */
  public History history() {
    return run.progress().history();
  }

  /** Updates done. */
  public long step() {
    return run.step();
  }

  /**
   * Whether a larger value is a better one.
   *
   * @param series of the history, such as {@code val_accuracy}
   * @throws IllegalArgumentException if no such series will be reported
   */
  public boolean isBetterLarger(String series) {
    return run.isBetterLarger(series);
  }

  /** The learning rate of the first optimizer; NaN if there is none. */
  public double learningRate() {
    return run.learningRate();
  }

  /** A copy of the weights that the last report is about. */
  SequencedMap<String, Tensor> reportedWeights() {
    return run.model().stateDict();
  }

  @Override
  Trainer<B> self() {
    return this;
  }

  /** How far it is, and what updates the model. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "Trainer[step %d, %s]", run.step(), run.optimizers());
  }
}
