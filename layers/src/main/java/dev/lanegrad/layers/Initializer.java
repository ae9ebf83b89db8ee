package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import java.util.Arrays;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;

/** The numbers that a parameter starts from; see also {@link Fan} and {@link Gain}. */
@FunctionalInterface
public interface Initializer {
  /** New numbers of a shape. */
  Tensor create(RandomGenerator random, DType dtype, int... shape);

  /** Puts new numbers into a parameter. */
  default void fill(Parameter parameter, RandomGenerator random) {
    Require.present("fill", "random", random);
    Tensor numbers = create(random, parameter.dtype(), parameter.shape().toArray());
    if (numbers == null) {
      throw new NullPointerException("fill: the initializer returned null");
    }
    parameter.assign(numbers);
  }

  /** Zeros. */
  static Initializer zeros() {
    return constant(0);
  }

  /** Ones. */
  static Initializer ones() {
    return constant(1);
  }

  /**
   * One number repeated.
   *
   * @throws IllegalArgumentException if it is not finite
   */
  static Initializer constant(double value) {
    Require.finite("constant", "value", value);
    return (random, dtype, shape) -> Tensor.full(dtype, value, shape);
  }

  /**
   * Uniform from {@code low} to {@code high}.
   *
   * @throws IllegalArgumentException unless {@code low <= high} and both, and their difference, are
   *     finite
   */
  static Initializer uniform(double low, double high) {
    if (!(low <= high && high - low <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "uniform: needs finite low <= high, not [%s, %s]".formatted(low, high));
    }
    return (random, dtype, shape) -> Tensor.uniform(random, dtype, low, high, shape);
  }

  /**
   * Normal with a mean and a standard deviation.
   *
   * @throws IllegalArgumentException unless both are finite and deviation >= 0
   */
  static Initializer normal(double mean, double deviation) {
    Require.finite("normal", "mean", mean);
    Require.notNegative("normal", "deviation", deviation);
    return (random, dtype, shape) -> Tensor.normal(random, dtype, shape).mul(deviation).add(mean);
  }

  /**
   * Normal with a mean and a standard deviation, from {@code low} to {@code high} only, one of
   * which may be infinite: numbers outside are drawn again.
   *
   * @throws IllegalArgumentException unless {@code deviation > 0}, {@code low < high}, and mean and
   *     deviation are finite
   */
  static Initializer truncatedNormal(double mean, double deviation, double low, double high) {
    TruncatedNormal distribution = new TruncatedNormal(mean, deviation, low, high);
    return (random, dtype, shape) ->
        generate(dtype, Shape.of(shape), () -> distribution.draw(random));
  }

  /**
   * A matrix of orthonormal rows, or columns if there are fewer of these, times a gain. A weight
   * [out, in, ..] is taken as [out, in ..]. It comes from the orthogonalised columns of normal
   * numbers and so has no preferred direction.
   *
   * <p>Source: Saxe, McClelland and Ganguli, "Exact solutions to the nonlinear dynamics of learning
   * in deep linear neural networks", 2013, <a
   * href="https://arxiv.org/abs/1312.6120">arXiv:1312.6120</a>.
   *
   * @throws IllegalArgumentException if the gain is not finite
   * @throws ShapeException when it makes a tensor of less than two dimensions, or without elements
   */
  static Initializer orthogonal(double gain) {
    Require.finite("orthogonal", "gain", gain);
    return (random, dtype, shape) -> {
      Require.lengths("orthogonal", "a weight [out, in, ..]", shape);
      int rows = shape[0];
      int columns = Fan.IN.of(shape);
      double[] values = OrthonormalRows.draw(random, rows, columns);
      Arrays.setAll(values, i -> gain * values[i]);
      return Tensor.ofDoubles(dtype, Shape.of(shape), values);
    };
  }

  private static Tensor generate(DType dtype, Shape shape, DoubleSupplier source) {
    double[] values = new double[shape.size()];
    Arrays.setAll(values, i -> source.getAsDouble());
    return Tensor.ofDoubles(dtype, shape, values);
  }

