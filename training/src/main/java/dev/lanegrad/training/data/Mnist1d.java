package dev.lanegrad.training.data;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.training.Dataset;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * MNIST-1D: 5,000 noisy signals of length 40 in ten classes, one per digit; 4,000 to train on.
 *
 * <p>Each signal is a template of 12 values, padded, stretched, scaled, moved, laid over noise and
 * sheared. The data set is made, not downloaded: with {@link LegacyRandom} and the published seed
 * it equals the frozen one up to rounding. Inputs have mean 0 and standard deviation 1 over all
 * 5,000 examples. Every accessor returns a fresh array.
 *
 * <p>Source: Greydanus and Kobak, "Scaling down deep learning with MNIST-1D", 2024, <a
 * href="https://arxiv.org/abs/2011.14439">arXiv:2011.14439</a>.
 */
public final class Mnist1d {
  /** Examples to train on. */
  public static final int TRAINING_EXAMPLES = 4000;

  /** Examples to test on. */
  public static final int TEST_EXAMPLES = 1000;

  /** Values of one example. */
  public static final int LENGTH = 40;

  /** Classes, the digits 0 to 9. */
  public static final int CLASSES = 10;

  private static final int EXAMPLES = TRAINING_EXAMPLES + TEST_EXAMPLES;
  private static final int EXAMPLES_PER_CLASS = EXAMPLES / CLASSES;
  private static final int SEED = 42;

  private static final int TEMPLATE_LENGTH = 12;
  private static final int MIN_PADDING = 36;
  private static final int MAX_PADDING = 60;
  private static final int PADDED_LENGTH = TEMPLATE_LENGTH + MAX_PADDING;
  private static final double SCALE = 0.4;
  private static final int TRANSLATION_BOUND = 48;
  private static final double CORRELATED_NOISE = 0.25;
  private static final double INDEPENDENT_NOISE = 0.02;
  private static final double SHEAR = 0.75;

  /** Added to a template, so that only padding is exactly zero. */
  private static final double TEMPLATE_SHIFT = 1e-8;

  private static final double[] SMOOTHING = gaussianWeights(2, 8);

  private static final double[][] TEMPLATES = {
    template(5, 6, 6.5, 6.75, 7, 7, 7, 7, 6.75, 6.5, 6, 5),
    template(5, 3, 3, 3.4, 3.8, 4.2, 4.6, 5, 5.4, 5.8, 5, 5),
    template(5, 6, 6.5, 6.5, 6, 5.25, 4.75, 4, 3.5, 3.5, 4, 5),
    template(5, 6, 6.5, 6.5, 6, 5, 5, 6, 6.5, 6.5, 6, 5),
    template(5, 4.4, 3.8, 3.2, 2.6, 2.6, 5, 5, 5, 5, 5, 5),
    template(5, 3, 3, 3, 3, 5, 6, 6.5, 6.5, 6, 4.5, 5),
    template(5, 4, 3.5, 3.25, 3, 3, 3, 3, 3.25, 3.5, 4, 5),
    template(5, 7, 7, 6.6, 6.2, 5.8, 5.4, 5, 4.6, 4.2, 5, 5),
    template(5, 4, 3.5, 3.5, 4, 5, 5, 4, 3.5, 3.5, 4, 5),
    template(5, 4, 3.5, 3.5, 4, 5, 5, 5, 5, 4.7, 4.3, 5),
  };

  private final double[] inputs;
  private final int[] labels;
  private final double[] axis;

  private Mnist1d(double[] inputs, int[] labels, double[] axis) {
    this.inputs = inputs;
    this.labels = labels;
    this.axis = axis;
  }

  /** The data set with its positions in order. */
  public static Mnist1d make() {
    return generate(false);
  }

  /**
   * The data set with the 40 positions of all examples under one fixed permutation: a linear model
   * loses nothing by it, a convolution the neighbourhoods that it relies on.
   */
  public static Mnist1d shuffled() {
    return generate(true);
  }

