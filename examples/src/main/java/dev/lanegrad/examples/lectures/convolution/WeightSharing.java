package dev.lanegrad.examples.lectures.convolution;

import dev.lanegrad.autodiff.Convolutions;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.Window;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.layers.Conv2d;
import dev.lanegrad.layers.GlobalMaxPool;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.ReLU;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.optim.Adam;
import dev.lanegrad.training.Dataset;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** One kernel for all positions, against a kernel of its own for each. */
final class WeightSharing {
  private static final int CHANNELS = 12;
  private static final int KERNEL = 5;
  private static final int POSITIONS = Patterns.COLUMNS * Patterns.COLUMNS;
  private static final int EXAMPLES = 200;
  private static final int STEPS = 200;

  private WeightSharing() {}

  /**
   * What a convolution of one channel computes, but with weights of its own at each position: [n,
   * 1, height, width] -> [n, out, positions].
   *
   * @param weight [positions, kernel², out]
   * @param bias [positions, 1, out]
   */
  private record Unshared(Parameter weight, Parameter bias) implements Layer {
    Unshared(RandomGenerator random) {
      this(
          uniform("weight", random, POSITIONS, KERNEL * KERNEL, CHANNELS),
          uniform("bias", random, POSITIONS, 1, CHANNELS));
    }

    /** From -1/5 to 1/5, as Conv2d starts with 5 x 5 weights. */
    private static Parameter uniform(String name, RandomGenerator random, int... shape) {
      double bound = 1.0 / KERNEL;
      return Parameter.of(name, Tensor.uniform(random, DType.FLOAT32, -bound, bound, shape));
    }

    @Override
    public Tensor forward(Tensor x) {
      Tensor windows = Convolutions.unfold(x, new int[] {KERNEL, KERNEL}, Window.UNIT);
      Tensor byPosition = windows.permute(2, 0, 1); // [positions, n, kernel²]
      return byPosition.matmul(weight.tensor()).add(bias.tensor()).permute(1, 2, 0);
    }

    @Override
    public List<Parameter> ownParameters() {
      return List.of(weight, bias);
    }
  }

  private static Layer shared(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return network(new Conv2d(1, CHANNELS, KERNEL, random), random);
  }

  private static Layer unshared(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return network(new Unshared(random), random);
  }

  private static Layer network(Layer first, RandomGenerator random) {
    return new Sequential(
        first, new ReLU(), new GlobalMaxPool(), new Linear(CHANNELS, Patterns.CLASSES, random));
  }

  static void run(Notebook notebook) {
    notebook.text(
        "Weight sharing. A convolution looks at every place of a picture with the same few weights."
            + " Both networks here look at all windows of 5 x 5 pixels with 12 kernels and keep the"
            + " largest answer of each; but the second has 12 kernels of its own for every place,"
            + " each of which sees few patterns. They learn to tell a plus, a cross, a square and"
            + " an E, anywhere in a picture of 12 x 12, from 200 examples.");
    notebook.number("parameters with shared weights", (double) shared(1).parameterCount());
    notebook.number("parameters without sharing", (double) unshared(1).parameterCount());
    Dataset test = Patterns.make(1_000, 0, Patterns.COLUMNS, 100);
    Comparison accuracy =
        Comparison.of(
            "test accuracy in %",
            "weights not shared",
            "weights shared",
            seed ->
                new double[] {
                  accuracy(unshared(seed), seed, test), accuracy(shared(seed), seed, test)
                });
    notebook.claim(
        "sharing weights raises the accuracy by 15 points at least",
        accuracy.showIn(notebook).growsBy(15));
  }

  private static double accuracy(Layer model, long seed, Dataset test) {
    Dataset data = Patterns.make(EXAMPLES, 0, Patterns.COLUMNS, seed);
    return Training.accuracy(Training.trained(model, new Adam(0.01), data, STEPS, seed), test);
  }
}
