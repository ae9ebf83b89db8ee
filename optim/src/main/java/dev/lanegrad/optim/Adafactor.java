package dev.lanegrad.optim;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.op.Elementwise;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Adaptive steps that remember, of a matrix, only the mean squares of its rows and of its columns.
 * PyTorch: {@code Adafactor}.
 *
 * <p>In step t with w = t^beta2Decay: of a matrix, or of the last two axes of more, R = R + w (mean
 * of g^2 over columns - R), C = C + w (mean of g^2 over rows - C), V = R C / max(mean of R,
 * epsilon1); of a vector V = V + w (g^2 - V). Then u = g / sqrt(max(V, epsilon1^2)), a =
 * max(epsilon2, rms(p)) min(learningRate, 1 / sqrt(t)), p = p (1 - learningRate weightDecay) - a u
 * / max(1, rms(u) / clipping).
 *
 * <p>Source: Shazeer and Stern, "Adafactor: adaptive learning rates with sublinear memory cost",
 * 2018, <a href="https://arxiv.org/abs/1804.04235">arXiv:1804.04235</a>, as PyTorch computes it.
 *
 * @param learningRate the largest relative step, at least 0
 * @param beta2Decay the power of t, at most 0
 * @param epsilon1 keeps quotients finite, at least 0; null for the dtype's distance from 1 to the
 *     next number
 * @param epsilon2 the least scale of a parameter, at least 0
 * @param clipping the largest root mean square of u (PyTorch's d), at least 1
 * @param weightDecay at least 0
 */
public record Adafactor(
    double learningRate,
    double beta2Decay,
    @Nullable Double epsilon1,
    double epsilon2,
    double clipping,
    double weightDecay)
    implements TensorRule {
  private static final List<String> SETTINGS =
      List.of(Settings.RATE, "beta2Decay", "epsilon2", "clipping", Settings.WEIGHT_DECAY);

  private static final Elementwise MEAN_SQUARE =
      Elementwise.of(
          Formula.input(0)
              .add(Formula.input(1).square().sub(Formula.input(0)).mul(Formula.input(2))));

  /**
   * Checks the hyper-parameters.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Adafactor {
    Ranges.atLeastZero("Adafactor", "learning rate", learningRate);
    Ranges.check(
        beta2Decay <= 0 && beta2Decay > Double.NEGATIVE_INFINITY,
        "Adafactor",
        "beta2 decay",
        "finite and at most 0",
        beta2Decay);
    if (epsilon1 != null) {
      Ranges.atLeastZero("Adafactor", "epsilon1", epsilon1);
    }
    Ranges.atLeastZero("Adafactor", "epsilon2", epsilon2);
    Ranges.atLeast(1, "Adafactor", "clipping", clipping);
    Ranges.atLeastZero("Adafactor", "weight decay", weightDecay);
  }

  /** Adafactor with PyTorch's learning rate of 1e-2. */
  public Adafactor() {
    this(1e-2);
  }

  /** Adafactor with beta2 decay -0.8, epsilons of the dtype and 1e-3, clipping at 1, no decay. */
  public Adafactor(double learningRate) {
    this(learningRate, -0.8, null, 1e-3, 1, 0);
  }

  /**
   * This rule with another {@code beta2Decay}. PyTorch: {@code beta2_decay}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public Adafactor withBeta2Decay(double value) {
    return with("beta2Decay", value);
  }

  /**
   * This rule with other {@code epsilon1} and {@code epsilon2}. PyTorch: {@code eps}.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Adafactor withEpsilons(@Nullable Double first, double second) {
    return new Adafactor(learningRate, beta2Decay, first, second, clipping, weightDecay);
  }

  /**
   * This rule with another {@code clipping}. PyTorch: {@code d}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public Adafactor withClipping(double value) {
    return with("clipping", value);
  }

  /**
   * This rule with another {@code weightDecay}. PyTorch: {@code weight_decay}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public Adafactor withWeightDecay(double value) {
    return with(Settings.WEIGHT_DECAY, value);
  }

  @Override
  public SequencedMap<String, Double> settings() {
    return Settings.of(SETTINGS, learningRate, beta2Decay, epsilon2, clipping, weightDecay);
  }

  @Override
  public Adafactor with(String setting, double value) {
    double[] s = Settings.changed(this, setting, value);
    return new Adafactor(s[0], s[1], epsilon1, s[2], s[3], s[4]);
  }

  @Override
  public SequencedMap<String, Tensor> states(Tensor parameter) {
    SequencedMap<String, Tensor> states = new LinkedHashMap<>();
    int[] shape = parameter.shape().toArray();
    if (shape.length < 2) {
      states.put("variance", Tensor.zeros(parameter.dtype(), shape));
    } else {
      int[] rows = shape.clone();
      int[] columns = shape.clone();
      rows[shape.length - 1] = 1;
      columns[shape.length - 2] = 1;
      states.put("rowVariance", Tensor.zeros(parameter.dtype(), rows));
      states.put("columnVariance", Tensor.zeros(parameter.dtype(), columns));
    }
    return states;
  }

  @Override
  public double[] numbers(long step, double[] memory) {
    return new double[] {
      StrictMath.pow((double) step, beta2Decay),
      Math.min(learningRate, 1 / Math.sqrt((double) step)),
      1 - learningRate * weightDecay
    };
  }

  @Override
  public List<Tensor> step(Terms old) {
    Tensor p = old.parameter();
    Tensor g = old.gradient();
    Tensor weight = old.number(0);
    double least = epsilon1 != null ? epsilon1 : epsilon(p.dtype());
    if (g.rank() < 2) {
      Tensor variance = MEAN_SQUARE.applyTo(old.state(0), g, weight);
      return List.of(moved(old, variance, least), variance);
    }
    Tensor rows = Moves.TOWARDS.applyTo(old.state(0), g.square().meanKeeping(-1), weight);
    Tensor columns = Moves.TOWARDS.applyTo(old.state(1), g.square().meanKeeping(-2), weight);
    Tensor variance = rows.mul(columns).div(rows.meanKeeping(-2).maximum(least));
    return List.of(moved(old, variance, least), rows, columns);
  }

  private Tensor moved(Terms old, Tensor variance, double least) {
    Tensor p = old.parameter();
    Tensor scale = rootMeanSquare(p).maximum(epsilon2).mul(old.number(1));
    Tensor direction = old.gradient().div(variance.maximum(least * least).sqrt());
    Tensor excess = rootMeanSquare(direction).div(clipping).maximum(1);
    return Moves.SHRINK_AND_MOVE.applyTo(p, direction, old.number(2), scale.div(excess));
  }

  private static Tensor rootMeanSquare(Tensor tensor) {
    return tensor.norm().div(Math.sqrt(Math.max(tensor.size(), 1)));
  }

  private static double epsilon(DType dtype) {
    return dtype == DType.FLOAT32 ? Math.ulp(1f) : Math.ulp(1.0);
  }
}
