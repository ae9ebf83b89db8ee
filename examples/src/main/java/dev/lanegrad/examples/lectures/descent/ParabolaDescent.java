package dev.lanegrad.examples.lectures.descent;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.optim.SGD;
import dev.lanegrad.plots.Axis;
import dev.lanegrad.plots.Curves;
import dev.lanegrad.plots.Series;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/** L2.3: the same parabola with a step that is small enough and with one that is not. */
final class ParabolaDescent {
  private static final double START = 1;
  private static final double SMALL = 0.3;
  private static final double LARGE = 1.5;
  private static final int STEPS = 20;
  private static final double TOLERANCE = 1e-12;

  private ParabolaDescent() {}

  private static Tensor f(Tensor x) {
    return x.square();
  }

  /** x <- x - alpha f'(x): all x from the start on. */
  private static double[] descend(double alpha, int steps) {
    Tensor x = Tensor.scalar(DType.FLOAT64, START);
    double[] path = new double[steps + 1];
    path[0] = START;
    for (int k = 1; k <= steps; k++) {
      x = x.sub(Autodiff.grad(ParabolaDescent::f).apply(x).mul(alpha));
      path[k] = x.item();
    }
    return path;
  }

  static void run(Notebook notebook) {
    notebook.text(
        "Gradient descent goes against the slope: x <- x - alpha f'(x). On f(x) = x^2 the slope is"
            + " 2x, so that every step multiplies x by 1 - 2 alpha. Descent converges where that"
            + " factor lies between -1 and 1, which is for alpha between 0 and 1. Both paths start"
            + " at x = 1.");
    double[] small = descend(SMALL, STEPS);
    double[] large = descend(LARGE, STEPS);
    notebook.number("step factor for alpha = 0.3", "0.4", small[1] / small[0]);
    notebook.number("step factor for alpha = 1.5", "-2", large[1] / large[0]);
    notebook.number("x after 20 steps with alpha = 0.3", small[STEPS]);
    notebook.number("x after 20 steps with alpha = 1.5", large[STEPS]);
    notebook.claim("alpha = 0.3 converges", everyStepHas(small, 0.4) && small[STEPS] < 1e-7);
    notebook.claim("alpha = 1.5 diverges", everyStepHas(large, -2) && Math.abs(large[STEPS]) > 1e6);
    notebook.picture("With alpha = 0.3 every step leaves 0.4 of the way to go.", onF(SMALL, 6));
    notebook.picture(
        "With alpha = 1.5 every step overshoots, and ends on the other side twice as far away.",
        onF(LARGE, 3));
    notebook.picture(
        "How far from the minimum both are, step by step: straight lines on a logarithmic axis.",
        Curves.of(
                "Distance to the minimum",
                Series.ofSteps("alpha = 0.3", distances(small)),
                Series.ofSteps("alpha = 1.5", distances(large)))
            .axes(Axis.linear("step"), Axis.logarithmic("|x|")));
    otherRates(notebook);
    notebook.claim("the optimizer SGD takes the same steps", bySgd(SMALL, STEPS) == small[STEPS]);
  }

  private static boolean everyStepHas(double[] path, double factor) {
    for (int k = 1; k < path.length; k++) {
      if (Math.abs(path[k] / path[k - 1] - factor) > TOLERANCE) {
        return false;
      }
    }
    return true;
  }

  private static double[] distances(double[] path) {
    return Arrays.stream(path).skip(1).map(Math::abs).toArray();
  }

  /** The parabola, as wide as the path needs it, and the path on it. */
  private static Curves onF(double alpha, int steps) {
    double[] path = descend(alpha, steps);
    double widest = Arrays.stream(path).map(Math::abs).max().orElseThrow() * 1.1;
    DoubleUnaryOperator values = x -> f(Tensor.scalar(DType.FLOAT64, x)).item();
    double[] fOfPath = DoubleStream.of(path).map(values).toArray();
    double[] xs = Tensor.linspace(DType.FLOAT64, -widest, widest, 200).toDoubleArray();
    return Curves.of(
            "Gradient descent on x^2, alpha = " + alpha,
            new Series("x^2", xs, DoubleStream.of(xs).map(values).toArray()),
            new Series("path", path, fOfPath))
        .axes(Axis.linear("x"), Axis.linear("f(x)"))
        .marks(new Series("steps", path, fOfPath));
  }

  private static void otherRates(Notebook notebook) {
    notebook.text(
        "At alpha = 0.5 one step arrives, for there the step is Newton's (L2.4); at alpha = 1 x"
            + " jumps between 1 and -1 for ever.");
    List<List<Object>> rows =
        DoubleStream.of(0.1, 0.3, 0.5, 0.9, 1, 1.1, 1.5)
            .mapToObj(
                alpha -> {
                  double[] path = descend(alpha, STEPS);
                  return List.<Object>of(alpha, 1 - 2 * alpha, path[1], path[STEPS]);
                })
            .toList();
    notebook.table(
        "Learning rates", List.of("alpha", "1 - 2 alpha", "x after 1 step", "x after 20"), rows);
  }

  private static double bySgd(double alpha, int steps) {
    Parameter x = Parameter.of("x", Tensor.scalar(DType.FLOAT64, START));
    Optimizer optimizer = new Optimizer(List.of(x), new SGD(alpha));
    for (int k = 0; k < steps; k++) {
      optimizer.step(f(x.tensor()).backward());
    }
    return x.tensor().item();
  }
}
