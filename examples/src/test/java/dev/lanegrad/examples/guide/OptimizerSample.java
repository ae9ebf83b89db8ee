package dev.lanegrad.examples.guide;

import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.layers.Tanh;
import dev.lanegrad.optim.AdamW;
import dev.lanegrad.optim.AveragedParameters;
import dev.lanegrad.optim.Averaging;
import dev.lanegrad.optim.Clipping;
import dev.lanegrad.optim.LBFGS;
import dev.lanegrad.optim.Muon;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.optim.ParameterGroup;
import dev.lanegrad.optim.PerceptronRule;
import dev.lanegrad.optim.schedule.CosineAnnealingLR;
import dev.lanegrad.optim.schedule.LinearLR;
import dev.lanegrad.optim.schedule.ReduceLROnPlateau;
import dev.lanegrad.optim.schedule.Schedule;
import dev.lanegrad.optim.schedule.SequentialLR;
import dev.lanegrad.training.Batch;
import dev.lanegrad.training.Dataset;
import dev.lanegrad.training.Metrics;
import dev.lanegrad.training.data.Points2d;
import java.util.List;
import java.util.SplittableRandom;

/** The README's and the Javadoc's samples of optimizers and schedules; the test runs each. */
final class OptimizerSample {
  private OptimizerSample() {}

  private static Layer network() {
    SplittableRandom random = new SplittableRandom(1);
    return new Sequential(new Linear(2, 16, random), new Tanh(), new Linear(16, 2, random));
  }

  private static Dataset moons() {
    return Points2d.moons(400, 0.1, 42);
  }

  /** Accuracy with averaged weights. */
  static double trained() {
    Dataset data = moons();
    Layer model = network();
    var matrices = model.parameters().stream().filter(p -> p.shape().rank() == 2).toList();
    var others = model.parameters().stream().filter(p -> p.shape().rank() != 2).toList();
    var optimizer =
        new Optimizer(
            new ParameterGroup(matrices, new Muon(0.1).withWeightDecay(0)),
            new ParameterGroup(others, new AdamW(0.1).withWeightDecay(0)));
    var schedule = new SequentialLR(new LinearLR(0.1, 1, 5), new CosineAnnealingLR(25), 5);
    var average = new AveragedParameters(model.parameters(), Averaging.exponential(0.99));
    for (int epoch = 0; epoch < 30; epoch++) {
      schedule.apply(optimizer, epoch);
      for (Batch batch : data.batches(32)) {
        Tensor loss = Losses.crossEntropy(model.forward(batch.x()), batch.y());
        optimizer.step(Clipping.byNorm(loss.backward(), 1));
        average.update();
      }
    }
    double accuracy = average.use(() -> Metrics.accuracy(model.forward(data.x()), data.y()));
    return accuracy;
  }

  static void average(Layer model, Optimizer optimizer, Dataset data) {
    var average = new AveragedParameters(model.parameters(), Averaging.exponential(0.999));
    for (Batch batch : data.batches(32)) {
      Tensor loss = Losses.crossEntropy(model.forward(batch.x()), batch.y());
      optimizer.step(loss.backward());
      average.update();
    }
    double accuracy = average.use(() -> Metrics.accuracy(model.forward(data.x()), data.y()));
    System.out.println(accuracy);
  }

  static void groups(List<Parameter> weights, List<Parameter> biases) {
    Optimizer optimizer =
        new Optimizer(
            new ParameterGroup(weights, new AdamW(1e-3)),
            new ParameterGroup(biases, new AdamW(1e-3).withWeightDecay(0)));
    System.out.println(optimizer);
  }

  static void schedule(Optimizer optimizer, Tensor loss) {
    Schedule schedule = new CosineAnnealingLR(100);
    for (int epoch = 0; epoch < 100; epoch++) {
      schedule.apply(optimizer, epoch);
    }
    optimizer.step(Clipping.byNorm(loss.backward(), 1));
  }

  static void plateau(Optimizer optimizer, List<Double> validationLosses) {
    ReduceLROnPlateau plateau = new ReduceLROnPlateau();
    for (double loss : validationLosses) {
      plateau.step(optimizer, loss);
    }
  }

  static double lbfgs(Layer model, Tensor x, Tensor y) {
    LBFGS optimizer = new LBFGS(model.parameters());
    double loss = optimizer.step(() -> Losses.crossEntropy(model.forward(x), y));
    return loss;
  }

  static int perceptron(Parameter weights, Parameter bias, Tensor examples, Tensor labels) {
    PerceptronRule rule = new PerceptronRule(weights, bias);
    int mistakes = rule.pass(examples, labels);
    while (mistakes > 0) {
      mistakes = rule.pass(examples, labels);
    }
    return mistakes;
  }

  /** Runs all of them. */
  static double all() {
    Layer model = network();
    Dataset data = moons();
    List<Parameter> parameters = model.parameters();
    groups(parameters.subList(0, 1), parameters.subList(1, 2));
    Optimizer optimizer = new Optimizer(parameters, new AdamW());
    average(model, optimizer, data);
    schedule(optimizer, Losses.crossEntropy(model.forward(data.x()), data.y()));
    plateau(optimizer, List.of(1.0, 0.5, 0.4));
    double before = lbfgs(model, data.x(), data.y());
    double after = Losses.crossEntropy(model.forward(data.x()), data.y()).item();
    Parameter weights = Parameter.of("weights", Tensor.of(0.0, 0.0));
    Parameter bias = Parameter.of("bias", Tensor.of(0.0));
    Tensor corners = Tensor.of(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
    return before - after + perceptron(weights, bias, corners, Tensor.of(-1.0, -1, -1, 1));
  }
}
