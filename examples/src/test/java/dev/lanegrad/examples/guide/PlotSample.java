package dev.lanegrad.examples.guide;

import dev.lanegrad.autodiff.GraphView;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.ReLU;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.plots.Axis;
import dev.lanegrad.plots.Contours;
import dev.lanegrad.plots.Curves;
import dev.lanegrad.plots.Graphs;
import dev.lanegrad.plots.Networks;
import dev.lanegrad.plots.Region;
import dev.lanegrad.plots.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/** The samples of pictures in README and Javadoc. */
final class PlotSample {
  private PlotSample() {}

  static void curves(Path folder, double[] losses) {
    Curves.of("Training", Series.ofSteps("loss", losses))
        .axes(Axis.linear("step"), Axis.logarithmic("cross entropy"))
        .save(folder.resolve("loss.svg"));
  }

  static void graphs(Path folder) throws IOException {
    Tensor x = Tensor.of(2.0).requiresGrad();
    GraphView view = GraphView.record(() -> GraphView.name(x, "x").add(1).mul(2).square().sum());
    Files.writeString(folder.resolve("graph.svg"), Graphs.toSvg(view));
    Layer model = new Sequential(new Linear(2, 8), new ReLU(), new Linear(8, 1));
    Files.writeString(folder.resolve("network.svg"), Networks.toSvg(model, Shape.of(1, 2)));
  }

  static void paths(Path folder, double[] x, double[] y) {
    DoubleBinaryOperator rosenbrock = (a, b) -> (1 - a) * (1 - a) + 100 * (b - a * a) * (b - a * a);
    Contours.of("Rosenbrock", rosenbrock, new Region(-2, 2, -1, 3))
        .paths(List.of(new Series("gradient descent", x, y)))
        .save(folder.resolve("paths.png"));
  }
}
