package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Layer;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** A layer over sequences, forward and in reverse: the gradients of its input and parameters. */
record SequenceTask(SequenceCase layer) implements Task {
  static final String KIND = "sequence";

  static SequenceTask of(String... words) {
    return new SequenceTask(SequenceCase.valueOf(words[0]));
  }

  @Override
  public String key() {
    return KIND + " " + layer.name();
  }

  @Override
  public String name() {
    return layer.toString();
  }

  @Override
  public DType dtype() {
    return DType.FLOAT32;
  }

  @Override
  public String shape() {
    return layer.input().stream()
        .map(n -> String.format(Locale.ROOT, "%d", n))
        .collect(Collectors.joining(" x "));
  }

  /** From -1 to 1. */
  double[] numbers() {
    return new SplittableRandom(9).doubles(Part.product(layer.input()), -1, 1).toArray();
  }

  /** The gradient of the output, from 0 to 1, which has the shape of {@link #numbers}. */
  double[] seed(int size) {
    return new SplittableRandom(10).doubles(size, 0, 1).toArray();
  }

  Work prepare() {
    Layer model = layer.layer();
    int[] dims = layer.input().stream().mapToInt(Integer::intValue).toArray();
    Tensor x = Tensor.ofDoubles(dtype(), Shape.of(dims), numbers());
    Shape result = model.forward(x).shape();
    Tensor seed = Tensor.ofDoubles(dtype(), result, seed(result.size()));
    return new Work(() -> Autodiff.tidy(() -> run(model, x, seed)), 1, () -> run(model, x, seed));
  }

  /** The sum of the means of all gradients' absolute values. */
  private static double run(Layer model, Tensor x, Tensor seed) {
    Tensor leaf = x.requiresGrad();
    Gradients gradients = model.forward(leaf).backward(seed);
    double sum = gradients.of(leaf).abs().mean().item();
    for (Parameter parameter : model.parameters()) {
      sum += gradients.of(parameter).abs().mean().item();
    }
    return sum;
  }
}
