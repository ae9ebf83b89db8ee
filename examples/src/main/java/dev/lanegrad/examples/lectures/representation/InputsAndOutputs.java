package dev.lanegrad.examples.lectures.representation;

import dev.lanegrad.autodiff.DType;
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
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** L4.5, second half: shallow ReLU networks of several inputs, and of several outputs. */
final class InputsAndOutputs {
  private static final Region SQUARE = new Region(-2, 2, -2, 2);
  private static final int PAIRS = 2_000;

  /** In thousandths, from the joints 0.3, 0.5 and 0.769: the last lies between two of them. */
  private static final int[] SWITCHES = {300, 500, 769, 770};

  private InputsAndOutputs() {}

  static void run(Notebook notebook) {
    severalInputs(notebook);
    severalOutputs(notebook);
  }

  /** The activation pattern as a number: bit d tells whether unit d is on. */
  private static int[] patterns(Linear hidden, Tensor x) {
    Tensor on = hidden.apply(x).greater(0).cast(DType.FLOAT64);
    Tensor powers = Tensor.arange(DType.FLOAT64, 0, hidden.out(), 1).mul(Math.log(2)).exp().round();
    return on.matmul(powers).cast(DType.INT32).toIntArray();
  }

  private static void severalInputs(Notebook notebook) {
    Linear hidden =
        GivenWeights.of(new double[][] {{1, 0.4}, {-0.5, 1}, {-0.6, -1}}, 0.2, 0.3, 0.5);
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
        "parameters with two inputs",
        Count.parameters(new Sequential(hidden, GivenWeights.of(new double[][] {{1, 1, 1}}, 0))));
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
        new Sequential(
            ShallowNetwork.HIDDEN,
            new ReLU(),
            GivenWeights.of(new double[][] {{2, -1, 7}, {-1, 1.5, -3}}, -0.3, 1));
    notebook.text(
        """
        With two outputs both are sums of the same hidden units: other slopes and heights, joints \
        at the same places.\
        """);
    notebook.number("parameters with two outputs", Count.parameters(network));
    notebook.claim(
        "both outputs bend where a hidden unit switches, and nowhere else",
        Arrays.equals(bends(network, 0), SWITCHES) && Arrays.equals(bends(network, 1), SWITCHES));
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

  /** The thousandths of [0, 1] within which an output changes its slope. */
  private static int[] bends(Sequential network, int output) {
    Tensor x = Tensor.linspace(DType.FLOAT64, 0, 1, 1001).unsqueeze(1);
    double[] y = network.forward(x).select(1, output).toDoubleArray();
    return IntStream.range(1, 1000)
        .filter(i -> Math.abs(y[i + 1] - 2 * y[i] + y[i - 1]) > 1e-9)
        .toArray();
  }
}
