package dev.lanegrad.examples.lectures.descent;

import dev.lanegrad.examples.lectures.Notebook;
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

  private RegularisedCost() {}

  static void run(Notebook notebook) {
    notebook.text(
        "The regularised cost J = mean loss + lambda R(W) weighs how well a model fits against how"
            + " large its weights are; R is the sum of the squared weights. Large weights of"
            + " opposite signs are how a flexible model runs through every noisy point, and that"
            + " costs something now. The bias is left out: it bends nothing.");
    notebook.text(
        "Here a polynomial of degree 9 is fitted to 12 noisy points of a wave, for one lambda after"
            + " another. J is quadratic, so one step of Newton's method (L2.4) minimises it.");
    List<PenalisedFit> fits = new ArrayList<>();
    for (double lambda : LAMBDAS) {
      fits.add(PenalisedFit.of(lambda));
    }
    notebook.table(
        "The minimum of J",
        List.of("lambda", "mean loss", "R(W)", "J", "validation loss"),
        fits.stream()
            .map(
                f -> List.of(f.lambda(), f.training(), f.penalty(), f.lowestCost(), f.validation()))
            .toList());
    notebook.claim("R(W) falls as lambda grows", rises(fits, fit -> -fit.penalty()));
    notebook.claim("the mean loss rises as lambda grows", rises(fits, PenalisedFit::training));
    notebook.claim("the lowest J rises as lambda grows", rises(fits, PenalisedFit::lowestCost));
    PenalisedFit best = fits.getFirst();
    for (PenalisedFit fit : fits) {
      best = fit.validation() < best.validation() ? fit : best;
    }
    notebook.number("lambda of the lowest validation loss", best.lambda());
    notebook.claim(
        "the validation loss is lowest between the extremes",
        best.validation() < 0.8 * fits.getFirst().validation()
            && best.validation() < 0.8 * fits.getLast().validation());
    List<PenalisedFit> positive = fits.subList(1, fits.size());
    notebook.picture(
        "The cost and its parts at the minimum, and the loss on points that were not fitted.",
        Curves.of(
                "Regularised cost over lambda",
                series("mean loss", positive, PenalisedFit::training),
                series("lambda R(W)", positive, fit -> fit.lambda() * fit.penalty()),
                series("J", positive, PenalisedFit::lowestCost),
                series("validation loss", positive, PenalisedFit::validation))
            .axes(Axis.logarithmic("lambda"), Axis.logarithmic("loss")));
    notebook.picture(
        "Three of the fits: without a penalty, with the best one, and with far too much.",
        PenalisedFit.DATA.picture(
            List.of(
                PenalisedFit.DATA.curve("lambda = 0", fits.getFirst().model()),
                PenalisedFit.DATA.curve("lambda = " + best.lambda(), best.model()),
                PenalisedFit.DATA.curve("lambda = 10", fits.getLast().model()))));
    WeightDecay.show(notebook);
  }

  private static boolean rises(List<PenalisedFit> fits, ToDoubleFunction<PenalisedFit> value) {
    for (int i = 1; i < fits.size(); i++) {
      if (!(value.applyAsDouble(fits.get(i)) > value.applyAsDouble(fits.get(i - 1)))) {
        return false;
      }
    }
    return true;
  }

  private static Series series(
      String name, List<PenalisedFit> fits, ToDoubleFunction<PenalisedFit> value) {
    return new Series(
        name,
        fits.stream().mapToDouble(PenalisedFit::lambda).toArray(),
        fits.stream().mapToDouble(value).toArray());
  }
}
