package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * What the tests know of a layer: how it is made, an input, and the output by plain loops.
 *
 * @param make a float64 layer from random numbers
 * @param inputs of {@code run}
 * @param run the output, by default {@link Layer#forward}
 * @param reference the output's elements in row-major order
 * @param order how often it can be differentiated
 */
record LayerSample<L extends Layer>(
    String name,
    Function<RandomGenerator, L> make,
    List<Tensor> inputs,
    BiFunction<L, List<Tensor>, Tensor> run,
    Reference<L> reference,
    int order) {
  /** Computes an output from the elements of inputs without any tensor. */
  interface Reference<L> {
    double[] of(L layer, double[]... inputs);
  }

  /** A layer made once, whose state stays as it was then. */
  static final class Made<L extends Layer> {
    private final LayerSample<L> sample;
    private final L layer;

    private Made(LayerSample<L> sample, L layer) {
      this.sample = sample;
      this.layer = layer;
    }

    L layer() {
      return layer;
    }

    /** The output, which leaves buffers as they are. */
    Tensor output(List<Tensor> inputs) {
      return Autodiff.withoutEffects(() -> counted(inputs));
    }

    /** The output, which counts in buffers. */
    Tensor counted(List<Tensor> inputs) {
      return sample.run.apply(layer, inputs);
    }

    double[] expected() {
      double[][] numbers =
          sample.inputs.stream().map(LayerSample::numbers).toArray(double[][]::new);
      return Autodiff.withoutEffects(() -> sample.reference.of(layer, numbers));
    }
  }

  static <L extends Layer> LayerSample<L> of(
      Function<RandomGenerator, L> make, Tensor x, Reference<L> reference) {
    return new LayerSample<>(
        "", make, List.of(x), (l, in) -> l.forward(in.getFirst()), reference, 2);
  }

  LayerSample<L> named(String what) {
    return new LayerSample<>(what, make, inputs, run, reference, order);
  }

  LayerSample<L> order(int highest) {
    return new LayerSample<>(name, make, inputs, run, reference, highest);
  }

  /** With more inputs than the first. */
  LayerSample<L> running(BiFunction<L, List<Tensor>, Tensor> other, Tensor... more) {
    List<Tensor> all = new ArrayList<>(inputs);
    all.addAll(List.of(more));
    return new LayerSample<>(name, make, all, other, reference, order);
  }

  Made<L> made(long seed, boolean training) {
    L layer = make.apply(new SplittableRandom(seed));
    if (!training) {
      layer.eval();
    }
    return new Made<>(this, layer);
  }

  Class<?> type() {
    return made(1, true).layer.getClass();
  }

  private static double[] numbers(Tensor tensor) {
    return tensor.toDoubleArray();
  }

  static double[] numbers(Parameter parameter) {
    return parameter.tensor().toDoubleArray();
  }

  /** Normal numbers, always the same ones for a shape. */
  static Tensor normal(int... shape) {
    return Tensor.normal(
        new SplittableRandom(java.util.Arrays.hashCode(shape)), DType.FLOAT64, shape);
  }

  @Override
  public String toString() {
    return (type().getSimpleName() + " " + name).strip();
  }
}
