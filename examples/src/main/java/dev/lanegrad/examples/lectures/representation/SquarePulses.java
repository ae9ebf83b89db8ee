package dev.lanegrad.examples.lectures.representation;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.plots.Axis;
import dev.lanegrad.plots.Curves;
import dev.lanegrad.plots.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** L4.4: square pulses out of threshold units, and functions out of pulses. */
final class SquarePulses {
  /** Where the errors are measured; a grid that falls on no edge of a pulse. */
  private static final Tensor X = Tensor.linspace(DType.FLOAT64, 0.0001, 0.9999, 4001);

  private SquarePulses() {}

  /** 1 between two thresholds: "beyond the first" without "beyond the second". */
  private static Sequential pulse(double first, double second) {
    double[][] weights = {{1}, {1}};
    return new Sequential(ThresholdUnits.of(weights, first, second), ThresholdUnits.unit(1, 1, -1));
  }

  /** What is approximated on [0, 1]. */
  private static Tensor target(Tensor x) {
    return x.mul(2 * Math.PI).sin().add(x.mul(6 * Math.PI).sin().mul(0.3)).add(x);
  }

  /**
   * n pulses side by side on [0, 1], each as high as the function in its middle. The hidden units
   * are those of all pulses, and the output adds h at the start and -h at the end of each.
   */
  private static Sequential pulses(int n) {
    double[][] ones = new double[2 * n][];
    double[] edges = new double[2 * n];
    Arrays.setAll(ones, _ -> new double[] {1});
    Arrays.setAll(edges, i -> (i / 2 + i % 2) / (double) n);
    Tensor middles = Tensor.linspace(DType.FLOAT64, 0.5 / n, 1 - 0.5 / n, n);
    Tensor heights = target(middles);
    Tensor weights = Tensor.stack(1, List.of(heights, heights.neg())).reshape(1, 2 * n);
    return new Sequential(
        ThresholdUnits.of(ones, edges), new Linear(Parameter.of("weight", weights), null));
  }

  private static double[] along(Layer network) {
    return network.forward(X.unsqueeze(1)).toDoubleArray();
  }

  static void run(Notebook notebook) {
    notebook.text(
        """
        Of a number x, one threshold unit tells whether it is beyond T1 and another whether it is \
        beyond T2. A third, with weights 1 and -1 and the threshold 1, is on between the two: a \
        square pulse.\
        """);
    double[] pulse = along(pulse(0.3, 0.6));
    notebook.picture(
        "Three threshold units make a pulse between T1 = 0.3 and T2 = 0.6",
        Curves.of(
                "A square pulse",
                new Series("x >= T1", X.toDoubleArray(), along(ThresholdUnits.unit(0.3, 1))),
                new Series("x >= T2", X.toDoubleArray(), along(ThresholdUnits.unit(0.6, 1))),
                new Series("the pulse", X.toDoubleArray(), pulse))
            .axes(Axis.linear("x"), Axis.linear("output")));
    notebook.number("units of a pulse", 3);
    notebook.claim("the pulse is 1 from T1 to T2 and 0 elsewhere", isPulse(pulse));

    notebook.text(
        """
        A sum of n narrow pulses side by side, each as high as the function in its middle, follows \
        any continuous function. Within a pulse of width 1/n the function moves away from that \
        height by at most half a width times its steepest slope, so twice as many pulses make half \
        the error, here for f(x) = sin 2πx + 0.3 sin 6πx + x. Two more digits cost a \
        hundred times the units: this shows what is possible, not how it is learned.\
        """);
    List<Series> curves = new ArrayList<>();
    List<List<Double>> rows = new ArrayList<>();
    List<Double> errors = new ArrayList<>();
    double[] wanted = target(X).toDoubleArray();
    curves.add(new Series("f", X.toDoubleArray(), wanted));
    for (int n = 5; n <= 320; n *= 2) {
      double[] sum = along(pulses(n));
      Tensor error = Tensor.of(sum).sub(Tensor.of(wanted)).abs();
      errors.add(error.max().item());
      rows.add(List.of((double) n, 2.0 * n, errors.getLast(), error.mean().item()));
      if (n == 5 || n == 20 || n == 80) {
        curves.add(new Series(n + " pulses", X.toDoubleArray(), sum));
      }
    }
    notebook.table(
        "The error of n pulses",
        List.of("pulses n", "hidden units", "largest error", "mean error"),
        rows);
    notebook.claim(
        "the largest error falls with every doubling of n",
        IntStream.range(1, errors.size()).allMatch(i -> errors.get(i) < errors.get(i - 1)));
    notebook.claim(
        "from 20 pulses on twice as many make half the error, to within a tenth",
        IntStream.range(3, errors.size())
            .allMatch(i -> Math.abs(errors.get(i) / errors.get(i - 1) - 0.5) < 0.05));
    notebook.picture(
        "A function and sums of pulses",
        Curves.of("Sums of pulses", curves).axes(Axis.linear("x"), Axis.linear("f(x)")));
  }

  private static boolean isPulse(double... values) {
    double[] x = X.toDoubleArray();
    return IntStream.range(0, x.length)
        .allMatch(i -> values[i] == (x[i] >= 0.3 && x[i] < 0.6 ? 1 : 0));
  }
}
