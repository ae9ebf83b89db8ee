package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.Window;
import dev.lanegrad.layers.Conv1d;
import dev.lanegrad.layers.Conv2d;
import dev.lanegrad.layers.ConvTranspose1d;
import dev.lanegrad.layers.ConvTranspose2d;
import dev.lanegrad.layers.Flatten;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.layers.MaxPool1d;
import dev.lanegrad.layers.MaxPool2d;
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

  TrainingStep(TrainingTask task, double rate) {
    this.task = task;
    List<Layer> layers = new ArrayList<>();
    int weights = 0;
    for (Part part : task.network().parts()) {
      layers.add(
          switch (part) {
            case Part.Weighted weighted -> layer(weighted, weights++);
            case Part.MaxPool pool -> layer(pool);
            case Part.Relu _ -> new ReLU();
            case Part.Flatten _ -> new Flatten();
          });
    }
    model = new Sequential(layers);
    optimizer = new Optimizer(model.parameters(), new Adam(rate));
    examples = Tensor.of(shape(task.inputs()), task.examples());
    labels = Tensor.ofInts(task.labels());
  }

  private Layer layer(Part.Weighted part, int number) {
    Parameter weight = Parameter.of("weight", Tensor.of(shape(part.weight()), task.weight(number)));
    Parameter bias = Parameter.of("bias", Tensor.zeros(DType.FLOAT32, part.out()));
    return switch (part) {
      case Part.Linear _ -> new Linear(weight, bias);
      case Part.Convolution convolution -> {
        Window window = Window.UNIT.stride(convolution.stride()).padding(convolution.padding());
        yield Part.dimensions(convolution.input()) == 1
            ? new Conv1d(weight, bias, window, convolution.groups())
            : new Conv2d(weight, bias, window, convolution.groups());
      }
      case Part.Transposed transposed -> {
        Window window = Window.UNIT.stride(transposed.stride()).padding(transposed.padding());
        yield Part.dimensions(transposed.input()) == 1
            ? new ConvTranspose1d(weight, bias, window, 1)
            : new ConvTranspose2d(weight, bias, window, 1);
      }
    };
  }

  private static Layer layer(Part.MaxPool part) {
    return Part.dimensions(part.input()) == 1
        ? new MaxPool1d(part.kernel())
        : new MaxPool2d(part.kernel());
  }

  private static Shape shape(List<Integer> lengths) {
    return Shape.of(lengths.stream().mapToInt(Integer::intValue).toArray());
  }

  Work work() {
    return new Work(
        this::run, 1, () -> new TrainingStep(task, TrainingTask.CHECKED_RATE).lossAfterSteps());
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
