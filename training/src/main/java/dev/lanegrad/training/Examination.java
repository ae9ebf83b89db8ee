package dev.lanegrad.training;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Mode;
import dev.lanegrad.training.metric.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Looks at what a model makes of data, in evaluation and without gradients.
 *
 * @param step what is computed from a batch
 */
record Examination<B>(Layer model, Step<B> step) {
  Evaluation evaluate(Batches<B> data, List<Metric> metrics) {
    Tallies tallies = new Tallies(metrics);
    overAll(data, outcome -> tallies.add(outcome, outcome.loss().item()));
    return tallies.evaluation();
  }

  Tensor predict(Batches<B> data) {
    List<Tensor> outputs = new ArrayList<>();
    overAll(
        data,
        outcome -> {
          Tensor output = outcome.output();
          if (output == null) {
            throw new IllegalArgumentException(
                "trainer: the step gives no output, only a loss: use Trainer.supervised or .of");
          }
          outputs.add(Tensor.ofDoubles(output.dtype(), output.shape(), output.toDoubleArray()));
        });
    return Tensor.concat(0, outputs);
  }

  private void overAll(Batches<B> data, Consumer<Outcome> use) {
    boolean trained = isTraining(model);
    model.eval();
    try {
      Autodiff.withoutGradient(
          () -> {
            for (B batch : data.epoch(0, 0)) {
              Autodiff.tidy(() -> use.accept(step.run(batch)));
            }
          });
    } finally {
      if (trained) {
        model.train();
      }
    }
  }

  /** Whether a layer, or any inside of it, is in training; so also where none has a mode. */
  private static boolean isTraining(Layer layer) {
    return count(layer, true) > 0 || count(layer, false) == 0;
  }

  private static int count(Layer layer, boolean training) {
    Mode mode = layer.mode();
    int count = mode != null && mode.isTraining() == training ? 1 : 0;
    for (Layer.Child child : layer.children()) {
      count += count(child.layer(), training);
    }
    return count;
  }
}
