package dev.lanegrad.examples.lectures.descent;

import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.examples.lectures.Difference;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.optim.ParameterGroup;
import dev.lanegrad.optim.SGD;
import java.util.List;

/** The last part of L2.5: the penalty as a setting of the optimizer. */
final class WeightDecay {
  private WeightDecay() {}

  static void show(Notebook notebook) {
    notebook.text(
        "The gradient of lambda R(W) is 2 lambda W. For plain gradient descent the penalty is thus"
            + " a weight decay of 2 lambda: optimizers have it as a setting, so that the loss may"
            + " stay as it is.");
    double lambda = 0.01;
    Linear penalised = NoisyWave.model();
    new Optimizer(penalised.parameters(), new SGD(0.1))
        .step(PenalisedFit.cost(penalised, lambda).backward());
    Linear decayed = NoisyWave.model();
    SGD rule = new SGD(0.1);
    new Optimizer(
            new ParameterGroup(List.of(decayed.weight()), rule.withWeightDecay(2 * lambda)),
            new ParameterGroup(decayed.parameters().subList(1, 2), rule))
        .step(PenalisedFit.DATA.trainingLoss(decayed).backward());
    notebook.claim(
        "a step on J is a step on the mean loss with weight decay 2 lambda",
        Difference.largest(penalised.weight().tensor(), decayed.weight().tensor()) < 1e-12);
    Linear model = NoisyWave.model();
    Gradients gradients = PenalisedFit.squaredWeights(model).backward();
    notebook.claim(
        "the gradient of R(W) is 2 W",
        Difference.largest(gradients.of(model.weight()), model.weight().tensor().mul(2)) < 1e-12);
  }
}
