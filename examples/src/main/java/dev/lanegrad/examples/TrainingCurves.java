package dev.lanegrad.examples;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.plots.Series;
import dev.lanegrad.training.Callback;
import dev.lanegrad.training.TrainerState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/**
 * The curves of a training. Its history has a point for each report, which are few; these have the
 * mean loss of some steps each. Checkpoints keep them, so that they go on after a resume.
 */
final class TrainingCurves implements Callback {
  /** How many points the loss gets. */
  private static final int POINTS = 200;

  private static final String LOSS = "loss";
  private static final String SUM = "sum";

  private final SequencedMap<String, List<Point>> series = new LinkedHashMap<>();
  private double sum;
  private long count;

  /** A value after so many steps. */
  private record Point(long step, double value) {}

  /** Adds a point, unless that step has one already. */
  void add(String name, long step, double value) {
    List<Point> points = series.computeIfAbsent(name, _ -> new ArrayList<>());
    if (points.isEmpty() || points.getLast().step < step) {
      points.add(new Point(step, value));
    }
  }

  @Override
  public void onStep(TrainerState state) {
    sum += state.loss();
    count++;
    if (count >= Math.ceilDiv(state.steps(), POINTS)) {
      addMean(state);
    }
  }

  @Override
  public void onEnd(TrainerState state) {
    if (count > 0) {
      addMean(state);
    }
  }

  private void addMean(TrainerState state) {
    add(LOSS, state.step(), sum / count);
    sum = 0;
    count = 0;
  }

  /** The mean losses, by the name that a legend shall have. */
  Series loss(String name) {
    return series(name, series.getOrDefault(LOSS, List.of()));
  }

  /** What was added, by names with something before them. */
  List<Series> others(String prefix) {
    return series.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(LOSS))
        .map(entry -> series(prefix + entry.getKey(), entry.getValue()))
        .toList();
  }

  private static Series series(String name, List<Point> points) {
    return new Series(
        name,
        points.stream().mapToDouble(Point::step).toArray(),
        points.stream().mapToDouble(Point::value).toArray());
  }

  /** Of each series its points, [n, 2]: step and value. */
  @Override
  public SequencedMap<String, Tensor> stateDict() {
    SequencedMap<String, Tensor> state = new LinkedHashMap<>();
    state.put(SUM, Tensor.of(sum, (double) count));
    series.forEach(
        (name, points) ->
            state.put(
                "series." + name,
                Tensor.ofDoubles(
                    DType.FLOAT64,
                    Shape.of(points.size(), 2),
                    points.stream()
                        .flatMapToDouble(p -> DoubleStream.of((double) p.step(), p.value()))
                        .toArray())));
    return state;
  }

  @Override
  public void loadStateDict(Map<String, Tensor> state) {
    series.clear();
    new TreeMap<>(state)
        .forEach(
            (name, tensor) -> {
              double[] numbers = tensor.toDoubleArray();
              if (name.equals(SUM)) {
                sum = numbers[0];
                count = (long) numbers[1];
              } else {
                for (int i = 0; i + 1 < numbers.length; i += 2) {
                  add(name.substring("series.".length()), (long) numbers[i], numbers[i + 1]);
                }
              }
            });
  }
}
