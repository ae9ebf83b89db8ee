package dev.lanegrad.examples.guide;

import dev.lanegrad.plots.Axis;
import dev.lanegrad.plots.Contours;
import dev.lanegrad.plots.Curves;
import dev.lanegrad.plots.Region;
import dev.lanegrad.plots.Series;
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

  static void paths(Path folder, double[] x, double[] y) {
    DoubleBinaryOperator rosenbrock = (a, b) -> (1 - a) * (1 - a) + 100 * (b - a * a) * (b - a * a);
    Contours.of("Rosenbrock", rosenbrock, new Region(-2, 2, -1, 3))
        .paths(List.of(new Series("gradient descent", x, y)))
        .save(folder.resolve("paths.png"));
  }
}
