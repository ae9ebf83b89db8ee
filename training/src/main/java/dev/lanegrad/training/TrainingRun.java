package dev.lanegrad.training;

import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.optim.Stateful;
import dev.lanegrad.training.metric.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What a {@link Trainer} has and how far it is: all that a checkpoint keeps. */
final class TrainingRun {
  private final Layer model;
  private final List<Optimizer> optimizers;
  private final Named named;
  private final List<Metric> metrics = new ArrayList<>();
  private final List<Callback> callbacks = new ArrayList<>();
  private final SequencedMap<String, Stateful> remembered = new LinkedHashMap<>();
  private final Progress progress = new Progress();
  private Tallies running = new Tallies(List.of());
  private long reportEvery;
  private @Nullable Checkpoints checkpoints;
  private @Nullable String resumedData;
  private volatile @Nullable String stopReason;

  /** All that the model holds, by its paths. */
  private record Named(
      SequencedMap<String, Parameter> parameters, SequencedMap<String, Parameter> buffers) {}

  TrainingRun(Layer model, List<Optimizer> optimizers) {
    this.model = model;
    this.optimizers = List.copyOf(optimizers);
    this.named = new Named(model.namedParameters(), model.namedBuffers());
  }

  Layer model() {
    return model;
  }

  List<Optimizer> optimizers() {
    return optimizers;
  }

  SequencedMap<String, Parameter> namedParameters() {
    return named.parameters;
  }

  SequencedMap<String, Parameter> namedBuffers() {
    return named.buffers;
  }

  // ---- settings

  void add(Metric metric) {
    String name = metric.name();
    if (name.contains(".")) {
      throw new IllegalArgumentException(
          "trainer: the name of a metric has no dot: \"%s\"".formatted(name));
    }
    if (name.equals(Tallies.LOSS) || metrics.stream().anyMatch(m -> m.name().equals(name))) {
      throw new IllegalArgumentException(
          "trainer: there are two metrics called \"%s\"".formatted(name));
    }
    metrics.add(metric);
    resetRunning();
  }

  List<Metric> metrics() {
    return metrics;
  }

  List<Callback> callbacks() {
    return callbacks;
  }

  void remember(String name, Stateful what) {
    if (remembered.putIfAbsent(name, what) != null) {
      throw new IllegalArgumentException("trainer: \"%s\" is remembered already".formatted(name));
    }
  }

  SequencedMap<String, Stateful> remembered() {
    return remembered;
  }

  void reportEvery(long steps) {
    reportEvery = steps;
  }

  /** Updates between reports, 0 for one after each epoch. */
  long reportEvery() {
    return reportEvery;
  }

  void checkpoints(@Nullable Checkpoints where) {
    checkpoints = where;
  }

  @Nullable Checkpoints checkpoints() {
    return checkpoints;
  }

  boolean isBetterLarger(String series) {
    String name = series.startsWith(Fit.VALIDATION) ? series.substring(4) : series;
    if (name.equals(Tallies.LOSS)) {
      return false;
    }
    return metrics.stream()
        .filter(metric -> metric.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "trainer: there is no \"%s\", only loss and %s, and those with val_ before"
                        .formatted(series, metrics.stream().map(Metric::name).toList())))
        .isBetterLarger();
  }

  // ---- how far it is

  Progress progress() {
    return progress;
  }

  long step() {
    return progress.step();
  }

  /** Loss and metrics since the last report. */
  Tallies running() {
    return running;
  }

  void resetRunning() {
    running = new Tallies(metrics);
  }

  /** Of the first optimizer; NaN if there is none. */
  double learningRate() {
    return optimizers.isEmpty() ? Double.NaN : optimizers.getFirst().learningRate();
  }

  void stop(@Nullable String reason) {
    stopReason = reason;
  }

  @Nullable String stopReason() {
    return stopReason;
  }

  void resumedWith(String data) {
    resumedData = data;
  }

  void requireSameData(String data) {
    if (resumedData != null && !resumedData.equals(data)) {
      throw new CheckpointException(
          "trainer: the checkpoint is of a training with %s, not with %s: its place in the data"
                  .formatted(resumedData, data)
              + " would be another");
    }
  }
}
