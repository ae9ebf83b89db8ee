package dev.lanegrad.examples.guide;

import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.optim.Clipping;
import dev.lanegrad.optim.ElementwiseRule;
import dev.lanegrad.optim.LBFGS;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.optim.SGD;
import dev.lanegrad.optim.schedule.CosineAnnealingLR;
import dev.lanegrad.optim.schedule.LinearLR;
import dev.lanegrad.optim.schedule.SequentialLR;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** The samples of the page about optimizers that print. */
@SuppressWarnings("MissingOverride") // the guide shows a rule without
final class RulesSample {
  static final List<Runnable> PRINTING =
      List.of(
          RulesSample::step,
          RulesSample::schedule,
          RulesSample::clipping,
          RulesSample::closure,
          RulesSample::own);

  private RulesSample() {}

  static void step() {
    Parameter w = Parameter.of("w", Tensor.of(0.0, 0.0));
    var optimizer = new Optimizer(List.of(w), new SGD(0.1, 0.9));
    Tensor target = Tensor.of(1.0, -2.0);
    for (int step = 0; step < 100; step++) {
      Tensor loss = w.tensor().sub(target).square().sum();
      optimizer.step(loss.backward());
    }
    System.out.println(w.tensor().detach());
    System.out.println(optimizer.settings(0));
  }

  static void schedule() {
    Parameter w = Parameter.of("w", Tensor.of(0.0));
    var optimizer = new Optimizer(List.of(w), new SGD(0.8));
    var schedule = new SequentialLR(new LinearLR(0.25, 1, 3), new CosineAnnealingLR(4), 3);
    for (int epoch = 0; epoch < 7; epoch++) {
      schedule.apply(optimizer, epoch);
      System.out.print(Math.round(1000 * optimizer.learningRate()) / 1000.0 + " ");
    }
    System.out.println();
  }

  static void clipping() {
    Parameter w = Parameter.of("w", Tensor.of(3.0, 4.0));
    Gradients gradients = w.tensor().square().sum().backward();
    System.out.println(gradients.of(w) + ", norm " + gradients.norm());
    System.out.println(Clipping.byNorm(gradients, 1).of(w));
    System.out.println(Clipping.byValue(gradients, 7).of(w));
  }

  static void closure() {
    Parameter p = Parameter.of("p", Tensor.of(-1.2, 1.0));
    var optimizer = new LBFGS(List.of(p));
    for (int step = 0; step < 3; step++) {
      optimizer.step(
          () -> {
            Tensor x = p.tensor().select(0, 0);
            Tensor y = p.tensor().select(0, 1);
            return x.sub(1).square().add(y.sub(x.square()).square().mul(100));
          });
    }
    System.out.println(p.tensor().detach());
  }

  /** Steps of one size, in the direction of the gradient's sign. */
  record SignRule(double learningRate) implements ElementwiseRule {
    public SequencedMap<String, Double> settings() {
      return new LinkedHashMap<>(Map.of("learningRate", learningRate));
    }

    public SignRule with(String setting, double value) {
      return new SignRule(value); // there is one setting only
    }

    public List<String> states() {
      return List.of();
    }

    public double[] numbers(long step, double[] memory) {
      return new double[] {learningRate};
    }

    public List<Formula> step(Terms old) {
      Formula rate = old.numbers().getFirst();
      return List.of(old.parameter().sub(rate.mul(old.gradient().sign())));
    }
  }

  static void own() {
    Parameter w = Parameter.of("w", Tensor.of(0.0, 0.0));
    var optimizer = new Optimizer(List.of(w), new SignRule(0.25));
    for (int step = 0; step < 4; step++) {
      Tensor loss = w.tensor().sub(Tensor.of(1.0, -2.0)).square().sum();
      optimizer.step(loss.backward());
    }
    System.out.println(w.tensor().detach());
  }
}
