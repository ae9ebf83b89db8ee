package dev.lanegrad.autodiff.formula;

/**
 * Parts of derivatives that the function table uses by name.
 *
 * <p>They are written for the whole range of both dtypes: neither y(1 - y), which is 0 as soon as y
 * is 1, nor squares that overflow where the slope does not. Where a slope is 0 by a condition, that
 * condition is the outermost {@link #zeroWhere}, so that {@link Pullback} finds it.
 */
final class Slopes {
  private static final double TWO_OVER_ROOT_PI = 1.1283791670955126;
  private static final double ONE_OVER_ROOT_TWO_PI = 0.3989422804014327;
  private static final double ONE_OVER_ROOT_TWO = 0.7071067811865476;

  /**
   * A power of two whose multiples' squares overflow only where 1 / x^2 is 0 in either dtype.
   * Scaling by it changes no bit of 1 / (1 + x^2).
   */
  private static final double DOWN = 0x1p-27;

  /** From here on 1 + x^2 is x^2 in either dtype. */
  private static final double LARGE = 0x1p30;

  /** Up to there a gate such as sigmoid or the normal distribution has closed in either dtype. */
  private static final double CLOSED = 1_000;

  private Slopes() {}

  static Formula number(double value) {
    return Formula.constant(value);
  }

  static Formula zeroWhere(Formula condition, Formula slope) {
    return condition.where(Formula.ZERO, slope);
  }

  static Formula zeroUnless(Formula condition, Formula slope) {
    return condition.where(slope, Formula.ZERO);
  }

  static Formula oneWhere(Formula condition) {
    return zeroUnless(condition, Formula.ONE);
  }

  /** Whether low < x < high. */
  static Formula inside(Formula x, double low, double high) {
    return x.greater(low).logicalAnd(x.less(high));
  }

  /** What one of two numbers gets of the gradient of their minimum or maximum if it is that. */
  static Formula shareOf(Formula a, Formula b) {
    return a.equal(b).where(number(0.5), number(1));
  }

  /** (1 - x)(1 + x), which does not cancel near 1. */
  static Formula oneMinusSquare(Formula x) {
    return Formula.ONE.sub(x).mul(x.add(1));
  }

  /** The root of x^2 plus or minus 1, which is |x| where the square would overflow. */
  static Formula sizeOr(Formula x, Formula root) {
    Formula size = x.abs();
    return size.greater(LARGE).where(size, root);
  }

  /** 1 / (1 + x^2). */
  static Formula atanSlope(Formula x) {
    return number(DOWN * DOWN).div(x.mul(DOWN).square().add(DOWN * DOWN));
  }

  /** 1 / (1 + |x|)^2. */
  static Formula softsignSlope(Formula x) {
    return number(DOWN * DOWN).div(x.abs().add(1).mul(DOWN).square());
  }

  /** b a^(b-1), 0 for b = 0 even where the power is infinite; the slope of that 0 is infinite. */
  static Formula powerSlope(Formula b, Formula power) {
    if (b.isConstant(0)) {
      return Formula.ZERO;
    }
    Formula product = b.mul(power);
    return b.equal(0).logicalAnd(product.notEqual(product)).where(b.sqrt(), product);
  }

  /** Where a^b log(a) is 0 though log(a) is infinite, or is taken as 0. */
  static Formula isFlatInExponent(Formula a, Formula b, Formula y) {
    Formula vanishes = y.equal(0).logicalAnd(a.greaterEqual(0));
    return vanishes.logicalOr(a.equal(0).logicalAnd(b.equal(0)));
  }

  /**
   * The slope of a function of a length: 0 where that is 0 and there is no slope. The slope of this
   * 0 is NaN, since that of the root is infinite and that of the length 0.
   */
  static Formula zeroAtOrigin(Formula length, Formula slope) {
    return length.equal(0).where(length.sqrt(), slope);
  }

  /** numerator / (a^2 + b^2), through the length of half of (a, b), which does not overflow. */
  static Formula overSquaredLength(Formula numerator, Formula a, Formula b) {
    Formula half = a.mul(0.5).hypot(b.mul(0.5));
    Formula slope = numerator.div(half).mul(0.25).div(half);
    return zeroAtOrigin(half, zeroWhere(half.equal(Double.POSITIVE_INFINITY), slope));
  }

  /** 2 / sqrt(pi) exp(-x^2). */
  static Formula gauss(Formula x) {
    return x.square().neg().exp().mul(TWO_OVER_ROOT_PI);
  }

  private static Formula normalCdf(Formula x) {
    return x.mul(-ONE_OVER_ROOT_TWO).erfc().mul(0.5);
  }

  private static Formula normalDensity(Formula x) {
    return x.square().mul(-0.5).exp().mul(ONE_OVER_ROOT_TWO_PI);
  }

  /** x as a factor of a gate, which is 0 long before x is infinite. */
  private static Formula finite(Formula x) {
    return x.clamp(-CLOSED, CLOSED);
  }

  /** The normal distribution plus x times its density. */
  static Formula geluSlope(Formula x) {
    return normalCdf(x).add(finite(x).mul(normalDensity(x)));
  }

  /**
   * With s = sigmoid(2 u): s + x s (1 - s) 2 u'. The factors are made finite early: a select at the
   * end of this chain takes 6 % of its time.
   */
  static Formula geluTanhSlope(Formula x) {
    double slope = 2 * Activations.GELU_SLOPE;
    double cubic = slope * Activations.GELU_CUBIC;
    Formula square = x.square();
    Formula gate = square.mul(cubic).add(slope).mul(x).sigmoid();
    Formula steepness = square.mul(3 * cubic).add(slope);
    Formula isOpen = square.less(CLOSED * CLOSED);
    Formula near = zeroUnless(isOpen, x);
    Formula finite = isOpen.where(steepness, Formula.ONE);
    return gate.add(near.mul(gate).mul(Formula.ONE.sub(gate)).mul(finite));
  }

  /** s (1 + x (1 - s)), 1 - s as sigmoid(-x). */
  static Formula siluSlope(Formula x) {
    return x.sigmoid().mul(finite(x).mul(x.neg().sigmoid()).add(1));
  }

  /** With t = tanh(softplus(x)): t + x sigmoid(x) (1 - t^2). */
  static Formula mishSlope(Formula x) {
    Formula t = x.softplus().tanh();
    return t.add(finite(x).mul(x.sigmoid()).mul(Formula.ONE.sub(t.square())));
  }

  /**
   * d/da of a expm1(x / a) with r = x / a: expm1(r) - r e^r, near 0 its series, the sum over n of
   * -(n - 1) / n! r^n.
   */
  static Formula celuAlphaSlope(Formula r) {
    Formula sum = Formula.ZERO;
    double factorial = 6_227_020_800.0; // 13!
    for (int n = 13; n >= 2; n--) {
      sum = r.fma(sum, number((1 - n) / factorial));
      factorial /= n;
    }
    Formula far = r.expm1().sub(r.maximum(-CLOSED).mul(r.exp()));
    return r.greater(-0.25).where(r.square().mul(sum), far);
  }
}
