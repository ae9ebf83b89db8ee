package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Recurrent layers on top of each other: what {@link RNN}, {@link GRU} and {@link LSTM} share. */
final class RecurrentStack {
  /** Outputs of all steps, and for h (and c) the last ones, [layers directions, n, hidden]. */
  record Result(Tensor outputs, List<Tensor> states) {}

  private final String type;
  private final String name;
  private final int in;
  private final int hidden;
  private final RecurrentOptions options;
  private final List<RecurrentWeights> directions = new ArrayList<>();
  private final @Nullable Parameter key;
  private final Mode mode = new Mode();

  RecurrentStack(
      String type,
      RecurrentCell cell,
      int in,
      int hidden,
      RecurrentOptions options,
      DType dtype,
      RandomGenerator random) {
    this.type = type;
    this.name = type.toLowerCase(Locale.ROOT);
    if (in < 1 || hidden < 1) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "%s: input and hidden size must be at least 1: %d and %d",
              name,
              in,
              hidden));
    }
    long joined = options.layers() > 1 ? (long) hidden * options.directions() : hidden;
    int widest = (int) Math.min(Math.max(in, joined), Integer.MAX_VALUE);
    Require.lengths(name, dtype, "weights [gates, hidden, in]", cell.gates(), hidden, widest);
    this.in = in;
    this.hidden = hidden;
    this.options = options;
    int width = in;
    for (int layer = 0; layer < options.layers(); layer++) {
      for (int direction = 0; direction < options.directions(); direction++) {
        String suffix = "_l" + layer + (direction == 1 ? "_reverse" : "");
        directions.add(
            RecurrentWeights.create(cell, suffix, width, hidden, options.bias(), dtype, random));
      }
      width = hidden * options.directions();
    }
    this.key = options.dropout() > 0 ? DropoutKey.create(random) : null;
  }

  Mode mode() {
    return mode;
  }

  List<Parameter> parameters() {
    return directions.stream().flatMap(weights -> weights.parameters().stream()).toList();
  }

  List<Parameter> buffers() {
    return key == null ? List.of() : List.of(key);
  }

  /** All layers, from the given states or from zeros. */
  Result run(Tensor x, List<Tensor> initial) {
    checkInput(x);
    Tensor sequence = options.batchFirst() ? x.permute(1, 0, 2) : x;
    int n = sequence.shape().dim(1);
    int stateCount = directions.getFirst().cell().states();
    List<List<Tensor>> last = new ArrayList<>();
    for (Tensor state : initial) {
      checkState(state, n);
    }
    int next = 0;
    for (int layer = 0; layer < options.layers(); layer++) {
      if (layer > 0 && key != null && mode.isTraining()) {
        sequence = dropped(sequence, key);
      }
      List<RecurrentWeights.Run> runs = new ArrayList<>();
      for (int direction = 0; direction < options.directions(); direction++) {
        RecurrentWeights weights = directions.get(next);
        List<Tensor> states = states(initial, next, stateCount, x.dtype(), n);
        RecurrentWeights.Run run = weights.run(sequence, states, direction == 1);
        runs.add(run);
        last.add(run.last());
        next++;
      }
      sequence = RecurrentWeights.join(runs);
    }
    Tensor outputs = options.batchFirst() ? sequence.permute(1, 0, 2) : sequence;
    return new Result(
        outputs, IntStream.range(0, stateCount).mapToObj(k -> stacked(last, k)).toList());
  }

  /** State k of every layer and direction, [layers directions, n, hidden]. */
  private static Tensor stacked(List<List<Tensor>> last, int k) {
    List<Tensor> states = last.stream().map(run -> run.get(k)).toList();
    return Tensor.stack(0, states);
  }

  /** With masks drawn in the order [steps, features, n]. */
  private Tensor dropped(Tensor sequence, Parameter drawnFrom) {
    Tensor columns = sequence.permute(0, 2, 1);
    return DropoutKey.drop(columns, options.dropout(), drawnFrom, columns.shape().toArray())
        .permute(0, 2, 1);
  }

  private List<Tensor> states(List<Tensor> initial, int number, int count, DType dtype, int n) {
    return initial.isEmpty()
        ? Collections.nCopies(count, Tensor.zeros(dtype, n, hidden))
        : initial.stream().map(state -> state.select(0, number)).toList();
  }

  private void checkInput(Tensor x) {
    int steps = x.rank() == 3 ? x.shape().dim(options.batchFirst() ? 1 : 0) : 0;
    if (steps == 0 || x.shape().dim(2) != in) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "%s: takes [%s, %d] with at least one step, not %s",
              name,
              options.batchFirst() ? "n, steps" : "steps, n",
              in,
              x.shape()));
    }
  }

  private void checkState(Tensor state, int n) {
    Shape expected = Shape.of(directions.size(), n, hidden);
    if (!state.shape().equals(expected)) {
      throw new ShapeException(
          "%s: takes an initial state %s, not %s".formatted(name, expected, state.shape()));
    }
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s[in=%d, hidden=%d, layers=%d%s%s]",
        type,
        in,
        hidden,
        options.layers(),
        options.bidirectional() ? ", both directions" : "",
        options.batchFirst() ? ", batch first" : "");
  }
}
