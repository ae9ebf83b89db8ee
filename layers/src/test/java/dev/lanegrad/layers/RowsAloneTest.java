package dev.lanegrad.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A layer that treats samples by themselves gives each the same bits alone and in a batch. */
class RowsAloneTest {
  private static final int SAMPLES = 13;

  /**
   * A layer.
   *
   * @param batch the axis of samples
   * @param shape of an input
   */
  private record Case(
      String name, Function<RandomGenerator, Layer> layer, int batch, int... shape) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> layers() {
    return Stream.of(
        new Case("Linear", r -> new Linear(70, 33, r), 0, SAMPLES, 70),
        new Case("Linear to one", r -> new Linear(70, 1, r), 0, SAMPLES, 70),
        new Case("Linear from one", r -> new Linear(1, 33, r), 0, SAMPLES, 1),
        new Case("Linear of sequences", r -> new Linear(20, 9, r), 0, SAMPLES, 3, 20),
        new Case(
            "MLP",
            r -> new Sequential(new Linear(70, 100, r), new Tanh(), new Linear(100, 10, r)),
            0,
            SAMPLES,
            70),
        new Case("Conv1d", r -> new Conv1d(3, 8, 5, r), 0, SAMPLES, 3, 40),
        new Case("Conv2d", r -> new Conv2d(3, 7, 3, r), 0, SAMPLES, 3, 12, 11),
        new Case(
            "CNN",
            r ->
                new Sequential(
                    new Conv2d(1, 8, 3, r), new ReLU(), new Flatten(), new Linear(800, 10, r)),
            0,
            SAMPLES,
            1,
            12,
            12),
        new Case("LayerNorm", _ -> new LayerNorm(70), 0, SAMPLES, 70),
        new Case(
            "MultiheadAttention",
            r -> new MultiheadAttention(8, 2, 0, DType.FLOAT32, r),
            0,
            SAMPLES,
            5,
            8),
        new Case("RNN", r -> new RNN(20, 33, r), 1, 6, SAMPLES, 20),
        new Case("GRU", r -> new GRU(20, 33, r), 1, 6, SAMPLES, 20),
        new Case("LSTM", r -> new LSTM(20, 33, r), 1, 6, SAMPLES, 20),
        new Case("Softmax", _ -> new Softmax(1), 0, SAMPLES, 70));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void samplesHaveTheSameBitsAloneAndInABatch(Case one) {
    SplittableRandom random = new SplittableRandom(1);
    Layer layer = one.layer.apply(random);
    Tensor x = Tensor.uniform(random, DType.FLOAT32, -1, 1, one.shape);
    Tensor y = layer.forward(x);
    for (int n = 0; n < SAMPLES; n++) {
      Tensor alone = layer.forward(x.slice(one.batch, n, n + 1).mul(1));
      assertArrayEquals(
          y.slice(one.batch, n, n + 1).toDoubleArray(),
          alone.toDoubleArray(),
          0,
          one.name + " of " + Arrays.toString(one.shape) + ", sample " + n);
    }
  }
}
