package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.internal.op.Philox;
import dev.lanegrad.autodiff.op.Elementwise;

/**
 * Where random numbers inside a model come from: a key and a counter determine them completely.
 * Immutable; {@link #next()} is the key for the next draw.
 *
 * <p>Shapes: each draw gives {@code shape}; it throws a {@link DTypeException} if the dtype is
 * neither float32 nor float64, and a {@link ShapeException} if the shape has more elements than a
 * tensor.
 *
 * @param seed names the sequence
 * @param counter the place in it
 */
public record RandomKey(long seed, long counter) {
  private static final Formula U = Formula.input(0);
  private static final Formula V = Formula.input(1);

  /** sqrt(-2 log(1 - u)) cos(2 pi v), Box and Muller 1958. */
  private static final Elementwise BOX_MULLER =
      Elementwise.of(Formula.ONE.sub(U).log().mul(-2).sqrt().mul(V.mul(2 * Math.PI).cos()));

  /** The first key of a sequence. */
  public RandomKey(long seed) {
    this(seed, 0);
  }

  /** The key for the next draw. */
  public RandomKey next() {
    return new RandomKey(seed, counter + 1);
  }

  /** Uniform numbers in [0, 1). PyTorch: {@code torch.rand}. */
  public Tensor uniform(DType dtype, int... shape) {
    return uniform(dtype, Shape.of(Present.of("uniform", "shape", shape)));
  }

  /** Uniform numbers in [0, 1). */
  public Tensor uniform(DType dtype, Shape shape) {
    Present.of("uniform", "shape", shape);
    return new Philox(dtype, shape).applyTo(Tensor.ofInts(Philox.words(seed, counter)));
  }

  /**
   * Numbers of the standard normal distribution. Each comes from two uniform ones of its own and
   * from a logarithm and a cosine whose bits are the same on every machine, which takes up to four
   * times as long as in PyTorch. PyTorch: {@code torch.randn}.
   */
  public Tensor normal(DType dtype, int... shape) {
    return normal(dtype, Shape.of(Present.of("normal", "shape", shape)));
  }

  /** {@link #normal(DType, int...)} of a shape. */
  public Tensor normal(DType dtype, Shape shape) {
    int size = Present.of("normal", "shape", shape).size();
    Tensor pairs = uniform(dtype, 2, size);
    Tensor u = pairs.slice(0, 0, 1).reshape(shape);
    Tensor v = pairs.slice(0, 1, 2).reshape(shape);
    return BOX_MULLER.applyTo(u, v);
  }

  /**
   * A dropout mask: 0 with probability {@code rate}, else 1 / (1 - rate).
   *
   * @param rate from 0 (inclusive) to 1 (exclusive)
   * @throws IllegalArgumentException if it is not
   */
  public Tensor dropoutMask(DType dtype, double rate, int... shape) {
    return dropoutMask(dtype, rate, Shape.of(Present.of("dropoutMask", "shape", shape)));
  }

  /** {@link #dropoutMask(DType, double, int...)} of a shape. */
  public Tensor dropoutMask(DType dtype, double rate, Shape shape) {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("dropoutMask: rate %s is not in [0, 1)".formatted(rate));
    }
    Present.of("dropoutMask", "shape", shape);
    Formula kept = U.greaterEqual(rate).mul(1 / (1 - rate));
    return Elementwise.of(kept).applyTo(uniform(dtype, shape));
  }
}
