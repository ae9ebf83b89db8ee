package dev.lanegrad.examples.lectures.descent;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.optim.Newton;

/** What minimising the cost J = mean loss + lambda R(W) for one lambda gives. */
record PenalisedFit(double lambda, Linear model) {
  static final NoisyWave DATA = NoisyWave.make();

  /** R(W): the sum of squared weights, without the bias. */
  static Tensor squaredWeights(Linear model) {
    return model.weight().tensor().square().sum();
  }

  /** J = mean loss + lambda R(W). */
  static Tensor cost(Linear model, double lambda) {
    return DATA.trainingLoss(model).add(squaredWeights(model).mul(lambda));
  }

  /** J is quadratic in the weights and the bias, so that one step of Newton's method does it. */
  static PenalisedFit of(double lambda) {
    Linear model = NoisyWave.model();
    new Newton(model.parameters()).step(() -> cost(model, lambda));
    return new PenalisedFit(lambda, model);
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
