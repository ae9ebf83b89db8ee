package dev.lanegrad.autodiff.formula;

/** How a fold combines elements. The order in which it does is fixed by the shapes alone. */
public enum Reduction {
  /** The sum; 0 of nothing. */
  SUM(0) {
    @Override
    public Formula combine(Formula a, Formula b) {
      return a.add(b);
    }

    @Override
    public double combine(double a, double b) {
      return a + b;
    }

    @Override
    public float combine(float a, float b) {
      return a + b;
    }
  },

  /** The largest element; NaN if there is one. */
  MAX(Double.NEGATIVE_INFINITY) {
    @Override
    public Formula combine(Formula a, Formula b) {
      return a.maximum(b);
    }

    @Override
    public double combine(double a, double b) {
      return a > b || Double.isNaN(a) ? a : b;
    }

    @Override
    public float combine(float a, float b) {
      return a > b || Float.isNaN(a) ? a : b;
    }
  },

  /** The smallest element; NaN if there is one. */
  MIN(Double.POSITIVE_INFINITY) {
    @Override
    public Formula combine(Formula a, Formula b) {
      return a.minimum(b);
    }

    @Override
    public double combine(double a, double b) {
      return a < b || Double.isNaN(a) ? a : b;
    }

    @Override
    public float combine(float a, float b) {
      return a < b || Float.isNaN(a) ? a : b;
    }
  };

  private final double identity;

  Reduction(double identity) {
    this.identity = identity;
  }

  /** What an empty fold gives, and what every accumulator starts from. */
  public double identity() {
    return identity;
  }

  /** The combination of two elements, as a formula. */
  public abstract Formula combine(Formula a, Formula b);

  /** The same for two numbers. */
  public abstract double combine(double a, double b);

  /** The same for two numbers of float32. */
  public abstract float combine(float a, float b);
}
