package dev.lanegrad.autodiff.formula;

/** Parts of derivatives that the function table uses by name. */
final class Slopes {
  private static final double TWO_OVER_ROOT_PI = 1.1283791670955126;
  private static final double ONE_OVER_ROOT_TWO_PI = 0.3989422804014327;
  private static final double ONE_OVER_ROOT_TWO = 0.7071067811865476;

  private Slopes() {}

  static Formula number(double value) {
    return Formula.constant(value);
  }

  static Formula where(Formula condition, double a, double b) {
    return condition.select(Formula.constant(a), Formula.constant(b));
  }

  /** 1 where low < x < high, else 0. */
  static Formula inside(Formula x, double low, double high) {
    return where(x.greater(low).and(x.less(high)), 1, 0);
  }

  static Formula zeroWhereBothAre(Formula a, Formula b, Formula slope) {
    return a.equal(0).and(b.equal(0)).select(Formula.ZERO, slope);
  }

  /** (1 - x)(1 + x), which does not cancel near 1. */
  static Formula oneMinusSquare(Formula x) {
    return Formula.ONE.sub(x).mul(x.add(1));
  }

  /** 2 / sqrt(pi) exp(-x^2). */
  static Formula gauss(Formula x) {
    return x.square().neg().exp().mul(TWO_OVER_ROOT_PI);
  }

  static Formula normalCdf(Formula x) {
    return x.mul(-ONE_OVER_ROOT_TWO).erfc().mul(0.5);
  }

  static Formula normalDensity(Formula x) {
    return x.square().mul(-0.5).exp().mul(ONE_OVER_ROOT_TWO_PI);
  }

  /** With s = sigmoid(2 u): s + x s (1 - s) 2 u'. */
  static Formula geluTanhSlope(Formula x) {
    double slope = 2 * Activations.GELU_SLOPE;
    double cubic = slope * Activations.GELU_CUBIC;
    Formula square = x.square();
    Formula gate = square.mul(cubic).add(slope).mul(x).sigmoid();
    Formula steepness = square.mul(3 * cubic).add(slope);
    return gate.add(x.mul(gate).mul(Formula.ONE.sub(gate)).mul(steepness));
  }

  /** s (1 + x (1 - s)), 1 - s as sigmoid(-x). */
  static Formula siluSlope(Formula x) {
    return x.sigmoid().mul(x.mul(x.neg().sigmoid()).add(1));
  }

  /** With t = tanh(softplus(x)): t + x sigmoid(x) (1 - t^2). */
  static Formula mishSlope(Formula x) {
    Formula t = x.softplus().tanh();
    return t.add(x.mul(x.sigmoid()).mul(Formula.ONE.sub(t.square())));
  }

  /** d/da of a expm1(x / a), with r = x / a. */
  static Formula celuAlphaSlope(Formula r) {
    return r.expm1().sub(r.mul(r.exp()));
  }
}
