package dev.lanegrad.training;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.optim.Optimizer;
import java.util.List;
import java.util.Map;

/**
 * A model and its optimizers as they were.
 *
 * @param weights of the model, buffers too
 * @param states of the optimizers
 */
record Rollback(
    Layer model,
    List<Optimizer> optimizers,
    Map<String, Tensor> weights,
    List<? extends Map<String, Tensor>> states) {
  static Rollback of(Layer model, List<Optimizer> optimizers) {
    return new Rollback(
        model,
        optimizers,
        model.stateDict(),
        optimizers.stream().map(Optimizer::stateDict).toList());
  }

  void restore() {
    model.loadStateDict(weights);
    for (int i = 0; i < states.size(); i++) {
      optimizers.get(i).loadStateDict(states.get(i));
    }
  }
}
