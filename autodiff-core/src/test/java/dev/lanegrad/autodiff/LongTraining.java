package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Update;
import java.util.List;
import java.util.SplittableRandom;

/** A hundred thousand steps of a small network; prints the first and the last loss. */
final class LongTraining {
  private static final int STEPS = 100_000;
  private static final Elementwise DESCEND =
      Elementwise.of(Formula.input(0).sub(Formula.input(1).mul(0.01)));

  private LongTraining() {}

  public static void main(String... arguments) {
    SplittableRandom random = new SplittableRandom(1);
    Tensor x = Tensor.normal(random, DType.FLOAT32, 16, 6);
    Tensor y = Tensor.normal(random, DType.FLOAT32, 16, 2);
    Parameter first = Parameter.of("first", Tensor.normal(random, DType.FLOAT32, 6, 8));
    Parameter second = Parameter.of("second", Tensor.normal(random, DType.FLOAT32, 8, 2));
    double start = 0;
    double end = 0;
    for (int step = 0; step < STEPS; step++) {
      Tensor hidden = x.matmul(first.tensor()).tanh();
      Tensor loss = hidden.matmul(second.tensor()).sub(y).square().mean();
      Gradients gradients = loss.backward();
      for (Parameter parameter : List.of(first, second)) {
        new Update(DESCEND, List.of(parameter)).apply(gradients.of(parameter));
      }
      start = step == 0 ? loss.item() : start;
      end = loss.item();
    }
    System.out.println("learned " + (end < start / 2));
  }
}
