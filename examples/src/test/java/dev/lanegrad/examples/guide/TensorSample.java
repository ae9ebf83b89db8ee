package dev.lanegrad.examples.guide;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.RandomKey;
import dev.lanegrad.autodiff.Tensor;
import java.util.List;
import java.util.SplittableRandom;

/** The samples of the page about tensors and gradients. */
final class TensorSample {
  static final List<Runnable> PRINTING =
      List.of(
          TensorSample::making,
          TensorSample::reading,
          TensorSample::broadcasting,
          TensorSample::views,
          TensorSample::moving,
          TensorSample::backward,
          TensorSample::parameters);

  /** Those of the page that goes on. */
  static final List<Runnable> GRADIENTS =
      List.of(
          TensorSample::grad,
          TensorSample::structures,
          TensorSample::newton,
          TensorSample::stopping,
          TensorSample::scopes,
          TensorSample::chance);

  private TensorSample() {}

  static void making() {
    Tensor x = Tensor.of(new float[][] {{1, 2, 3}, {4, 5, 6}}); // float32 from floats
    Tensor y = Tensor.of(0.5, 1.5, 2.5); // float64 from doubles
    Tensor zeros = Tensor.zeros(DType.FLOAT32, 2, 3);
    Tensor steps = Tensor.linspace(DType.FLOAT64, 0, 1, 5);
    Tensor labels = Tensor.ofInts(2, 0, 1);
    Tensor noise = Tensor.normal(new SplittableRandom(42), DType.FLOAT32, 1000);
    System.out.println(x);
    System.out.println(y);
    System.out.println(zeros.shape() + " " + labels.dtype() + " " + noise.size());
    System.out.println(steps);
  }

  static void reading() {
    Tensor x = Tensor.of(new double[][] {{1, 2}, {3, 4}});
    double[] numbers = x.toDoubleArray();
    double sum = x.sum().item();
    System.out.println(x.shape().dim(0) + " rows, " + numbers[3] + ", " + sum);
    System.out.println(x.select(0, 1)); // the second row
    System.out.println(x.select(0, 1).select(0, 0).item());
  }

  static void broadcasting() {
    Tensor x = Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}});
    Tensor row = Tensor.of(10.0, 20.0, 30.0);
    System.out.println(x.add(row));
    System.out.println(x.sub(x.meanKeeping(1))); // each row less its mean
    System.out.println(x.greater(2).where(x, row));
  }

  static void views() {
    Tensor x = Tensor.arange(DType.FLOAT64, 0, 6, 1).reshape(2, 3);
    System.out.println(x.transpose());
    System.out.println(x.slice(1, 1, 3)); // x[:, 1:3]
    System.out.println(x.unsqueeze(0).shape() + " " + x.flatten().shape());
  }

  static void moving() {
    Tensor x = Tensor.of(new double[][] {{3, 1, 2}, {6, 5, 4}});
    System.out.println(x.max(1) + " at " + x.argmax(1));
    System.out.println(x.gather(1, Tensor.of(new double[][] {{0}, {2}}).cast(DType.INT32)));
    System.out.println(Tensor.concat(0, List.of(x, x)).shape());
    System.out.println(Tensor.einsum("ij,kj->ik", x, x));
  }

  static void backward() {
    Tensor w = Tensor.of(0.8, 0.2).requiresGrad();
    Tensor x = Tensor.of(0.1, 0.7);
    Tensor loss = w.mul(x).sum().add(0.1).sigmoid().log().neg();
    Gradients gradients = loss.backward();
    System.out.println(loss.item());
    System.out.println(gradients.of(w));
  }

  static void parameters() {
    Parameter w = Parameter.of("w", Tensor.of(0.0));
    for (int step = 0; step < 3; step++) {
      Tensor loss = w.tensor().sub(3).square().sum();
      Gradients gradients = loss.backward();
      w.assign(w.tensor().detach().sub(gradients.of(w).mul(0.25)));
      System.out.println(w.tensor().detach());
    }
  }

  static void grad() {
    var slope = Autodiff.grad(x -> x.pow(3).sum());
    System.out.println(slope.apply(Tensor.of(2.0, -1.0)));
    var curvature = Autodiff.grad(x -> slope.apply(x).sum());
    System.out.println(curvature.apply(Tensor.of(2.0, -1.0)));
  }

  /** A line. */
  record Line(Tensor slope, Tensor height) {}

  static void structures() {
    Tensor x = Tensor.of(0.0, 1.0, 2.0);
    Tensor y = Tensor.of(1.0, 3.0, 5.0);
    var start = new Line(Tensor.of(0.0), Tensor.of(0.0));
    var result =
        Autodiff.valueAndGrad(
            (Line line) -> x.mul(line.slope()).add(line.height()).sub(y).square().mean(), start);
    System.out.println(result.result().item());
    System.out.println(result.gradients().slope() + " " + result.gradients().height());
  }

  static void newton() {
    System.out.println(FunctionSample.newtonStep());
  }

  static void stopping() {
    Tensor x = Tensor.of(3.0).requiresGrad();
    Tensor constant = x.detach(); // the same number without the graph behind it
    System.out.println(x.mul(constant).sum().backward().of(x));
    Tensor y = Autodiff.withoutGradient(() -> x.square());
    System.out.println(y.isTracked());
  }

  static void scopes() {
    Tensor x = Tensor.ones(DType.FLOAT32, 1000);
    Tensor norm = Autodiff.tidy(() -> x.square().sum().sqrt());
    System.out.println(norm);
  }

  static void chance() {
    var key = new RandomKey(7);
    Tensor first = key.normal(DType.FLOAT64, 2);
    Tensor again = key.normal(DType.FLOAT64, 2); // a key gives the same numbers every time
    Tensor others = key.next().normal(DType.FLOAT64, 2);
    System.out.println(
        first.sub(again).norm().item() + " " + (first.sub(others).norm().item() > 0));
  }
}