  /**
   * Uniform between -r and r with r = sqrt(6 / ((1 + slope^2) fan-in)): keeps the variance of what
   * passes forward through a leaky ReLU of that slope, a ReLU for slope 0.
   *
   * <p>Source: He, Zhang, Ren and Sun, "Delving deep into rectifiers", 2015, <a
   * href="https://arxiv.org/abs/1502.01852">arXiv:1502.01852</a>.
   *
   * @throws IllegalArgumentException if the slope is not finite
   */
  static Initializer kaimingUniform(double slope) {
    Require.finite("kaimingUniform", "slope", slope);
    return kaimingUniform(Gain.leakyRelu(slope), Fan.IN);
  }

  /**
   * Normal with mean 0 and standard deviation sqrt(2 / ((1 + slope^2) fan-in)); source and purpose
   * as of {@link #kaimingUniform(double)}.
   *
   * @throws IllegalArgumentException if the slope is not finite
   */
  static Initializer kaimingNormal(double slope) {
    Require.finite("kaimingNormal", "slope", slope);
    return kaimingNormal(Gain.leakyRelu(slope), Fan.IN);
  }

  /**
   * Uniform between -r and r with r = gain sqrt(3 / fan): keeps the variance of what passes
   * forward, or with {@link Fan#OUT} of the gradients that pass back.
   *
   * @param gain see {@link Gain}
   * @throws IllegalArgumentException if the gain is negative or not finite
   */
  static Initializer kaimingUniform(double gain, Fan fan) {
    Require.present("kaimingUniform", "fan", fan);
    Require.notNegative("kaimingUniform", "gain", gain);
    return (random, dtype, shape) -> {
      double range = gain * Math.sqrt(3.0 / Math.max(fan.of(shape), 1));
      return Tensor.uniform(random, dtype, -range, range, shape);
    };
  }

  /**
   * Normal with mean 0 and standard deviation gain / sqrt(fan); purpose as of {@link
   * #kaimingUniform(double, Fan)}.
   *
   * @throws IllegalArgumentException if the gain is negative or not finite
   */
  static Initializer kaimingNormal(double gain, Fan fan) {
    Require.present("kaimingNormal", "fan", fan);
    Require.notNegative("kaimingNormal", "gain", gain);
    return (random, dtype, shape) ->
        normal(0, gain / Math.sqrt(Math.max(fan.of(shape), 1))).create(random, dtype, shape);
  }

  /**
   * Uniform between -r and r with r = gain sqrt(6 / (fan-in + fan-out)): keeps the variance of what
   * passes forward and of the gradients at about the same size.
   *
   * <p>Source: Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural
   * networks", AISTATS 2010, <a href="https://proceedings.mlr.press/v9/glorot10a.html">PMLR
   * 9:249-256</a>.
   *
   * @param gain see {@link Gain}
   * @throws IllegalArgumentException if the gain is negative or not finite
   */
  static Initializer xavierUniform(double gain) {
    Require.notNegative("xavierUniform", "gain", gain);
    return (random, dtype, shape) -> {
      double range = gain * Math.sqrt(6.0 / bothFans(shape));
      return Tensor.uniform(random, dtype, -range, range, shape);
    };
  }

  /**
   * Normal with mean 0 and standard deviation gain sqrt(2 / (fan-in + fan-out)); source and purpose
   * as of {@link #xavierUniform}.
   *
   * @throws IllegalArgumentException if the gain is negative or not finite
   */
  static Initializer xavierNormal(double gain) {
    Require.notNegative("xavierNormal", "gain", gain);
    return (random, dtype, shape) -> {
      double deviation = gain * Math.sqrt(2.0 / bothFans(shape));
      return normal(0, deviation).create(random, dtype, shape);
    };
  }

  private static double bothFans(int... shape) {
    return Math.max((double) Fan.IN.of(shape) + Fan.OUT.of(shape), 1);
  }
}
