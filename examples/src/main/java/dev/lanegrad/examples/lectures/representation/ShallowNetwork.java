package dev.lanegrad.examples.lectures.representation;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.ReLU;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.plots.Axis;
import dev.lanegrad.plots.Curves;
import dev.lanegrad.plots.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** L4.5: a shallow ReLU network is made of straight pieces. */
final class ShallowNetwork {
  /** Three lines, with joints at 0.3, 0.5 and 0.5 / 0.65. */
  static final Linear HIDDEN = GivenWeights.of(new double[][] {{-1}, {2}, {0.65}}, 0.3, -1, -0.5);

  private static final Linear OUTPUT = GivenWeights.of(new double[][] {{2, -1, 7}}, -0.3);

  private ShallowNetwork() {}

  private static Linear random(int in, int out, SplittableRandom random) {
    return new Linear(in, out, DType.FLOAT64, random);
  }

  static void run(Notebook notebook) {
    Sequential network = new Sequential(HIDDEN, new ReLU(), OUTPUT);
    notebook.text(
        """
        y = φ0 + φ1 a[θ10 + θ11 x] + φ2 a[θ20 + θ21 x] + φ3 a[θ30 + θ31 x], with a[z] = max(0, z): \
        three hidden units, each a line that is cut off where it is negative. Six numbers make the \
        lines, three weigh them, one shifts the sum.\
        """);
    notebook.number("parameters", "10", Count.parameters(network));
    double[] joints = Joints.between(0, 1, List.of(HIDDEN));
    notebook.number("joints between 0 and 1", "at most 3", joints.length);
    draw(notebook, network);
    notebook.text(
        """
        A unit switches on or off at one x only, its joint -θd0 / θd1. Between two joints the same \
        units are on, the activation pattern, and y is a straight line whose slope is the sum of \
        φd θd1 over the units that are on.\
        """);
    notebook.table(
        "The regions", List.of("from", "to", "units on", "slope of y"), regions(network, joints));

    notebook.text(
        """
        D units have D joints at most, and so D + 1 regions. Networks with random weights have all \
        of them, since every line but a level one crosses zero somewhere.\
        """);
    List<List<Integer>> counts = new ArrayList<>();
    for (int units = 1; units <= 32; units *= 2) {
      Linear hidden = random(1, units, new SplittableRandom(units));
      counts.add(List.of(units, units + 1, Joints.between(-1e6, 1e6, List.of(hidden)).length + 1));
    }
    notebook.table("Random networks", List.of("hidden units D", "D + 1", "regions"), counts);
    notebook.claim(
        "D units make at most D + 1 regions",
        counts.stream().allMatch(row -> row.get(2) <= row.get(1)));
    InputsAndOutputs.run(notebook);
  }

  private static void draw(Notebook notebook, Sequential network) {
    double[] x = Tensor.linspace(DType.FLOAT64, 0, 1, 401).toDoubleArray();
    Tensor hidden = Joints.before(List.of(HIDDEN), x).relu();
    List<Series> units = new ArrayList<>();
    List<Series> weighted = new ArrayList<>();
    double[] weights = OUTPUT.weight().tensor().toDoubleArray();
    for (int d = 0; d < 3; d++) {
      Tensor h = hidden.select(1, d);
      units.add(new Series("h" + (d + 1), x, h.toDoubleArray()));
      weighted.add(
          new Series("φ" + (d + 1) + " h" + (d + 1), x, h.mul(weights[d]).toDoubleArray()));
    }
    weighted.add(new Series("y", x, Joints.outputs(network, x)));
    double[] joints = Joints.between(0, 1, List.of(HIDDEN));
    notebook.picture(
        "The hidden units",
        Curves.of("Hidden units", units).axes(Axis.linear("x"), Axis.linear("activation")));
    notebook.picture(
        "The weighted hidden units and their sum y, with φ0 added",
        Curves.of("Their sum", weighted)
            .marks(new Series("joints", joints, Joints.outputs(network, joints)))
            .axes(Axis.linear("x"), Axis.linear("y")));
  }

  private static List<List<Object>> regions(Sequential network, double... joints) {
    double[] ends =
        IntStream.range(0, joints.length + 2)
            .mapToDouble(i -> i == 0 ? 0 : i > joints.length ? 1 : joints[i - 1])
            .toArray();
    double[] y = Joints.outputs(network, ends);
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i + 1 < ends.length; i++) {
      double[] z = Joints.before(List.of(HIDDEN), (ends[i] + ends[i + 1]) / 2).toDoubleArray();
      String pattern = pattern(z);
      double slope = (y[i + 1] - y[i]) / (ends[i + 1] - ends[i]);
      rows.add(List.of(ends[i], ends[i + 1], pattern, slope));
    }
    return rows;
  }

  private static String pattern(double... z) {
    StringBuilder on = new StringBuilder();
    for (int d = 0; d < z.length; d++) {
      on.append(z[d] > 0 ? "h" + (d + 1) + " " : "");
    }
    return on.isEmpty() ? "none" : on.toString().strip();
  }
}
