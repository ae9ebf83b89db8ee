package dev.lanegrad.examples.guide;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.check.CheckResult;
import dev.lanegrad.autodiff.check.GradientCheck;
import dev.lanegrad.autodiff.check.GradientCheckException;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Losses;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The samples of the page about checking gradients that print. */
final class CheckSample {
  static final List<Runnable> PRINTING =
      List.of(
          CheckSample::passing,
          CheckSample::wrong,
          CheckSample::kink,
          CheckSample::hidden,
          CheckSample::settings,
          CheckSample::layer);

  private CheckSample() {}

  static void passing() {
    Elementwise swish = Elementwise.of(v -> v.mul(v.sigmoid()));
    Tensor x = Tensor.of(-1.5, 0.0, 0.7);
    CheckResult result = GradientCheck.of(swish).order(2).check(x);
    System.out.println(result);
  }

  static void wrong() {
    // The gradient takes the second factor for a constant.
    var wrong = GradientCheck.of((Tensor v) -> v.mul(v.detach()).sum());
    System.out.println(wrong.check(Tensor.of(1.0, 2.0)));
  }

  static void kink() {
    try {
      GradientCheck.of((Tensor v) -> v.relu().sum()).verify(Tensor.of(0.0, 1.0));
    } catch (GradientCheckException e) {
      System.out.println(e.getMessage());
    }
  }

  static void hidden() {
    CheckResult result = GradientCheck.of((Tensor v) -> v.add(1e9).sum()).check(Tensor.of(1.0));
    System.out.println(result.passed() + " " + result.isInconclusive());
  }

  static void settings() {
    var check = GradientCheck.of((Tensor v) -> v.softmax(0).log().select(0, 1));
    System.out.println(check.wholeJacobian().tolerance(1e-7).check(Tensor.of(0.1, 0.2, 0.3)));
  }

  static void layer() {
    var layer = new Linear(3, 2, DType.FLOAT64, new SplittableRandom(1));
    Tensor x = Tensor.of(new double[][] {{0.1, 0.2, 0.3}});
    Tensor y = Tensor.ofInts(1);
    GradientCheck.ofMany(
            inputs ->
                Parameter.substitute(
                    Map.of(layer.weight(), inputs.get(0)),
                    () -> Losses.crossEntropy(layer.forward(inputs.get(1)), y)))
        .verify(layer.weight().tensor().detach(), x);
    System.out.println("both gradients are right");
  }
}
