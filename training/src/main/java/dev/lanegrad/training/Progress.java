package dev.lanegrad.training;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/** How far a training is, and what it reported. */
final class Progress {
  private static final int COLUMNS = 3;

  private final SequencedMap<String, List<History.Point>> series = new LinkedHashMap<>();
  private int epoch;
  private int batch;
  private long step;
  private double loss = Double.NaN;
  private double earlierSeconds;
  private long begun = System.nanoTime();
  private boolean isRunning;
  private String reason = "";

  int epoch() {
    return epoch;
  }

  /** Batches of the epoch that are done. */
  int batch() {
    return batch;
  }

  long step() {
    return step;
  }

  /** Of the last update, NaN before the first. */
  double loss() {
    return loss;
  }

  double seconds() {
    return earlierSeconds + (isRunning ? (System.nanoTime() - begun) * 1e-9 : 0);
  }

  void start() {
    begun = System.nanoTime();
    isRunning = true;
    reason = "";
  }

  void end(String why) {
    earlierSeconds = seconds();
    isRunning = false;
    reason = why;
  }

  void advance(int batches, double lossBefore) {
    step++;
    batch += batches;
    loss = lossBefore;
  }

  void nextEpoch() {
    epoch++;
    batch = 0;
  }

  void add(SequencedMap<String, Double> values) {
    values.forEach(
        (name, value) ->
            series
                .computeIfAbsent(name, _ -> new ArrayList<>())
                .add(new History.Point(step, epoch, value)));
  }

  History history() {
    return new History(series, step, epoch, seconds(), reason);
  }

  /**
   * The points of each series, float64 [points, 3]: step, epoch and value. Names begin with a
   * number, since a file keeps no order.
   */
  SequencedMap<String, Tensor> points() {
    SequencedMap<String, Tensor> state = new LinkedHashMap<>();
    series.forEach(
        (name, points) -> {
          double[] numbers = new double[COLUMNS * points.size()];
          for (int i = 0; i < points.size(); i++) {
            numbers[COLUMNS * i] = points.get(i).step();
            numbers[COLUMNS * i + 1] = points.get(i).epoch();
            numbers[COLUMNS * i + 2] = points.get(i).value();
          }
          state.put(
              String.format(Locale.ROOT, "%04d.%s", state.size(), name),
              Tensor.ofDoubles(DType.FLOAT64, Shape.of(points.size(), COLUMNS), numbers));
        });
    return state;
  }

  /** Goes on from elsewhere. */
  void restore(Position position, Map<String, Tensor> points) {
    epoch = position.epoch();
    batch = position.batch();
    step = position.step();
    loss = position.loss();
    earlierSeconds = position.seconds();
    begun = System.nanoTime();
    reason = "";
    series.clear();
    new TreeMap<>(points)
        .forEach(
            (name, tensor) -> {
              double[] numbers = tensor.toDoubleArray();
              List<History.Point> list = new ArrayList<>();
              for (int i = 0; i < numbers.length; i += COLUMNS) {
                list.add(
                    new History.Point((long) numbers[i], (int) numbers[i + 1], numbers[i + 2]));
              }
              series.put(name.substring(name.indexOf('.') + 1), list);
            });
  }

  Position position() {
    return new Position(epoch, batch, step, loss, seconds());
  }

  /**
   * A place in a training.
   *
   * @param batch how many batches of the epoch are done
   * @param step updates done
   * @param loss of the last one
   */
  record Position(int epoch, int batch, long step, double loss, double seconds) {}
}
