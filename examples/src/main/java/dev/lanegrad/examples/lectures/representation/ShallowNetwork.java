package dev.lanegrad.examples.lectures.representation;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.ReLU;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.plots.Axis;
import dev.lanegrad.plots.Curves;
import dev.lanegrad.plots.Region;
import dev.lanegrad.plots.Regions;
import dev.lanegrad.plots.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** L4.5: a shallow ReLU network is made of straight pieces. */
final class ShallowNetwork {
  private static final Linear HIDDEN =
      linear(new double[][] {{-1}, {2}, {0.65}}, 0.3, -1, -0.5);
  private static final Linear OUTPUT = linear(new double[][] {{2, -1, 7}}, -0.3);
  private static final Region SQUARE = new Region(-2, 2, -2, 2);
  private static final int PAIRS = 2_000;

  private ShallowNetwork() {}

  private static Linear linear(double[][] weight, double... bias) {
    return new Linear(
        Parameter.of("weight", Tensor.of(weight)), Parameter.of("bias", Tensor.of(bias)));
  }

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
    notebook.number("parameters", "10", network.parameterCount());
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
      counts.add(
          List.of(units, units + 1, Joints.between(-1e6, 1e6, List.of(hidden)).length + 1));
    }
    notebook.table("Random networks", List.of("hidden units D", "D + 1", "regions"), counts);
    notebook.claim(
        "D units make at most D + 1 regions",
        counts.stream().allMatch(row -> row.get(2) <= row.get(1)));
    severalInputs(notebook);
    severalOutputs(notebook);
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
      weighted.add(new Series("φ" + (d + 1) + " h" + (d + 1), x, h.mul(weights[d]).toDoubleArray()));
    }
    weighted.add(new Series("y", x, at(network, x)));
    double[] joints = Joints.between(0, 1, List.of(HIDDEN));
    notebook.picture(
        "The hidden units",
        Curves.of("Hidden units", units).axes(Axis.linear("x"), Axis.linear("activation")));
    notebook.picture(
        "The weighted hidden units and their sum y, with φ0 added",
        Curves.of("Their sum", weighted)
            .marks(new Series("joints", joints, at(network, joints)))
            .axes(Axis.linear("x"), Axis.linear("y")));
  }

  private static double[] at(Sequential network, double... x) {
    return network.forward(Tensor.of(x).unsqueeze(1)).toDoubleArray();
  }

  private static List<List<Object>> regions(Sequential network, double... joints) {
    double[] ends = IntStream.range(0, joints.length + 2)
        .mapToDouble(i -> i == 0 ? 0 : i > joints.length ? 1 : joints[i - 1])
        .toArray();
    double[] y = at(network, ends);
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

  /** The activation pattern as a number: bit d tells whether unit d is on. */
  private static int[] patterns(Linear hidden, Tensor x) {
    Tensor on = hidden.apply(x).greater(0).cast(DType.FLOAT64);
    Tensor powers = Tensor.arange(DType.FLOAT64, 0, hidden.out(), 1).mul(Math.log(2)).exp().round();
    return on.matmul(powers).cast(DType.INT32).toIntArray();
  }

  private static void severalInputs(Notebook notebook) {
    Linear hidden = linear(new double[][] {{1, 0.4}, {-0.5, 1}, {-0.6, -1}}, 0.2, 0.3, 0.5);
    notebook.text(
        """
        With two inputs each unit is cut off along a line of the plane. Three lines divide it into \
        seven regions at most, each the part of the plane on given sides of given lines: a convex \
        polygon. D planes of any dimension do the same; in each region y is linear.\
        """);
    PlaneClasses plane = PlaneClasses.of(SQUARE, x -> patterns(hidden, x));
    notebook.number("regions of three units of two inputs", "7", plane.count());
    notebook.picture(
        "The regions of three units of two inputs",
        Regions.of("Activation patterns", plane::at, SQUARE)
            .classes("none", "h1", "h2", "h1 h2", "h3", "h1 h3", "h2 h3", "h1 h2 h3")
            .axes(Axis.linear("x1"), Axis.linear("x2")));
    notebook.number(
        "parameters with two inputs", new Sequential(hidden, linear(new double[][] {{1, 1, 1}}, 0))
            .parameterCount());
    notebook.claim("every region is convex", isConvex(hidden));
  }

  /** Halfway between any two points of a region is a point of the region. */
  private static boolean isConvex(Linear hidden) {
    SplittableRandom random = new SplittableRandom(5);
    Tensor a = Tensor.uniform(random, DType.FLOAT64, -2, 2, PAIRS, 2);
    Tensor b = Tensor.uniform(random, DType.FLOAT64, -2, 2, PAIRS, 2);
    int[] atA = patterns(hidden, a);
    int[] atB = patterns(hidden, b);
    int[] between = patterns(hidden, a.add(b).div(2));
    return IntStream.range(0, PAIRS).allMatch(i -> atA[i] != atB[i] || between[i] == atA[i]);
  }

  private static void severalOutputs(Notebook notebook) {
    Sequential network =
        new Sequential(HIDDEN, new ReLU(), linear(new double[][] {{2, -1, 7}, {-1, 1.5, -3}}, -0.3, 1));
    notebook.text(
        """
        With two outputs both are sums of the same hidden units: other slopes and heights, joints \
        at the same places.\
        """);
    notebook.number("parameters with two outputs", network.parameterCount());
    double[] x = Tensor.linspace(DType.FLOAT64, 0, 1, 401).toDoubleArray();
    Tensor y = network.forward(Tensor.of(x).unsqueeze(1));
    notebook.picture(
        "Two outputs, one set of joints",
        Curves.of(
                "Two outputs",
                new Series("y1", x, y.select(1, 0).toDoubleArray()),
                new Series("y2", x, y.select(1, 1).toDoubleArray()))
            .axes(Axis.linear("x"), Axis.linear("y")));
  }
}
