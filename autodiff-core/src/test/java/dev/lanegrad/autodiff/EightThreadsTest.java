package dev.lanegrad.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Models that train on eight threads at once end as they would have one after the other. */
class EightThreadsTest {
  private static final int THREADS = 8;
  private static final int STEPS = 150;

  /** p - rate g. */
  private static final Elementwise DESCEND =
      Elementwise.of(Formula.input(0).sub(Formula.input(1).mul(0.05)));

  @Test
  void eightThreadsGiveTheWeightsOfOne() throws Exception {
    List<float[]> alone = new ArrayList<>();
    for (int model = 0; model < THREADS; model++) {
      alone.add(train(model));
    }
    List<Callable<float[]>> trainings = new ArrayList<>();
    for (int model = 0; model < THREADS; model++) {
      int seed = model;
      trainings.add(() -> train(seed));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<float[]>> together = threads.invokeAll(trainings);
      for (int model = 0; model < THREADS; model++) {
        assertArrayEquals(alone.get(model), together.get(model).get());
      }
    }
  }

  /**
   * A network of its own size for every seed, with the functions that differ from model to model.
   */
  private static float[] train(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int hidden = 20 + seed;
    Parameter first = Parameter.of("first", normal(random, 30, hidden));
    Parameter second = Parameter.of("second", normal(random, hidden, 5));
    Tensor x = normal(random, 40, 30);
    Tensor y = normal(random, 40, 5);
    for (int step = 0; step < STEPS; step++) {
      Tensor product = x.matmul(first.tensor());
      Tensor activated = seed % 2 == 0 ? product.tanh() : product.gelu();
      Tensor loss = activated.matmul(second.tensor()).sub(y).square().mean();
      Gradients gradients = loss.backward();
      for (Parameter parameter : List.of(first, second)) {
        new Update(DESCEND, List.of(parameter)).apply(gradients.of(parameter));
      }
    }
    return second.tensor().toFloatArray();
  }

  private static Tensor normal(SplittableRandom random, int... shape) {
    return Tensor.normal(random, DType.FLOAT32, shape).mul(0.3);
  }
}
