package dev.lanegrad.examples.site;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.GraphView;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.examples.lectures.Lecture;
import dev.lanegrad.examples.lectures.Lectures;
import dev.lanegrad.layers.BatchNorm1d;
import dev.lanegrad.layers.Conv1d;
import dev.lanegrad.layers.Dropout;
import dev.lanegrad.layers.Flatten;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.layers.ReLU;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.layers.Tanh;
import dev.lanegrad.layers.Unflatten;
import dev.lanegrad.optim.Adam;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.optim.Rule;
import dev.lanegrad.optim.SGD;
import dev.lanegrad.plots.Axis;
import dev.lanegrad.plots.Contours;
import dev.lanegrad.plots.Curves;
import dev.lanegrad.plots.Graphs;
import dev.lanegrad.plots.Networks;
import dev.lanegrad.plots.Picture;
import dev.lanegrad.plots.Region;
import dev.lanegrad.plots.Regions;
import dev.lanegrad.plots.Series;
import dev.lanegrad.training.Batch;
import dev.lanegrad.training.DataLoader;
import dev.lanegrad.training.Dataset;
import dev.lanegrad.training.data.Points2d;
import dev.lanegrad.training.files.AtomicFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Draws the pictures of README and the guide, from what its samples compute. */
final class GuidePictures {
  private GuidePictures() {}

  /** Writes all of them into a folder. */
  static void write(Path folder) {
    moons().save(folder.resolve("moons.png"));
    bell().save(folder.resolve("bell.png"));
    paths().save(folder.resolve("paths.png"));
    svg(folder.resolve("neuron.svg"), neuron());
    svg(folder.resolve("network.svg"), network());
    svg(folder.resolve("lecture-square.svg"), lecture("L3.1"));
    svg(folder.resolve("lecture-network.svg"), lecture("L3.3"));
  }

  private static void svg(Path file, String text) {
    AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** What the first model of the guide has learned. */
  private static Picture moons() {
    Dataset training = Points2d.moons(1_000, 0.1, 42).split(0.8, 0.2).getFirst();
    var random = new SplittableRandom(1);
    var model = new Sequential(new Linear(2, 16, random), new Tanh(), new Linear(16, 2, random));
    var optimizer = new Optimizer(model.parameters(), new Adam(0.02));
    DataLoader loader = new DataLoader(training, 32).shuffled(42);
    for (int epoch = 1; epoch <= 20; epoch++) {
      for (Batch batch : loader.epoch(epoch)) {
        optimizer.step(Losses.crossEntropy(model.forward(batch.x()), batch.y()).backward());
      }
    }
    return Regions.of(
            "Half moons, and what a network of 16 hidden units makes of the plane",
            (x, y) ->
                (int)
                    model
                        .forward(Tensor.of(new float[][] {{(float) x, (float) y}}))
                        .argmax(1)
                        .item(),
            new Region(-1.5, 2.5, -1, 1.5))
        .axes(Axis.linear("x"), Axis.linear("y"))
        .classes("upper moon", "lower moon")
        .points(group(training, 0, "upper moon"), group(training, 1, "lower moon"));
  }

  private static Series group(Dataset data, int label, String name) {
    int[] labels = data.y().toIntArray();
    int[] members =
        IntStream.range(0, labels.length).filter(i -> labels[i] == label).limit(150).toArray();
    Tensor points = data.select(members).x();
    return new Series(
        name, points.select(1, 0).toDoubleArray(), points.select(1, 1).toDoubleArray());
  }

  private static Picture bell() {
    Formula x = Formula.input(0);
    Formula bell = x.square().neg().exp();
    Formula slope = bell.derivative(0);
    return Curves.of(
            "exp(-x²) with its derivatives",
            curve("exp(-x²)", bell),
            curve("first derivative", slope),
            curve("second derivative", slope.derivative(0)))
        .axes(Axis.linear("x"), Axis.linear("value"));
  }

  private static Series curve(String name, Formula formula) {
    Tensor x = Tensor.linspace(DType.FLOAT64, -3, 3, 241);
    return new Series(name, x.toDoubleArray(), Elementwise.of(formula).applyTo(x).toDoubleArray());
  }

  private static Picture paths() {
    return Contours.of(
            "Down Rosenbrock's valley in 150 steps",
            (a, b) -> (1 - a) * (1 - a) + 100 * (b - a * a) * (b - a * a),
            new Region(-1.6, 1.4, -0.6, 1.6))
        .paths(
            List.of(
                path("gradient descent", new SGD(1e-3)),
                path("momentum", new SGD(1e-3, 0.9)),
                path("Adam", new Adam(0.1))));
  }

  private static Series path(String name, Rule rule) {
    Parameter p = Parameter.of("p", Tensor.of(-1.2, 1.0));
    var optimizer = new Optimizer(List.of(p), rule);
    double[] x = new double[151];
    double[] y = new double[151];
    for (int step = 0; step <= 150; step++) {
      Tensor a = p.tensor().select(0, 0);
      Tensor b = p.tensor().select(0, 1);
      x[step] = a.item();
      y[step] = b.item();
      Tensor valley = a.sub(1).square().add(b.sub(a.square()).square().mul(100));
      optimizer.step(valley.backward());
    }
    return new Series(name, x, y);
  }

  /** The loss of the page about tensors, which is that of L3.2. */
  private static String neuron() {
    Tensor w = Tensor.of(0.8, 0.2).requiresGrad();
    Tensor x = Tensor.of(0.1, 0.7);
    return Graphs.toSvg(
        GraphView.record(
            Map.of("w", w, "x", x), () -> w.mul(x).sum().add(0.1).sigmoid().log().neg()));
  }

  private static String network() {
    var random = new SplittableRandom(1);
    return Networks.toSvg(
        new Sequential(
            new Unflatten(1, 1, 40),
            new Conv1d(1, 25, 5, random).stride(2).padding(1),
            new BatchNorm1d(25),
            new ReLU(),
            new Conv1d(25, 25, 3, random).stride(2).padding(1),
            new ReLU(),
            new Flatten(),
            new Dropout(0.1, random),
            new Linear(250, 10, random)),
        Shape.of(100, 40));
  }

  /** The graph that a lecture draws. */
  private static String lecture(String id) {
    Lecture lecture =
        Lectures.find(id).orElseThrow(() -> new SiteException("there is no lecture " + id));
    var drawings = new Drawings();
    lecture.run(drawings);
    return drawings.ofTheReversePass();
  }
}
