package dev.lanegrad.examples.lectures.representation;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.examples.lectures.PlanePoints;
import dev.lanegrad.layers.Initializer;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.layers.Tanh;
import dev.lanegrad.optim.Adam;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.plots.Axis;
import dev.lanegrad.plots.Curves;
import dev.lanegrad.plots.Region;
import dev.lanegrad.plots.Series;
import dev.lanegrad.training.Dataset;
import dev.lanegrad.training.data.Points2d;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** L4.8, second half: a network bends the plane until a line separates the classes. */
final class WarpedPlane {
  private static final Dataset MOONS = Points2d.moons(200, 0.1, 1);
  private static final Region SHOWN = new Region(-1.5, 2.5, -1.2, 1.7);
  private static final int LINES = 15;
  private static final int POINTS = 60;
  private static final Initializer SHIFT = Initializer.uniform(-0.5, 0.5);
  private static final long SEED = 2;
  private static final int LAYERS = 3;
  private static final int STEPS = 1_000;

  /** No layers: the plane as it is. */
  private static final Sequential PLANE = new Sequential(List.of());

  private WarpedPlane() {}

  static void run(Notebook notebook) {
    notebook.text(
        """
        A layer a[W x + b] turns, stretches and turns the plane by W, shifts it by b and bends it \
        by the activation. Three layers of two tanh units each, trained on two moons that reach \
        into each other, map the plane to the plane three times, so that what they do can be \
        drawn: the grid shows how. The last layer is one logistic unit; all it has is a straight \
        line.\
        """);
    Linear line = new Linear(2, 1, new SplittableRandom(SEED));
    double before = train(line);
    SplittableRandom random = new SplittableRandom(SEED);
    List<Layer> layers = new ArrayList<>();
    for (int k = 0; k < LAYERS; k++) {
      layers.add(new Linear(2, 2, DType.FLOAT32, random, Initializer.orthogonal(1.5), SHIFT));
      layers.add(new Tanh());
    }
    layers.add(new Linear(2, 1, random));
    double after = train(new Sequential(layers));
    notebook.number("accuracy of a line in the plane as it is, %", 100 * before);
    notebook.number("accuracy of a line in the plane as the layers warp it, %", 100 * after);
    notebook.claim(
        "no line separates the moons: one reaches into the hull of the other",
        before < 1 && Hull.reachesInto(ofClass("one", PLANE, 0), ofClass("other", PLANE, 1)));
    notebook.claim("after the layers a line separates them", after == 1);
    picture(notebook, "The plane before the first layer", PLANE);
    for (int k = 1; k <= LAYERS; k++) {
      picture(notebook, "The plane after layer " + k, new Sequential(layers.subList(0, 2 * k)));
    }
  }

  /** The accuracy that a model comes to. */
  private static double train(Layer model) {
    Optimizer optimizer = new Optimizer(model.parameters(), new Adam(0.03));
    Tensor wanted = MOONS.y().cast(DType.FLOAT32);
    for (int step = 0; step < STEPS; step++) {
      Autodiff.tidy(
          () -> {
            Tensor logits = model.forward(MOONS.x()).squeeze(1);
            optimizer.step(Losses.binaryCrossEntropyWithLogits(logits, wanted).backward());
          });
    }
    Tensor classes = model.forward(MOONS.x()).squeeze(1).greater(0).cast(DType.INT32);
    return classes.equal(MOONS.y()).cast(DType.FLOAT64).mean().item();
  }

  /** Where the layers take the lines of a grid and the points of the classes. */
  private static void picture(Notebook notebook, String title, Sequential layers) {
    List<Series> lines = new ArrayList<>();
    lines.add(line("x1 is constant", layers, false));
    lines.add(line("x2 is constant", layers, true));
    notebook.picture(
        title,
        Curves.of(title, lines)
            .marks(ofClass("one moon", layers, 0), ofClass("the other", layers, 1))
            .axes(Axis.linear("first coordinate"), Axis.linear("second coordinate")));
  }

  /** Lines on which one coordinate is constant, one after another with gaps between them. */
  private static Series line(String name, Sequential layers, boolean isLevel) {
    Tensor along = Tensor.linspace(DType.FLOAT32, 0, 1, POINTS).unsqueeze(1);
    Tensor gap = Tensor.full(DType.FLOAT32, Double.NaN, 1, 2);
    List<Tensor> lines = new ArrayList<>();
    for (int k = 0; k < LINES; k++) {
      Tensor across = Tensor.full(DType.FLOAT32, k / (LINES - 1.0), POINTS, 1);
      Tensor u = (isLevel ? along : across).mul(SHOWN.right() - SHOWN.left()).add(SHOWN.left());
      Tensor v = (isLevel ? across : along).mul(SHOWN.top() - SHOWN.bottom()).add(SHOWN.bottom());
      lines.add(layers.forward(Tensor.concat(1, List.of(u, v))));
      lines.add(gap);
    }
    return PlanePoints.series(name, Tensor.concat(0, lines));
  }

  private static Series ofClass(String name, Sequential layers, int number) {
    return PlanePoints.series(name, layers.forward(MOONS.x().slice(0, number, MOONS.size(), 2)));
  }
}
