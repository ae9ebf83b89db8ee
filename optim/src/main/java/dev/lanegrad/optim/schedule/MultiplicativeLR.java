package dev.lanegrad.optim.schedule;

import java.util.Objects;
import java.util.function.LongToDoubleFunction;

/**
 * The rate of the step before times a function of the step: start factor(1) ... factor(step).
 *
 * <p>A step that follows one that was asked for costs one call of the function, another one as many
 * as its number.
 */
public final class MultiplicativeLR implements RateSchedule {
  private final LongToDoubleFunction factor;
  private volatile Product known = new Product(0, 1);

  /** The product of the factors up to a step. */
  private record Product(long step, double value) {}

  /**
   * A schedule by a pure function.
   *
   * @throws NullPointerException if it is null
   */
  public MultiplicativeLR(LongToDoubleFunction factor) {
    this.factor = Objects.requireNonNull(factor, "MultiplicativeLR: factor is null");
  }

  @Override
  public double rate(long step, double start) {
    Product product = known;
    if (product.step > step) {
      product = new Product(0, 1);
    }
    for (long next = product.step + 1; next <= step; next++) {
      product = new Product(next, product.value * factor.applyAsDouble(next));
    }
    known = product;
    return start * product.value;
  }

  @Override
  public double next(long step, double current, double start) {
    return step == 0 ? current : current * factor.applyAsDouble(step);
  }

  @Override
  public String toString() {
    return "MultiplicativeLR";
  }
}
