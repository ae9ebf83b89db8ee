package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.layers.ReLU;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.optim.Adam;
import dev.lanegrad.optim.Optimizer;
import java.util.ArrayList;
import java.util.List;

/** A {@link TrainingTask} in Lanegrad, as a user would write it. */
final class TrainingStep {
  private final TrainingTask task;
  private final Layer model;
  private final Optimizer optimizer;
  private final Tensor examples;
  private final Tensor labels;

  TrainingStep(TrainingTask task) {
    this.task = task;
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < task.layers(); i++) {
      if (i > 0) {
        layers.add(new ReLU());
      }
      Tensor weight = Tensor.of(Shape.of(task.out(i), task.in(i)), task.weight(i));
      Tensor bias = Tensor.zeros(DType.FLOAT32, task.out(i));
      layers.add(new Linear(Parameter.of("weight", weight), Parameter.of("bias", bias)));
    }
    model = new Sequential(layers);
    optimizer = new Optimizer(model.parameters(), new Adam(TrainingTask.LEARNING_RATE));
    examples = Tensor.of(Shape.of(task.batch(), task.in(0)), task.examples());
    labels = Tensor.ofInts(task.labels());
  }

  Work work() {
    return new Work(this::run, 1, () -> new TrainingStep(task).lossAfterSteps());
  }

  private void run() {
    Autodiff.tidy(() -> optimizer.step(loss().backward()));
  }

  Tensor loss() {
    return Losses.crossEntropy(model.forward(examples), labels);
  }

  private double lossAfterSteps() {
    for (int i = 0; i < TrainingTask.CHECKED_STEPS; i++) {
      run();
    }
    return loss().item();
  }
}
