package dev.lanegrad.autodiff.internal.kernel.compilation;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Update;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A product, some formulas and 20 steps of training, little enough for a processor on which every
 * fused multiply-add takes a microsecond; prints the vectors' width and a hash of all results.
 */
final class SmallWork {
  private static final int STEPS = 20;
  private static final int BATCH = 16;
  private static final Elementwise DESCEND =
      Elementwise.of(Formula.input(0).sub(Formula.input(1).mul(0.1)));

  private int hash = 1;

  private SmallWork() {}

  public static void main(String... arguments) {
    SmallWork work = new SmallWork();
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      SplittableRandom random = new SplittableRandom(3);
      work.product(random, dtype);
      work.formulas(random, dtype);
      work.training(random, dtype);
    }
    System.out.println("bits " + Lanes.BITS + " hash " + work.hash);
  }

  private void add(Tensor result) {
    hash = 31 * hash + Arrays.hashCode(result.toDoubleArray());
  }

  private void product(SplittableRandom random, DType dtype) {
    add(Tensor.normal(random, dtype, 19, 23).matmul(Tensor.normal(random, dtype, 23, 35)));
  }

  private void formulas(SplittableRandom random, DType dtype) {
    Tensor x = Tensor.uniform(random, dtype, 0.1, 0.9, 75);
    List<Tensor> results =
        List.of(x.exp(), x.log(), x.sin(), x.tanh(), x.sigmoid(), x.erf(), x.gelu(), x.pow(x));
    results.forEach(this::add);
    add(x.softmax(0));
  }

  private void training(SplittableRandom random, DType dtype) {
    Tensor x = Tensor.normal(random, dtype, BATCH, 5);
    Tensor y = x.square().sum(1).unsqueeze(1);
    Parameter first = Parameter.of("first", Tensor.normal(random, dtype, 5, 12));
    Parameter second = Parameter.of("second", Tensor.normal(random, dtype, 12, 1));
    for (int step = 0; step < STEPS; step++) {
      Autodiff.tidy(
          () -> {
            Tensor hidden = x.matmul(first.tensor()).tanh();
            Tensor loss = hidden.matmul(second.tensor()).sub(y).square().mean();
            Gradients gradients = loss.backward();
            for (Parameter parameter : List.of(first, second)) {
              new Update(DESCEND, List.of(parameter)).apply(gradients.of(parameter));
            }
            return loss.item();
          });
    }
    add(first.tensor());
    add(second.tensor());
  }
}
