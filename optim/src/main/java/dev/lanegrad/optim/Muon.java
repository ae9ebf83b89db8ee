package dev.lanegrad.optim;

import dev.lanegrad.autodiff.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * Momentum made orthogonal, for the matrices of hidden layers; biases, embeddings and the last
 * layer belong into a {@link ParameterGroup} of another rule. PyTorch: {@code Muon}, which rounds
 * to bfloat16 on the way; here all is in the parameter's dtype.
 *
 * <p>M = M + (1 - momentum) (G - M), U = G + momentum (M - G) by Nesterov's rule, else M; X = U /
 * max (|U|, epsilon), transposed where it is taller than wide; then as often as {@code iterations}
 * says A = X X^T, X = a X + (b A + c A A) X; P = P (1 - learningRate weightDecay) - learningRate r
 * X with r by the {@link Scale}.
 *
 * <p>Source: Jordan et al., "Muon: an optimizer for hidden layers in neural networks", 2024, <a
 * href="https://kellerjordan.github.io/posts/muon/">kellerjordan.github.io</a>; scales: Liu et al.,
 * "Muon is scalable for LLM training", 2025, <a
 * href="https://arxiv.org/abs/2502.16982">arXiv:2502.16982</a>.
 *
 * @param learningRate at least 0
 * @param weightDecay at least 0
 * @param momentum from 0 to less than 1
 * @param nesterov whether the step looks ahead
 * @param a the first coefficient of the iteration, finite
 * @param b the second
 * @param c the third
 * @param epsilon the least norm that is divided by, at least 0
 * @param iterations from 0 to 99
 * @param scale how the rate depends on the matrix's shape
 */
