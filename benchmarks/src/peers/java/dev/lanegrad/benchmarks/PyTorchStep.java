package dev.lanegrad.benchmarks;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.convolutional.Convolution;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import java.util.List;
import java.util.stream.LongStream;

/** A {@link TrainingTask} in DJL, as its own examples train. */
final class PyTorchStep {
  private final Trainer trainer;
  private final NDArray examples;
  private final NDArray labels;

  PyTorchStep(TrainingTask task, double rate) {
    SequentialBlock block = new SequentialBlock();
    task.network().parts().forEach(part -> block.add(block(part)));
    Model model = Model.newInstance("step", "PyTorch");
    model.setBlock(block);
    Adam adam = Adam.builder().optLearningRateTracker(Tracker.fixed((float) rate)).build();
    trainer =
        model.newTrainer(
            new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss()).optOptimizer(adam));
    Shape inputs = new Shape(longs(task.inputs()));
    trainer.initialize(inputs);
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
    examples = manager.create(task.examples(), inputs);
    labels = manager.create(task.labels(), new Shape(task.batch()));
  }

  private static Block block(Part part) {
    return switch (part) {
      case Part.Linear linear -> Linear.builder().setUnits(linear.out()).build();
      case Part.Convolution convolution -> block(convolution);
      case Part.Transposed _ ->
          throw new IllegalArgumentException("DJL has no transposed convolution for PyTorch");
      case Part.MaxPool pool -> {
        Shape kernel = cube(pool.kernel(), pool.input());
        yield kernel.dimension() == 1
            ? Pool.maxPool1dBlock(kernel, kernel)
            : Pool.maxPool2dBlock(kernel, kernel);
      }
      case Part.Relu _ -> Activation.reluBlock();
      case Part.Flatten _ -> Blocks.batchFlattenBlock();
    };
  }

  private static Block block(Part.Convolution part) {
    boolean isFlat = Part.dimensions(part.input()) == 1;
    Convolution.ConvolutionBuilder<?> builder = isFlat ? Conv1d.builder() : Conv2d.builder();
    builder
        .setKernelShape(cube(part.kernel(), part.input()))
        .optStride(cube(part.stride(), part.input()))
        .optPadding(cube(part.padding(), part.input()))
        .optGroups(part.groups())
        .setFilters(part.out());
    return isFlat ? ((Conv1d.Builder) builder).build() : ((Conv2d.Builder) builder).build();
  }

  /** A length for each dimension of an input after the channels. */
  static Shape cube(int length, List<Integer> input) {
    return new Shape(LongStream.generate(() -> length).limit(Part.dimensions(input)).toArray());
  }

  static long[] longs(List<Integer> lengths) {
    return lengths.stream().mapToLong(Integer::longValue).toArray();
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
