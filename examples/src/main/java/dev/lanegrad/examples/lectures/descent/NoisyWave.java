package dev.lanegrad.examples.lectures.descent;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.plots.Axis;
import dev.lanegrad.plots.Curves;
import dev.lanegrad.plots.Series;
import dev.lanegrad.training.Seeds;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Noisy points of sin(pi x), and polynomials through them: few points to fit, more to see what a
 * fit is worth.
 *
 * @param x of the points to fit, [n]
 * @param y their values, [n, 1]
 * @param otherX of the other points
 * @param otherY their values
 */
record NoisyWave(Tensor x, Tensor y, Tensor otherX, Tensor otherY) {
  private static final int DEGREE = 9;
  private static final double NOISE = 0.3;

  static NoisyWave make() {
    Tensor few = Tensor.linspace(DType.FLOAT64, -1, 1, 12);
    Tensor many = Tensor.linspace(DType.FLOAT64, -0.98, 0.98, 200);
    return new NoisyWave(few, wave(few, 1), many, wave(many, 2));
  }

  private static Tensor wave(Tensor x, long seed) {
    Tensor noise = Tensor.normal(Seeds.generator(seed), DType.FLOAT64, x.size()).mul(NOISE);
    return x.mul(Math.PI).sin().add(noise).unsqueeze(1);
  }

  /** A polynomial: the powers 1 to 9 of x are its features. */
  static Linear model() {
    return new Linear(DEGREE, 1, DType.FLOAT64, Seeds.generator(3));
  }

  private static Tensor predict(Linear model, Tensor x) {
    return model.forward(
        Tensor.stack(1, IntStream.rangeClosed(1, DEGREE).mapToObj(k -> x.pow(k)).toList()));
  }

  /** The mean of the squared errors. */
  Tensor trainingLoss(Linear model) {
    return Losses.meanSquaredError(predict(model, x), y);
  }

  Tensor validationLoss(Linear model) {
    return Losses.meanSquaredError(predict(model, otherX), otherY);
  }

  Series curve(String name, Linear model) {
    Tensor values = Autodiff.withoutGradient(() -> predict(model, otherX));
    return new Series(name, otherX.toDoubleArray(), values.toDoubleArray());
  }

  /** Curves over the points that they were fitted to. */
  Curves picture(List<Series> curves) {
    return Curves.of("Polynomials of degree 9", curves)
        .axes(Axis.linear("x"), Axis.linear("y"))
        .marks(new Series("points", x.toDoubleArray(), y.toDoubleArray()));
  }
}
