package dev.lanegrad.examples.lectures.convolution;

import dev.lanegrad.autodiff.Convolutions;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.Window;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.layers.Conv1d;
import dev.lanegrad.layers.Flatten;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.ReLU;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.layers.Unflatten;
import dev.lanegrad.optim.Adam;
import dev.lanegrad.training.data.Mnist1d;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** One kernel for all positions, against a kernel of its own for each. */
final class WeightSharing {
  private static final int CHANNELS = 16;
  private static final int KERNEL = 5;
  private static final int EXAMPLES = 4_000;
  private static final int STEPS = 1_000;

  private WeightSharing() {}

  /**
   * What a convolution computes, but with weights of its own at each position: [n, in, length] ->
   * [n, out, positions].
   *
   * @param weight [positions, in kernel, out]
   * @param bias [positions, 1, out]
   */
  private record Unshared(Parameter weight, Parameter bias, Window window) implements Layer {
    Unshared(int in, int out, int positions, Window window, RandomGenerator random) {
      this(
          uniform("weight", in, random, positions, in * KERNEL, out),
          uniform("bias", in, random, positions, 1, out),
          window);
    }

    private static Parameter uniform(String name, int in, RandomGenerator random, int... shape) {
      double bound = 1 / Math.sqrt(in * KERNEL); // as Conv1d starts
      return Parameter.of(name, Tensor.uniform(random, DType.FLOAT32, -bound, bound, shape));
    }

    @Override
    public Tensor forward(Tensor x) {
      Tensor windows = Convolutions.unfold(x, new int[] {KERNEL}, window); // [n, in kernel, positions]
      return windows.permute(2, 0, 1).matmul(weight.tensor()).add(bias.tensor()).permute(1, 2, 0);
    }

    @Override
    public List<Parameter> ownParameters() {
      return List.of(weight, bias);
    }
  }

  private static final Window WINDOW = Window.UNIT.stride(2).padding(2); // halves

  private static Sequential shared(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return network(
        new Conv1d(1, CHANNELS, KERNEL, random).stride(2).padding(2),
        new Conv1d(CHANNELS, CHANNELS, KERNEL, random).stride(2).padding(2),
        new Conv1d(CHANNELS, CHANNELS, KERNEL, random).stride(2).padding(2),
        random);
  }

  private static Sequential unshared(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return network(
        new Unshared(1, CHANNELS, 20, WINDOW, random),
        new Unshared(CHANNELS, CHANNELS, 10, WINDOW, random),
        new Unshared(CHANNELS, CHANNELS, 5, WINDOW, random),
        random);
  }

  private static Sequential network(Layer first, Layer second, Layer third, RandomGenerator random) {
    return new Sequential(
        new Unflatten(1, 1, Mnist1d.LENGTH),
        first,
        new ReLU(),
        second,
        new ReLU(),
        third,
        new ReLU(),
        new Flatten(),
        new Linear(CHANNELS * 5, Mnist1d.CLASSES, random));
  }

  static void run(Notebook notebook) {
    notebook.text(
        "Weight sharing. A convolution looks at every place of a signal with the same few weights."
            + " Both networks here see the same windows of five values in the same three layers of 16"
            + " channels; one has a single set of kernels, the other a set for each position. The"
            + " first has fewer weights and gets more examples for each of them.");
    notebook.number("parameters with shared weights", shared(1).parameterCount());
    notebook.number("parameters without sharing", unshared(1).parameterCount());
    Comparison accuracy =
        Comparison.of(
            "test accuracy in %",
            "weights not shared",
            "weights shared",
            seed -> new double[] {accuracy(unshared(seed), seed), accuracy(shared(seed), seed)});
    notebook.claim(
        "sharing weights raises the accuracy by 5 points at least",
        accuracy.showIn(notebook).growsBy(5));
  }

  private static double accuracy(Layer model, long seed) {
    Training.trained(model, new Adam(0.005), Signals.few(EXAMPLES, seed), STEPS, seed);
    return Training.accuracy(model, Signals.test());
  }
}
