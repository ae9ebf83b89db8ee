package dev.lanegrad.examples.lectures.neurons;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.RandomKey;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.examples.lectures.PlanePoints;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.optim.SGD;
import dev.lanegrad.plots.Axis;
import dev.lanegrad.plots.Curves;
import dev.lanegrad.plots.Regions;
import dev.lanegrad.plots.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** L1.5: logistic regression by maximum likelihood. */
final class LogisticRegression {
  private static final int EXAMPLES = 100;
  private static final int STEPS = 250;

  private LogisticRegression() {}

  static void run(Notebook notebook) {
    notebook.text(
        "Logistic regression says how likely a class is: P(y = 1 | x) = σ(w·x + b), with"
            + " σ(z) = 1 / (1 + e⁻ᶻ). It is trained by maximum likelihood: of all weights, those"
            + " under which the labels seen are the most probable. The logarithm turns the product"
            + " over the examples into a sum, and its negative mean is the loss, the binary"
            + " cross-entropy -[y log p + (1 - y) log(1 - p)].");
    Tensor y = Tensor.arange(DType.FLOAT64, 0, EXAMPLES, 1).mul(Math.PI).cos().add(1).mul(0.5);
    y = y.round();
    Tensor noise = new RandomKey(5).normal(DType.FLOAT64, EXAMPLES, 2);
    Tensor x = noise.add(y.mul(2).sub(1).unsqueeze(1).mul(Tensor.of(1.2, 0.8)));
    Linear model = new Linear(2, 1, DType.FLOAT64, new SplittableRandom(1));
    Tensor targets = y;
    Optimizer optimizer = new Optimizer(model.parameters(), new SGD(0.5));
    List<Double> losses = new ArrayList<>();
    double slopeError = slopeError(model, x, targets);
    for (int step = 0; step < STEPS; step++) {
      Tensor loss = loss(model, x, targets);
      losses.add(loss.item());
      optimizer.step(loss.backward());
    }
    double rest = loss(model, x, targets).backward().norm();
    Tensor p = probabilities(model, x);

    notebook.text(
        "Where the sigmoid meets the cross-entropy, the derivative is as simple as that of linear"
            + " regression: ∂L/∂z = p - y for each example, so ∂L/∂w is the mean of (p - y) x."
            + " Two clouds of points that overlap, one label each:");
    notebook.claim("∂L/∂w is the mean of (p - y) x (to 1e-12)", slopeError < 1e-12);
    notebook.number("loss at the start", losses.getFirst());
    notebook.number("loss at the end", losses.getLast());
    notebook.number("length of the gradient at the end", rest);
    notebook.number(
        "accuracy", p.greater(0.5).equal(y.greater(0.5)).cast(DType.FLOAT64).mean().item());
    notebook.claim("the likelihood rises in every step", isFalling(losses));
    notebook.claim("at its top the gradient is 0 (to 1e-4)", rest < 1e-4);

    notebook.text(
        "At the top, because ∂L/∂b = mean(p - y) = 0, the probabilities add up to the number of"
            + " examples of class 1.");
    notebook.number("sum of the probabilities", p.sum().item());
    notebook.number("examples of class 1", y.sum().item());
    notebook.claim(
        "the probabilities add up to the examples of class 1 (to 0.01)",
        Math.abs(p.sum().item() - y.sum().item()) < 0.01);
    notebook.picture(
        "The boundary w·x + b = 0, where both classes are equally likely",
        Regions.of("Logistic regression", PlanePoints.classes(model), PlanePoints.around(x, 0.5))
            .axes(Axis.linear("x1"), Axis.linear("x2"))
            .classes("P < 1/2", "P > 1/2")
            .points(PlanePoints.byClass(x, y, "y = 0", "y = 1")));
    notebook.picture("The probability over the score w·x + b", curve(model, x, y));
    notebook.picture(
        "The loss on the way",
        Curves.of("Loss", Series.ofSteps("loss", losses.stream().mapToDouble(l -> l).toArray()))
            .axes(Axis.logarithmic("step"), Axis.linear("cross-entropy")));
  }

  private static Tensor loss(Linear model, Tensor x, Tensor y) {
    return Losses.binaryCrossEntropyWithLogits(model.forward(x).squeeze(1), y);
  }

  private static Tensor probabilities(Linear model, Tensor x) {
    return Autodiff.withoutGradient(() -> model.forward(x).squeeze(1).sigmoid());
  }

  private static double slopeError(Linear model, Tensor x, Tensor y) {
    Tensor formula = probabilities(model, x).sub(y).unsqueeze(1).mul(x).mean(0);
    Tensor slope = loss(model, x, y).backward().of(model.weight());
    return slope.squeeze(0).sub(formula).abs().max().item();
  }

  private static boolean isFalling(List<Double> losses) {
    for (int i = 1; i < losses.size(); i++) {
      if (losses.get(i) >= losses.get(i - 1)) {
        return false;
      }
    }
    return true;
  }

  private static Curves curve(Linear model, Tensor x, Tensor y) {
    Tensor z = Tensor.linspace(DType.FLOAT64, -8, 8, 161);
    Tensor scores = Autodiff.withoutGradient(() -> model.forward(x)).squeeze(1);
    Tensor examples = Tensor.stack(1, List.of(scores, y));
    return Curves.of(
            "P(y = 1 | x)", new Series("σ", z.toDoubleArray(), z.sigmoid().toDoubleArray()))
        .axes(Axis.linear("w·x + b"), Axis.linear("probability"))
        .marks(PlanePoints.byClass(examples, y, "y = 0", "y = 1"));
  }
}
