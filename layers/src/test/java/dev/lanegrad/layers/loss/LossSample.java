package dev.lanegrad.layers.loss;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * What the tests know of a loss.
 *
 * @param with the loss with a reduction, as a function of its inputs
 * @param expected without a reduction, by plain loops
 * @param divisor of the sum in the mean
 */
record LossSample(
    Class<?> type,
    String name,
    Function<LossReduction, Function<List<Tensor>, Tensor>> with,
    List<Tensor> inputs,
    double[] expected,
    double divisor) {
  /** The loss of one pair of elements. */
  interface Elements {
    double of(double prediction, double target);
  }

  /** The loss of one example from its rows. */
  interface Rows {
    double of(double[][] rows);
  }

  static LossSample elementwise(
      String name,
      Function<LossReduction, ? extends Loss> loss,
      Tensor prediction,
      Tensor target,
      Elements elements) {
    double[] x = prediction.toDoubleArray();
    double[] t = target.toDoubleArray();
    double[] expected = new double[x.length];
    Arrays.setAll(expected, i -> elements.of(x[i], t[i]));
    return new LossSample(
        loss.apply(LossReduction.MEAN).getClass(),
        name,
        reduction -> in -> loss.apply(reduction).of(in.get(0), in.get(1)),
        List.of(prediction, target),
        expected,
        expected.length);
  }

  /** Of examples along the first axis. */
  static LossSample ofExamples(
      String name,
      Class<?> type,
      Function<LossReduction, Function<List<Tensor>, Tensor>> with,
      Rows rows,
      Tensor... inputs) {
    int n = inputs[0].shape().dim(0);
    double[] expected = new double[n];
    for (int i = 0; i < n; i++) {
      double[][] example = new double[inputs.length][];
      for (int k = 0; k < inputs.length; k++) {
        double[] all = inputs[k].toDoubleArray();
        int length = all.length / n;
        example[k] = Arrays.copyOfRange(all, i * length, (i + 1) * length);
      }
      expected[i] = rows.of(example);
    }
    return new LossSample(type, name, with, List.of(inputs), expected, n);
  }

  static LossSample ofExamples(
      String name,
      Function<LossReduction, ? extends Loss> loss,
      Tensor prediction,
      Tensor target,
      Rows rows) {
    return ofExamples(
        name,
        loss.apply(LossReduction.MEAN).getClass(),
        reduction -> in -> loss.apply(reduction).of(in.get(0), in.get(1)),
        rows,
        prediction,
        target);
  }

  LossSample dividedBy(double other) {
    return new LossSample(type, name, with, inputs, expected, other);
  }

  static Tensor normal(int... shape) {
    return Tensor.normal(new SplittableRandom(Arrays.hashCode(shape)), DType.FLOAT64, shape);
  }

  static Tensor uniform(double low, double high, int... shape) {
    SplittableRandom random = new SplittableRandom(Arrays.hashCode(shape) + 1);
    return Tensor.uniform(random, DType.FLOAT64, low, high, shape);
  }

  @Override
  public String toString() {
    return (type.getSimpleName() + " " + name).strip();
  }
}
