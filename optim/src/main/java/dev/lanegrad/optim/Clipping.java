package dev.lanegrad.optim;

import dev.lanegrad.autodiff.GradientException;
import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.Tensor;
import java.util.Objects;

/**
 * Bounds for gradients, as PyTorch's {@code clip_grad_value_} and {@code clip_grad_norm_} have
 * them. Gradients that are accumulated are clipped once, when the last has been added.
 *
 * <pre>{@code
 * optimizer.step(Clipping.byNorm(loss.backward(), 1));
 * }</pre>
 */
public final class Clipping {
  /** So that a norm of 0 can be divided by. */
  private static final double EPSILON = 1e-6;

  /** Factors below it are rounded too coarsely in float32. */
  private static final double SMALL = 0x1p-100;

  private Clipping() {}

  /**
   * Every element from -limit to limit; NaN stays NaN.
   *
   * @throws IllegalArgumentException if the limit is negative or NaN
   */
  public static Gradients byValue(Gradients gradients, double limit) {
    Objects.requireNonNull(gradients, "clipping: gradients is null");
    require(limit, "limit");
    return gradients.map(gradient -> gradient.clamp(-limit, limit));
  }

  /**
   * All gradients times one factor, so that their norm as one vector, {@link Gradients#norm}, is at
   * most a bound: min(1, maxNorm / (norm + 1e-6)). The norm is finite wherever a double can hold
   * it, also of float32 gradients whose squares are not.
   *
   * @throws IllegalArgumentException if the bound is negative or NaN
   */
  public static Gradients byNorm(Gradients gradients, double maxNorm) {
    Objects.requireNonNull(gradients, "clipping: gradients is null");
    return withNorm(gradients, gradients.norm(), maxNorm);
  }

  /**
   * {@link #byNorm(Gradients, double)} that can refuse gradients that are not finite.
   *
   * @throws GradientException if the norm is infinite or NaN and that is an error
   */
  public static Gradients byNorm(Gradients gradients, double maxNorm, boolean errorIfNotFinite) {
    Objects.requireNonNull(gradients, "clipping: gradients is null");
    double norm = gradients.norm();
    if (errorIfNotFinite && !Double.isFinite(norm)) {
      throw new GradientException("clipping: the norm of the gradients is " + norm);
    }
    return withNorm(gradients, norm, maxNorm);
  }

  /** {@link #byNorm(Gradients, double)} for who knows the norm. */
  public static Gradients withNorm(Gradients gradients, double norm, double maxNorm) {
    Objects.requireNonNull(gradients, "clipping: gradients is null");
    require(maxNorm, "largest norm");
    double factor = maxNorm / (norm + EPSILON);
    return factor >= 1 ? gradients : gradients.map(gradient -> scaled(gradient, factor));
  }

  /** The largest absolute value of all gradients, at most a bound by one factor for all. */
  public static Gradients byLargest(Gradients gradients, double bound) {
    Objects.requireNonNull(gradients, "clipping: gradients is null");
    double[] largest = {0};
    gradients.map(
        gradient -> {
          if (gradient.size() > 0) {
            largest[0] = Math.max(largest[0], gradient.abs().max().item());
          }
          return gradient;
        });
    return withNorm(gradients, largest[0], bound);
  }

  private static Tensor scaled(Tensor gradient, double factor) {
    return factor > 0 && factor < SMALL
        ? gradient.mul(SMALL).mul(factor / SMALL)
        : gradient.mul(factor);
  }

  private static void require(double bound, String name) {
    if (!(bound >= 0)) {
      throw new IllegalArgumentException(
          "clipping: the %s must be at least 0, not %s".formatted(name, bound));
    }
  }
}
