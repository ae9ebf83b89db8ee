package dev.lanegrad.benchmarks;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;

/** A {@link TrainingTask} in DJL, as its own examples train. */
final class PyTorchStep {
  private final Trainer trainer;
  private final NDArray examples;
  private final NDArray labels;

  PyTorchStep(TrainingTask task) {
    SequentialBlock block = new SequentialBlock();
    for (int i = 0; i < task.layers(); i++) {
      if (i > 0) {
        block.add(Activation::relu);
      }
      block.add(Linear.builder().setUnits(task.out(i)).build());
    }
    Model model = Model.newInstance("step", "PyTorch");
    model.setBlock(block);
    Adam adam =
        Adam.builder()
            .optLearningRateTracker(Tracker.fixed((float) TrainingTask.LEARNING_RATE))
            .build();
    trainer =
        model.newTrainer(
            new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss()).optOptimizer(adam));
    trainer.initialize(new Shape(task.batch(), task.in(0)));
    int layer = 0;
    for (Parameter parameter : block.getParameters().values()) {
      NDArray array = parameter.getArray();
      if (parameter.getType() == Parameter.Type.WEIGHT) {
        array.set(task.weight(layer++));
      } else {
        array.set(new float[(int) array.size()]);
      }
    }
    NDManager manager = trainer.getManager();
    examples = manager.create(task.examples(), new Shape(task.batch(), task.in(0)));
    labels = manager.create(task.labels(), new Shape(task.batch()));
  }

  void run() {
    try (NDManager scope = trainer.getManager().newSubManager()) {
      NDArray x = examples.duplicate();
      x.attach(scope);
      try (GradientCollector collector = trainer.newGradientCollector()) {
        collector.backward(loss(x));
      }
      trainer.step();
    }
  }

  private NDArray loss(NDArray x) {
    return trainer.getLoss().evaluate(new NDList(labels), trainer.forward(new NDList(x)));
  }

  double lossAfterSteps() {
    for (int i = 0; i < TrainingTask.CHECKED_STEPS; i++) {
      run();
    }
    return loss(examples).getFloat();
  }
}
