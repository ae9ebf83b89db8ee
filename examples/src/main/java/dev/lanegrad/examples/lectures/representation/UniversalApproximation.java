package dev.lanegrad.examples.lectures.representation;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.layers.ReLU;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.layers.Sigmoid;
import dev.lanegrad.optim.LBFGS;
import dev.lanegrad.plots.Axis;
import dev.lanegrad.plots.Curves;
import dev.lanegrad.plots.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** L4.6: one hidden layer approximates any continuous function, the better the wider it is. */
final class UniversalApproximation {
  private static final Tensor X = Tensor.linspace(DType.FLOAT64, -1, 1, 101).unsqueeze(1);
  private static final Tensor F = X.mul(12).sin().mul(X.mul(-1).exp()).mul(0.5).add(X.square());
  private static final List<Integer> WIDTHS = List.of(1, 2, 4, 8, 16, 32);
  private static final double RIDGE = 1e-6;
  private static final LBFGS.Options STEP =
      LBFGS.Options.DEFAULT
          .withMaxIterations(200)
          .withMaxEvaluations(250)
          .withTolerances(1e-9, 1e-12)
          .withStrongWolfe(true);

  private UniversalApproximation() {}

  /** What a network of some width came to. */
  private record Fitted(int width, Tensor y, double error) {}

  /**
   * A network of some width. Its hidden units switch at places that are spread evenly, in turns to
   * the right and to the left; the output's weights then solve a least squares problem, and from
   * there on all weights are trained.
   */
  private static Fitted fit(int width, double steepness, Layer activation) {
    double[][] weights = new double[width][];
    double[] biases = new double[width];
    for (int d = 0; d < width; d++) {
      double weight = d % 2 == 0 ? steepness : -steepness;
      weights[d] = new double[] {weight};
      biases[d] = -weight * ((2 * d + 1) / (double) width - 1);
    }
    Linear hidden = GivenWeights.of(weights, biases);
    Tensor h = activation.forward(hidden.forward(X)).detach();
    Sequential network = new Sequential(hidden, activation, GivenWeights.leastSquares(h, F, RIDGE));

    LBFGS optimizer = new LBFGS(network.parameters(), STEP);
    optimizer.step(() -> Losses.meanSquaredError(network.forward(X), F));
    Tensor y = network.forward(X).detach();
    return new Fitted(width, y, Losses.meanSquaredError(y, F).sqrt().item());
  }

  static void run(Notebook notebook) {
    notebook.text(
        """
        A network with one hidden layer, y = b + v1 a[w1 x + c1] + .. + vD a[wD x + cD], comes as \
        close as one likes to any continuous function on a bounded interval, if only D is large \
        enough (Cybenko 1989 for sigmoids; Leshno and others 1993 for every activation that is no \
        polynomial). Nothing is said about how many units that takes, nor that training finds them.\
        """);
    notebook.text(
        """
        Here f(x) = ½ e^-x sin 12x + x² on [-1, 1], at 101 points. The hidden units begin spread \
        evenly, the output's weights solve a least squares problem, and L-BFGS trains all weights \
        from there. The sigmoid network is smooth, the ReLU network a line with D joints at most.\
        """);
    List<Fitted> sigmoid = WIDTHS.stream().map(d -> fit(d, Math.max(4, d), new Sigmoid())).toList();
    List<Fitted> relu = WIDTHS.stream().map(d -> fit(d, 1, new ReLU())).toList();
    notebook.table(
        "Root of the mean squared error by width",
        List.of("hidden units D", "parameters", "sigmoid", "ReLU"),
        rows(sigmoid, relu));
    notebook.picture(
        "The error falls with the width",
        Curves.of("Approximation", errors("sigmoid", sigmoid), errors("ReLU", relu))
            .axes(Axis.logarithmic("hidden units"), Axis.logarithmic("RMS error")));
    draw(notebook, "sigmoid", sigmoid);
    draw(notebook, "ReLU", relu);
    notebook.claim("the error of the sigmoid network falls with its width", falls(sigmoid));
    notebook.claim("the error of the ReLU network falls with its width", falls(relu));
    notebook.claim(
        "32 units are at least 20 times as close as 1",
        List.of(sigmoid, relu).stream()
            .allMatch(fits -> fits.getLast().error() < fits.getFirst().error() / 20));
  }

  private static List<List<Double>> rows(List<Fitted> sigmoid, List<Fitted> relu) {
    List<List<Double>> rows = new ArrayList<>();
    for (int i = 0; i < WIDTHS.size(); i++) {
      double width = WIDTHS.get(i);
      rows.add(List.of(width, 3 * width + 1, sigmoid.get(i).error(), relu.get(i).error()));
    }
    return rows;
  }

  private static Series errors(String name, List<Fitted> fits) {
    return new Series(
        name,
        WIDTHS.stream().mapToDouble(width -> width).toArray(),
        fits.stream().mapToDouble(Fitted::error).toArray());
  }

  private static boolean falls(List<Fitted> fits) {
    return IntStream.range(1, fits.size())
        .allMatch(i -> fits.get(i).error() < fits.get(i - 1).error());
  }

  private static void draw(Notebook notebook, String name, List<Fitted> fits) {
    double[] x = X.toDoubleArray();
    List<Series> curves = new ArrayList<>(List.of(new Series("f", x, F.toDoubleArray())));
    for (Fitted fit : fits.subList(1, fits.size() - 1)) {
      curves.add(new Series("D = " + fit.width(), x, fit.y().toDoubleArray()));
    }
    notebook.picture(
        "Fits of " + name + " networks",
        Curves.of("Fits with " + name, curves).axes(Axis.linear("x"), Axis.linear("y")));
  }
}