public record Muon(
    double learningRate,
    double weightDecay,
    double momentum,
    boolean nesterov,
    double a,
    double b,
    double c,
    double epsilon,
    int iterations,
    Scale scale)
    implements TensorRule {
  private static final List<String> SETTINGS =
      List.of(
          Settings.RATE, Settings.WEIGHT_DECAY, Settings.MOMENTUM, "a", "b", "c", Settings.EPSILON);

  /** The factor of the rate for a matrix [n, m]; PyTorch's {@code adjust_lr_fn}. */
  public enum Scale {
    /** sqrt(max(1, n / m)). */
    ORIGINAL {
      @Override
      double of(int rows, int columns) {
        return Math.sqrt(Math.max(1, (double) rows / columns));
      }
    },

    /** 0.2 sqrt(max(n, m)): steps as long as AdamW's, so that its rates can be used. */
    MATCH_RMS_ADAMW {
      @Override
      double of(int rows, int columns) {
        return 0.2 * Math.sqrt(Math.max(rows, columns));
      }
    };

    abstract double of(int rows, int columns);
  }

  /**
   * Checks the hyper-parameters.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Muon {
    Ranges.atLeastZero("Muon", "learning rate", learningRate);
    Ranges.atLeastZero("Muon", "weight decay", weightDecay);
    Ranges.fraction("Muon", "momentum", momentum);
    Ranges.finite("Muon", "coefficient a", a);
    Ranges.finite("Muon", "coefficient b", b);
    Ranges.finite("Muon", "coefficient c", c);
    Ranges.atLeastZero("Muon", "epsilon", epsilon);
    boolean inRange = iterations >= 0 && iterations < 100;
    Ranges.check(inRange, "Muon", "iterations", "from 0 to 99", iterations);
    Objects.requireNonNull(scale, "Muon: scale is null");
  }

  /** Muon with PyTorch's learning rate of 1e-3. */
  public Muon() {
    this(1e-3);
  }

  /** Muon with weight decay 0.1, momentum 0.95 by Nesterov's rule and five iterations. */
  public Muon(double learningRate) {
    this(learningRate, 0.1, 0.95, true, 3.4445, -4.7750, 2.0315, 1e-7, 5, Scale.ORIGINAL);
  }

  /**
   * This rule with another {@code weightDecay}. PyTorch: {@code weight_decay}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public Muon withWeightDecay(double value) {
    return with(Settings.WEIGHT_DECAY, value);
  }

  /**
   * This rule with another {@code momentum}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public Muon withMomentum(double value) {
    return with(Settings.MOMENTUM, value);
  }

  /** This rule with or without {@code nesterov}. */
  public Muon withNesterov(boolean value) {
    return new Muon(
        learningRate, weightDecay, momentum, value, a, b, c, epsilon, iterations, scale);
  }

  /**
   * This rule with other coefficients {@code a}, {@code b} and {@code c}. PyTorch: {@code
   * ns_coefficients}.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Muon withCoefficients(double first, double second, double third) {
    return new Muon(
        learningRate,
        weightDecay,
        momentum,
        nesterov,
        first,
        second,
        third,
        epsilon,
        iterations,
        scale);
  }

  /**
   * This rule with another {@code epsilon}. PyTorch: {@code eps}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public Muon withEpsilon(double value) {
    return with(Settings.EPSILON, value);
  }

  /**
   * This rule with another number of {@code iterations}. PyTorch: {@code ns_steps}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public Muon withIterations(int value) {
    return new Muon(learningRate, weightDecay, momentum, nesterov, a, b, c, epsilon, value, scale);
  }

  /** This rule with another {@code scale}. PyTorch: {@code adjust_lr_fn}. */
  public Muon withScale(Scale scale) {
    return new Muon(
        learningRate, weightDecay, momentum, nesterov, a, b, c, epsilon, iterations, scale);
  }

  @Override
  public SequencedMap<String, Double> settings() {
    return Settings.of(SETTINGS, learningRate, weightDecay, momentum, a, b, c, epsilon);
  }

  @Override
  public Muon with(String setting, double value) {
    double[] s = Settings.changed(this, setting, value);
    return new Muon(s[0], s[1], s[2], nesterov, s[3], s[4], s[5], s[6], iterations, scale);
  }

  /**
   * The momentum.
   *
   * @throws IllegalArgumentException if the parameter is no matrix
   */
  @Override
  public SequencedMap<String, Tensor> states(Tensor parameter) {
    if (parameter.rank() != 2) {
      throw new IllegalArgumentException(
          ("Muon: takes matrices [n, m], not a parameter of shape %s: give that one to another"
                  + " rule in a ParameterGroup of its own")
              .formatted(parameter.shape()));
    }
    SequencedMap<String, Tensor> states = new LinkedHashMap<>();
    states.put("momentum", Tensor.zeros(parameter.dtype(), parameter.shape().toArray()));
    return states;
  }

  @Override
  public double[] numbers(long step, double[] memory) {
    return new double[] {learningRate, momentum, 1 - momentum, 1 - learningRate * weightDecay};
  }

  @Override
  public List<Tensor> step(Terms old) {
    Tensor p = old.parameter();
    Tensor g = old.gradient();
    Tensor buffer = Moves.TOWARDS.applyTo(old.state(0), g, old.number(2));
    Tensor update = nesterov ? Moves.TOWARDS.applyTo(g, buffer, old.number(1)) : buffer;
    double factor = scale.of(p.shape().dim(0), p.shape().dim(1));
    Tensor length = old.number(0).mul(factor);
    return List.of(
        Moves.SHRINK_AND_MOVE.applyTo(p, orthogonal(update), old.number(3), length), buffer);
  }

  /** Nearly U V^T of the singular value decomposition, by Newton and Schulz's iteration. */
  private Tensor orthogonal(Tensor matrix) {
    boolean isTall = matrix.shape().dim(0) > matrix.shape().dim(1);
    Tensor x = isTall ? matrix.transpose() : matrix;
    x = x.div(x.norm().maximum(epsilon));
    for (int i = 0; i < iterations; i++) {
      Tensor gram = x.matmul(x.transpose());
      Tensor polynomial = gram.mul(b).add(gram.matmul(gram).mul(c));
      x = x.mul(a).add(polynomial.matmul(x));
    }
    return isTall ? x.transpose() : x;
  }
}
