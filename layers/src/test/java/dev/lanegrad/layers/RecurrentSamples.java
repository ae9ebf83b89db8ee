package dev.lanegrad.layers;

import static dev.lanegrad.layers.LayerSample.normal;
import static dev.lanegrad.layers.LayerSample.numbers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.RandomKey;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import java.util.List;
import java.util.Map;

/** Recurrent layers against PyTorch's equations, step by step and unit by unit. */
final class RecurrentSamples {
  private static final RecurrentOptions PLAIN = RecurrentOptions.DEFAULTS;
  private static final RecurrentOptions EVERYTHING =
      PLAIN.withLayers(2).withBothDirections().withBatchFirst().withDropout(0.3);
  private static final DType F64 = DType.FLOAT64;

  static final List<LayerSample<?>> ALL =
      List.of(
          LayerSample.of(
              r -> new RNN(2, 3, PLAIN, F64, r),
              normal(4, 2, 2),
              (l, x) -> run("rnn", l, 3, PLAIN, x).outputs),
          LayerSample.of(
                  r -> new RNN(2, 3, RNN.Nonlinearity.RELU, PLAIN.withoutBias(), F64, r),
                  normal(4, 2, 2),
                  (l, x) -> run("relu", l, 3, PLAIN, x).outputs)
              .named("with relu"),
          LayerSample.of(
                  r -> new RNN(2, 3, EVERYTHING, F64, r),
                  normal(2, 3, 2),
                  (l, x) -> run("rnn", l, 3, EVERYTHING, x).all())
              .named("with everything")
              .running((l, in) -> all(l.run(in.get(0), in.get(1))), normal(4, 2, 3)),
          LayerSample.of(
              r -> new GRU(2, 3, PLAIN, F64, r),
              normal(4, 2, 2),
              (l, x) -> run("gru", l, 3, PLAIN, x).outputs),
          LayerSample.of(
                  r -> new GRU(2, 3, PLAIN.withoutBias(), F64, r),
                  normal(3, 2, 2),
                  (l, x) -> run("gru", l, 3, PLAIN, x).outputs)
              .named("without bias"),
          LayerSample.of(
                  r -> new GRU(2, 3, EVERYTHING, F64, r),
                  normal(2, 3, 2),
                  (l, x) -> run("gru", l, 3, EVERYTHING, x).all())
              .named("with everything")
              .running((l, in) -> all(l.run(in.get(0), in.get(1))), normal(4, 2, 3)),
          LayerSample.of(
              r -> new LSTM(2, 3, PLAIN, F64, r),
              normal(4, 2, 2),
              (l, x) -> run("lstm", l, 3, PLAIN, x).outputs),
          LayerSample.of(
                  r -> new RNN(1, 3, PLAIN, F64, r),
                  normal(4, 2, 1),
                  (l, x) -> run("rnn", l, 3, PLAIN, x).outputs)
              .named("of one feature"),
          LayerSample.of(
                  r -> new RNN(2, 1, PLAIN, F64, r),
                  normal(4, 2, 2),
                  (l, x) -> run("rnn", l, 1, PLAIN, x).outputs)
              .named("of one unit"),
          LayerSample.of(
                  r -> new GRU(1, 3, PLAIN, F64, r),
                  normal(4, 2, 1),
                  (l, x) -> run("gru", l, 3, PLAIN, x).outputs)
              .named("of one feature"),
          LayerSample.of(
                  r -> new GRU(2, 1, PLAIN, F64, r),
                  normal(4, 2, 2),
                  (l, x) -> run("gru", l, 1, PLAIN, x).outputs)
              .named("of one unit"),
          LayerSample.of(
                  r -> new LSTM(1, 3, PLAIN, F64, r),
                  normal(4, 2, 1),
                  (l, x) -> run("lstm", l, 3, PLAIN, x).outputs)
              .named("of one feature"),
          LayerSample.of(
                  r -> new LSTM(2, 1, PLAIN, F64, r),
                  normal(4, 2, 2),
                  (l, x) -> run("lstm", l, 1, PLAIN, x).outputs)
              .named("of one unit"),
          LayerSample.of(
                  r -> new LSTM(2, 3, EVERYTHING, F64, r),
                  normal(2, 3, 2),
                  (l, x) -> run("lstm", l, 3, EVERYTHING, x).all())
              .named("with everything")
              .running(
                  (l, in) -> all(l.run(in.get(0), in.get(1), in.get(2))),
                  normal(4, 2, 3),
                  normal(4, 2, 3).mul(0.5)));

  private RecurrentSamples() {}

  /** Outputs and last states one after the other. */
  private static Tensor all(RecurrentOutput output) {
    return Tensor.concat(0, List.of(output.outputs().flatten(), output.hidden().flatten()));
  }

  private static Tensor all(LSTM.Output output) {
    return Tensor.concat(
        0, List.of(output.outputs().flatten(), output.hidden().flatten(), output.cell().flatten()));
  }

  private static final class Run {
    private double[] outputs;
    private double[] hidden;
    private double[] cell;
    private boolean hasCell;

