package dev.lanegrad.optim;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.GradientException;
import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.Tensor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
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
    return shrunk(gradients, gradients.normTensor(), maxNorm);
  }

  /**
   * {@link #byNorm(Gradients, double)} that can refuse gradients that are not finite.
   *
   * @throws GradientException if the norm is infinite or NaN and that is an error
   */
  public static Gradients byNorm(Gradients gradients, double maxNorm, boolean errorIfNotFinite) {
    Objects.requireNonNull(gradients, "clipping: gradients is null");
    Tensor norm = gradients.normTensor();
    if (errorIfNotFinite) {
      new FiniteNorm().apply(List.of(norm));
    }
    return shrunk(gradients, norm, maxNorm);
  }

  /** {@link #byNorm(Gradients, double)} for who knows the norm. */
  public static Gradients withNorm(Gradients gradients, double norm, double maxNorm) {
    Objects.requireNonNull(gradients, "clipping: gradients is null");
    return shrunk(gradients, Tensor.scalar(DType.FLOAT64, norm), maxNorm);
  }

  /**
   * The largest absolute value of all gradients, at most a bound by one factor for all.
   *
   * @throws IllegalArgumentException if the bound is negative or NaN
   */
  public static Gradients byLargest(Gradients gradients, double bound) {
    Objects.requireNonNull(gradients, "clipping: gradients is null");
    List<Tensor> largest = new ArrayList<>();
    largest.add(Tensor.scalar(DType.FLOAT64, 0));
    gradients.map(
        gradient -> {
          if (gradient.size() > 0) {
            largest.add(gradient.detach().abs().max().cast(DType.FLOAT64));
          }
          return gradient;
        });
    return shrunk(gradients, Tensor.stack(0, largest).max(), bound);
  }

  private static Gradients shrunk(Gradients gradients, Tensor norm, double bound) {
    require(bound, "largest norm");
    List<Tensor> inputs = new ArrayList<>();
    inputs.add(norm);
    gradients.map(gradient -> added(inputs, gradient));
    Iterator<Tensor> results = new Shrunk(bound).apply(inputs).iterator();
    return gradients.map(_ -> results.next());
  }

  private static Tensor added(List<Tensor> all, Tensor one) {
    all.add(one);
    return one;
  }

  private static void require(double bound, String name) {
    if (!(bound >= 0)) {
      throw new IllegalArgumentException(
          "clipping: the %s must be at least 0, not %s".formatted(name, bound));
    }
  }
}
