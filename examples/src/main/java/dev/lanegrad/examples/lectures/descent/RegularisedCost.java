package dev.lanegrad.examples.lectures.descent;

import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Difference;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.optim.Newton;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.optim.ParameterGroup;
import dev.lanegrad.optim.SGD;
import dev.lanegrad.plots.Axis;
import dev.lanegrad.plots.Curves;
import dev.lanegrad.plots.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** L2.5: a cost that asks for small weights too. */
final class RegularisedCost {
  private static final double[] LAMBDAS = {
    0, 1e-6, 1e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1, 10
  };

  private static final NoisyWave DATA = NoisyWave.make();

  private RegularisedCost() {}

  /** R(W): the sum of squared weights, without the bias. */
  static Tensor squaredWeights(Linear model) {
    return model.weight().tensor().square().sum();
  }

  /** J = mean loss + lambda R(W). */
  static Tensor cost(Linear model, double lambda) {
    return DATA.trainingLoss(model).add(squaredWeights(model).mul(lambda));
  }

  /** What minimising J for one lambda gives. */
  private record Fit(double lambda, Linear model) {
    /** J is quadratic in the weights and the bias, so that one step of Newton's method does it. */
    static Fit of(double lambda) {
      Linear model = NoisyWave.model();
      new Newton(model.parameters()).step(() -> cost(model, lambda));
      return new Fit(lambda, model);
    }

    double training() {
      return DATA.trainingLoss(model).item();
    }

    double penalty() {
      return squaredWeights(model).item();
    }

    double lowestCost() {
      return cost(model, lambda).item();
    }

    double validation() {
      return DATA.validationLoss(model).item();
    }
  }

  static void run(Notebook notebook) {
    notebook.text(
        "The regularised cost J = mean loss + lambda R(W) weighs how well a model fits against how"
            + " large its weights are; R is the sum of the squared weights. Large weights of"
            + " opposite signs are how a flexible model runs through every noisy point, and that"
            + " costs something now. The bias is left out: it bends nothing.");
    notebook.text(
        "Here a polynomial of degree 9 is fitted to 12 noisy points of a wave, for one lambda after"
            + " another. J is quadratic, so one step of Newton's method (L2.4) minimises it.");
    List<Fit> fits = new ArrayList<>();
    for (double lambda : LAMBDAS) {
      fits.add(Fit.of(lambda));
    }
    notebook.table(
        "The minimum of J",
        List.of("lambda", "mean loss", "R(W)", "J", "validation loss"),
        fits.stream()
            .map(f -> List.of(f.lambda, f.training(), f.penalty(), f.lowestCost(), f.validation()))
            .toList());
    notebook.claim("R(W) falls as lambda grows", rises(fits, fit -> -fit.penalty()));
    notebook.claim("the mean loss rises as lambda grows", rises(fits, Fit::training));
    notebook.claim("the lowest J rises as lambda grows", rises(fits, Fit::lowestCost));
    Fit best = fits.getFirst();
    for (Fit fit : fits) {
      best = fit.validation() < best.validation() ? fit : best;
    }
    notebook.number("lambda of the lowest validation loss", best.lambda);
    notebook.claim(
        "the validation loss is lowest between the extremes",
        best.validation() < 0.8 * fits.getFirst().validation()
            && best.validation() < 0.8 * fits.getLast().validation());
    List<Fit> positive = fits.subList(1, fits.size());
    notebook.picture(
        "The cost and its parts at the minimum, and the loss on points that were not fitted.",
        Curves.of(
                "Regularised cost over lambda",
                series("mean loss", positive, Fit::training),
                series("lambda R(W)", positive, fit -> fit.lambda * fit.penalty()),
                series("J", positive, Fit::lowestCost),
                series("validation loss", positive, Fit::validation))
            .axes(Axis.logarithmic("lambda"), Axis.logarithmic("loss")));
    notebook.picture(
        "Three of the fits: without a penalty, with the best one, and with far too much.",
        DATA.picture(
            List.of(
                DATA.curve("lambda = 0", fits.getFirst().model),
                DATA.curve("lambda = " + best.lambda, best.model),
                DATA.curve("lambda = 10", fits.getLast().model))));
    weightDecay(notebook);
  }

  private static boolean rises(List<Fit> fits, ToDoubleFunction<Fit> value) {
    for (int i = 1; i < fits.size(); i++) {
      if (!(value.applyAsDouble(fits.get(i)) > value.applyAsDouble(fits.get(i - 1)))) {
        return false;
      }
    }
    return true;
  }

  private static Series series(String name, List<Fit> fits, ToDoubleFunction<Fit> value) {
    return new Series(
        name,
        fits.stream().mapToDouble(Fit::lambda).toArray(),
        fits.stream().mapToDouble(value).toArray());
  }

  private static void weightDecay(Notebook notebook) {
    notebook.text(
        "The gradient of lambda R(W) is 2 lambda W. For plain gradient descent the penalty is thus"
            + " a weight decay of 2 lambda: optimizers have it as a setting, so that the loss may"
            + " stay as it is.");
    double lambda = 0.01;
    Linear penalised = NoisyWave.model();
    new Optimizer(penalised.parameters(), new SGD(0.1)).step(cost(penalised, lambda).backward());
    Linear decayed = NoisyWave.model();
    SGD rule = new SGD(0.1);
    new Optimizer(
            new ParameterGroup(List.of(decayed.weight()), rule.withWeightDecay(2 * lambda)),
            new ParameterGroup(decayed.parameters().subList(1, 2), rule))
        .step(DATA.trainingLoss(decayed).backward());
    notebook.claim(
        "a step on J is a step on the mean loss with weight decay 2 lambda",
        Difference.largest(penalised.weight().tensor(), decayed.weight().tensor()) < 1e-12);
    Linear model = NoisyWave.model();
    Gradients gradients = squaredWeights(model).backward();
    notebook.claim(
        "the gradient of R(W) is 2 W",
        Difference.largest(gradients.of(model.weight()), model.weight().tensor().mul(2)) < 1e-12);
  }
}