    private double[] all() {
      double[] all = java.util.Arrays.copyOf(outputs, outputs.length + hidden.length);
      System.arraycopy(hidden, 0, all, outputs.length, hidden.length);
      if (!hasCell) {
        return all;
      }
      double[] more = java.util.Arrays.copyOf(all, all.length + cell.length);
      System.arraycopy(cell, 0, more, all.length, cell.length);
      return more;
    }
  }

  /** Sequences of batch 2; {@code x} may end in the initial h and c. */
  private static Run run(
      String kind, Layer layer, int hidden, RecurrentOptions options, double[]... x) {
    Map<String, Parameter> weights = layer.namedParameters();
    int n = 2;
    int directions = options.bidirectional() ? 2 : 1;
    int width = weights.get("weight_ih_l0").shape().dim(1);
    int steps = x[0].length / n / width;
    double[][][] sequence = new double[steps][n][width];
    for (int i = 0; i < x[0].length; i++) {
      int first = i / width / (options.batchFirst() ? steps : n);
      int second = i / width % (options.batchFirst() ? steps : n);
      int step = options.batchFirst() ? second : first;
      int example = options.batchFirst() ? first : second;
      sequence[step][example][i % width] = x[0][i];
    }
    int states = options.layers() * directions;
    Run run = new Run();
    run.hasCell = kind.equals("lstm");
    run.hidden = x.length > 1 ? x[1].clone() : new double[states * n * hidden];
    run.cell = x.length > 2 ? x[2].clone() : new double[states * n * hidden];
    for (int k = 0; k < options.layers(); k++) {
      if (k > 0 && layer.mode().isTraining() && options.dropout() > 0) {
        drop(layer.namedBuffers().get("key"), options.dropout(), sequence);
      }
      double[][][] next = new double[steps][n][directions * hidden];
      for (int d = 0; d < directions; d++) {
        String suffix = "_l" + k + (d == 1 ? "_reverse" : "");
        for (int s = 0; s < steps; s++) {
          int step = d == 1 ? steps - 1 - s : s;
          for (int example = 0; example < n; example++) {
            int at = ((k * directions + d) * n + example) * hidden;
            step(kind, weights, suffix, sequence[step][example], run, at, hidden);
            System.arraycopy(run.hidden, at, next[step][example], d * hidden, hidden);
          }
        }
      }
      sequence = next;
    }
    run.outputs = new double[steps * n * directions * hidden];
    for (int i = 0; i < run.outputs.length; i++) {
      int feature = i % (directions * hidden);
      int rest = i / (directions * hidden);
      run.outputs[i] =
          options.batchFirst()
              ? sequence[rest % steps][rest / steps][feature]
              : sequence[rest / n][rest % n][feature];
    }
    return run;
  }

  /** In the library's order of elements, [steps, features, n]. */
  private static void drop(Parameter key, double rate, double[][][] sequence) {
    double[] state = numbers(key);
    int n = sequence[0].length;
    int width = sequence[0][0].length;
    RandomKey random = new RandomKey((long) state[0], (long) state[1]);
    double[] uniform = random.uniform(F64, sequence.length, width, n).toDoubleArray();
    for (int s = 0; s < sequence.length; s++) {
      for (int example = 0; example < n; example++) {
        for (int f = 0; f < width; f++) {
          boolean kept = uniform[(s * width + f) * n + example] >= rate;
          sequence[s][example][f] = kept ? sequence[s][example][f] / (1 - rate) : 0;
        }
      }
    }
  }

  /** Replaces h and c from an offset by those after a step. */
  private static void step(
      String kind,
      Map<String, Parameter> weights,
      String suffix,
      double[] x,
      Run run,
      int at,
      int hidden) {
    double[] h = java.util.Arrays.copyOfRange(run.hidden, at, at + hidden);
    double[] a = product(weights, "ih" + suffix, x);
    double[] b = product(weights, "hh" + suffix, h);
    for (int u = 0; u < hidden; u++) {
      switch (kind) {
        case "rnn" -> run.hidden[at + u] = Math.tanh(a[u] + b[u]);
        case "relu" -> run.hidden[at + u] = Math.max(a[u] + b[u], 0);
        case "gru" -> {
          double r = ActivationSamples.sigmoid(a[u] + b[u]);
          double z = ActivationSamples.sigmoid(a[hidden + u] + b[hidden + u]);
          double candidate = Math.tanh(a[2 * hidden + u] + r * b[2 * hidden + u]);
          run.hidden[at + u] = (1 - z) * candidate + z * h[u];
        }
        default -> {
          double i = ActivationSamples.sigmoid(a[u] + b[u]);
          double f = ActivationSamples.sigmoid(a[hidden + u] + b[hidden + u]);
          double g = Math.tanh(a[2 * hidden + u] + b[2 * hidden + u]);
          double o = ActivationSamples.sigmoid(a[3 * hidden + u] + b[3 * hidden + u]);
          run.cell[at + u] = f * run.cell[at + u] + i * g;
          run.hidden[at + u] = o * Math.tanh(run.cell[at + u]);
        }
      }
    }
  }

  private static double[] product(Map<String, Parameter> weights, String name, double[] x) {
    Parameter weight = weights.get("weight_" + name);
    Parameter bias = weights.get("bias_" + name);
    Shape shape = weight.shape();
    return LinearSamples.linear(
        numbers(weight), bias == null ? new double[shape.dim(0)] : numbers(bias), x);
  }
}