  @Override
  public String toString() {
    return "Mnist1d[training=%s, test=%s, length=%s]"
        .formatted(TRAINING_EXAMPLES, TEST_EXAMPLES, LENGTH);
  }

  /** Training inputs and labels, shapes [4000, 40] and [4000]. */
  public Dataset training(DType dtype) {
    return dataset(dtype, trainingInputs(), trainingLabels());
  }

  /** Test inputs and labels, shapes [1000, 40] and [1000]. */
  public Dataset test(DType dtype) {
    return dataset(dtype, testInputs(), testLabels());
  }

  private static Dataset dataset(DType dtype, double[] inputs, int[] labels) {
    Shape shape = Shape.of(labels.length, LENGTH);
    return new Dataset(Tensor.ofDoubles(dtype, shape, inputs), Tensor.ofInts(labels));
  }

  /** Training inputs, row-major, shape [4000, 40]. */
  public double[] trainingInputs() {
    return Arrays.copyOf(inputs, TRAINING_EXAMPLES * LENGTH);
  }

  /** Classes of the training inputs, shape [4000]. */
  public int[] trainingLabels() {
    return Arrays.copyOf(labels, TRAINING_EXAMPLES);
  }

  /** Test inputs, row-major, shape [1000, 40]. */
  public double[] testInputs() {
    return Arrays.copyOfRange(inputs, TRAINING_EXAMPLES * LENGTH, inputs.length);
  }

  /** Classes of the test inputs, shape [1000]. */
  public int[] testLabels() {
    return Arrays.copyOfRange(labels, TRAINING_EXAMPLES, labels.length);
  }

  /** Times t of the 40 positions, for plots, shape [40]; in order also when shuffled. */
  public double[] axis() {
    return axis.clone();
  }

  private static Mnist1d generate(boolean shufflePositions) {
    LegacyRandom random = new LegacyRandom(SEED);
    double[][] signals = new double[EXAMPLES][];
    for (int i = 0; i < EXAMPLES; i++) {
      signals[i] = signal(TEMPLATES[i / EXAMPLES_PER_CLASS], random);
    }
    int[] order = random.permutation(EXAMPLES);
    int[] positions =
        shufflePositions ? random.permutation(LENGTH) : IntStream.range(0, LENGTH).toArray();

    int[] labels = IntStream.of(order).map(example -> example / EXAMPLES_PER_CLASS).toArray();
    double[] raw =
        values(EXAMPLES * LENGTH, i -> signals[order[i / LENGTH]][positions[i % LENGTH]]);
    double mean = mean(raw);
    double deviation = standardDeviation(raw);
    double[] inputs = values(raw.length, i -> (raw[i] - mean) / deviation);
    return new Mnist1d(inputs, labels, axis(deviation));
  }

  /** One example; the order of the draws is part of the data set. */
  private static double[] signal(double[] template, LegacyRandom random) {
    double[] padded = pad(template, random);
    double[] stretched = interpolate(padded, PADDED_LENGTH);
    double[] scaled = scale(stretched, random);
    double[] translated = translate(scaled, random);
    double[] noisy = addNoise(translated, random);
    double[] sheared = shear(noisy, random);
    return interpolate(sheared, LENGTH);
  }

  private static double[] axis(double deviation) {
    double[] line = linspace(-5, 5, TEMPLATE_LENGTH);
    double[] times = values(TEMPLATE_LENGTH, i -> line[i] / 6);
    double[] resampled = interpolate(interpolate(times, PADDED_LENGTH), LENGTH);
    return values(LENGTH, i -> resampled[i] / deviation);
  }

  private static double[] template(double... drawn) {
    double mean = mean(drawn);
    double deviation = standardDeviation(drawn);
    double first = (drawn[0] - mean) / deviation;
    return values(TEMPLATE_LENGTH, i -> ((drawn[i] - mean) / deviation - first) / 6);
  }

  private static double[] pad(double[] template, LegacyRandom random) {
    int padding = MIN_PADDING + (int) (random.nextDouble() * (MAX_PADDING - MIN_PADDING + 1));
    return values(
        template.length + padding, i -> i < template.length ? template[i] + TEMPLATE_SHIFT : 0);
  }

  private static double[] scale(double[] x, LegacyRandom random) {
    double factor = 1 + SCALE * (random.nextDouble() - 0.5);
    return values(x.length, i -> x[i] * factor);
  }

  private static double[] translate(double[] x, LegacyRandom random) {
    int distance = random.nextInt(TRANSLATION_BOUND);
    return values(x.length, i -> x[(i + x.length - distance) % x.length]);
  }

  /** Correlated noise in place of the padding, then independent noise everywhere. */
  private static double[] addNoise(double[] x, LegacyRandom random) {
    double[] correlated = smooth(noise(x.length, CORRELATED_NOISE, random));
    double[] independent = noise(x.length, INDEPENDENT_NOISE, random);
    return values(x.length, i -> (x[i] == 0 ? correlated[i] : x[i]) + independent[i]);
  }

  private static double[] shear(double[] x, LegacyRandom random) {
    double slope = SHEAR * (random.nextDouble() - 0.5);
    double[] line = linspace(-0.5, 0.5, x.length);
    return values(x.length, i -> x[i] - slope * line[i]);
  }

  private static double[] noise(int length, double deviation, LegacyRandom random) {
    double[] noise = new double[length];
    for (int i = 0; i < length; i++) {
      noise[i] = deviation * random.nextNormal();
    }
    return noise;
  }

  /** Gaussian filter with mirrored edges, {@code d c b a | a b c d | d c b a}. */
  private static double[] smooth(double[] x) {
    double[] smoothed = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      double sum = x[i] * SMOOTHING[0];
      for (int d = SMOOTHING.length - 1; d > 0; d--) {
        sum += (x[mirror(i - d, x.length)] + x[mirror(i + d, x.length)]) * SMOOTHING[d];
      }
      smoothed[i] = sum;
    }
    return smoothed;
  }

  private static int mirror(int index, int length) {
    if (index < 0) {
      return -1 - index;
    }
    return index < length ? index : 2 * length - 1 - index;
  }

  /** Weights at distances 0 to radius, of sum 1 when every distance but 0 counts twice. */
  private static double[] gaussianWeights(double sigma, int radius) {
    double[] bell = values(radius + 1, d -> StrictMath.exp(-0.5 / (sigma * sigma) * (d * d)));
    double total = 2 * Arrays.stream(bell).sum() - bell[0];
    return values(radius + 1, d -> bell[d] / total);
  }

  /** Piecewise linear resampling of a signal on [0, 1], as {@code numpy.interp} does it. */
  private static double[] interpolate(double[] x, int length) {
    double[] oldGrid = linspace(0, 1, x.length);
    double[] newGrid = linspace(0, 1, length);
    double[] resampled = new double[length];
    int left = 0;
    for (int i = 0; i < length - 1; i++) {
      while (oldGrid[left + 1] <= newGrid[i]) {
        left++;
      }
      double slope = (x[left + 1] - x[left]) / (oldGrid[left + 1] - oldGrid[left]);
      resampled[i] = slope * (newGrid[i] - oldGrid[left]) + x[left];
    }
    resampled[length - 1] = x[x.length - 1];
    return resampled;
  }

  private static double[] linspace(double start, double stop, int length) {
    double step = (stop - start) / (length - 1);
    return values(length, i -> i == length - 1 ? stop : i * step + start);
  }

  private static double mean(double[] x) {
    return Arrays.stream(x).sum() / x.length;
  }

  private static double standardDeviation(double[] x) {
    double mean = mean(x);
    double squares = Arrays.stream(x).map(value -> (value - mean) * (value - mean)).sum();
    return Math.sqrt(squares / x.length);
  }

  private static double[] values(int length, IntToDoubleFunction formula) {
    return IntStream.range(0, length).mapToDouble(formula).toArray();
  }
}
