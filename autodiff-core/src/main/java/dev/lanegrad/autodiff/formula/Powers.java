package dev.lanegrad.autodiff.formula;

import dev.lanegrad.autodiff.internal.program.Program;
import dev.lanegrad.autodiff.internal.program.Value;

/**
 * Cube root and power. Bounds are the largest errors measured, in units in the last place, float32
 * / float64.
 */
final class Powers {
  // ln 2 with a short first word, so that multiples of it are exact
  private static final double SHORT_LN2_F32 = 0x1.62e4p-1;
  private static final double SHORT_LN2_REST_F32 = 0x1.7f7d1cp-20;
  private static final double SHORT_LN2_F64 = 0x1.62e42fefa3800p-1;
  private static final double SHORT_LN2_REST_F64 = 0x1.ef35793c76730p-45;

  private static final double TWO_THIRDS_HIGH_F32 = 0x1.555556p-1;
  private static final double TWO_THIRDS_LOW_F32 = -0x1.555556p-26;
  private static final double TWO_THIRDS_HIGH_F64 = 0x1.5555555555555p-1;
  private static final double TWO_THIRDS_LOW_F64 = 0x1.5555555555555p-55;

  // m^(-1/3), roughly, for m in [1/2, 4]
  private static final double[] RCBRT_F32 = {
    0x1.cb97f2p+0, -0x1.80ea76p+0, 0x1.06fa7ep+0, -0x1.8e8692p-2, 0x1.312f08p-4, -0x1.705504p-8
  };
  private static final double[] RCBRT_F64 = {
    0x1.e49c5a22e9e7ap+0,
    -0x1.ec30dd9270c61p+0,
    0x1.b03c4cb30d0f9p+0,
    -0x1.c6604b0902c70p-1,
    0x1.116f9cf62d927p-2,
    -0x1.5b072763857fap-5,
    0x1.675c86fbf5833p-9
  };

  // (1 - e)^(-1/3) = 1 + e (1/3 + 2/9 e + 14/81 e^2 + ...)
  private static final double[] THIRD_ROOT = {
    0x1.5555555555555p-2, 0x1.c71c71c71c71cp-3, 0x1.61f9add3c0ca4p-3
  };
  private static final double[] THIRD_ROOT_SHORT = {0x1.5555555555555p-2, 0x1.c71c71c71c71cp-3};

  // log((1 + s) / (1 - s)) = 2 s + 2/3 s^3 + s^5 (c0 + c1 z + ...) with z = s^2
  private static final double[] POWS_F32 = {0x1.999ap-2, 0x1.24527cp-2, 0x1.dfa264p-3};
  private static final double[] POWS_F64 = {
    0x1.9999999999996p-2, 0x1.2492492492f52p-2, 0x1.c71c71c5965cfp-3, 0x1.745d182975ab1p-3,
    0x1.3b1364bfa2f6ep-3, 0x1.112070c83faf0p-3, 0x1.de3d2ad7be408p-4, 0x1.eac820df49170p-4
  };

  private Powers() {}

  /**
   * m^(-1/3) by a polynomial and Halley-like steps, times m^(2/3), then one corrected Newton step:
   * 0.500 / 0.500 ulp.
   */
  static Value cbrt(Value x) {
    Program p = x.program();
    int fraction = p.fractionBits();
    double magic = Exponentials.magic(p);
    Value third = p.constant(THIRD_ROOT[0]);
    Value abs = x.abs();
    Value denormal = abs.less(p.constant(0x1p-126, 0x1p-1022));
    Value a = denormal.select(abs.mul(p.constant(0x1p24, 0x1p54)), abs);
    Value unscale = denormal.select(p.constant(0x1p-8, 0x1p-18), 1);
    Value exponent =
        a.bits()
            .shiftRight(fraction)
            .plus(p.bitsOf(magic))
            .fromBits()
            .sub(magic + p.exponentBias());
    Value n = exponent.fma(third, p.constant(magic)).bits();
    Value m = a.bits().minus(n.plus(n).plus(n).shiftLeft(fraction)).fromBits();
    Value y = inverseCubeRootStep(m, p.polynomial(m, RCBRT_F32, RCBRT_F64), THIRD_ROOT);
    if (!p.isFloat32()) {
      y = inverseCubeRootStep(m, y, THIRD_ROOT_SHORT);
    }
    Value ySquare = y.mul(y);
    Value root = m.mul(ySquare);
    Value square = root.mul(root);
    Value squareLow = root.fma(root, square.neg());
    Value remainder = squareLow.neg().fma(root, square.neg().fma(root, m));
    root = remainder.fma(ySquare.mul(third), root);
    Value scale = n.plus(p.exponentBias()).shiftLeft(fraction).fromBits().mul(unscale);
    Value scaled = root.mul(scale).withSignOf(x);
    Value fixed = abs.equal(0).or(abs.equal(Double.POSITIVE_INFINITY));
    return fixed.select(x, scaled).nanWhere(x.isNaN());
  }

  private static Value inverseCubeRootStep(Value m, Value y, double[] series) {
    Program p = m.program();
    Value error = m.neg().fma(y.mul(y).mul(y), p.constant(1));
    return y.mul(error).fma(p.polynomial(error, series, series), y);
  }

  /** The logarithm of |x|, 0 and infinity excluded, in two words. */
  private record LongLogarithm(Value high, Value low) {
    static LongLogarithm of(Value abs) {
      Program p = abs.program();
      Logarithms.Reduced reduced = Logarithms.reduce(abs);
      Value e = reduced.e();
      Value m = reduced.m();
      Value f = m.sub(1);
      // s = f / (m + 1) in two words, and z = s^2
      Value sum = m.add(1);
      Value sumLow = m.sub(sum.sub(1));
      Value inverse = p.constant(1).div(sum);
      Value s = f.mul(inverse);
      Value sLow = s.neg().fma(sumLow, s.neg().fma(sum, f)).mul(inverse);
      Value z = s.mul(s);
      Value zLow = s.fma(s, z.neg()).add(p.constant(2).mul(s.mul(sLow)));
      // w = s z (2/3 + z (...))
      Value twoThirds = p.constant(TWO_THIRDS_HIGH_F32, TWO_THIRDS_HIGH_F64);
      Value twoThirdsLow = p.constant(TWO_THIRDS_LOW_F32, TWO_THIRDS_LOW_F64);
      Value rest = z.mul(p.polynomial(z, POWS_F32, POWS_F64));
      Value factor = rest.add(twoThirds);
      Value factorLow = twoThirds.sub(factor).add(rest).add(twoThirdsLow);
      Value cube = s.mul(z);
      Value cubeLow = s.fma(z, cube.neg()).add(s.fma(zLow, sLow.mul(z)));
      Value w = cube.mul(factor);
      Value wLow = cube.fma(factor, w.neg()).add(cube.fma(factorLow, cubeLow.mul(factor)));
      // e ln2 + 2 s + w, largest first
      Value steps = e.mul(p.constant(SHORT_LN2_F32, SHORT_LN2_F64));
      Value stepsLow = e.fma(p.constant(SHORT_LN2_REST_F32, SHORT_LN2_REST_F64), sLow.add(sLow));
      Value twice = s.add(s);
      Value first = steps.add(twice);
      Value firstLow = steps.sub(first).add(twice);
      Value second = first.add(w);
      Value secondLow = first.sub(second).add(w);
      Value low = firstLow.add(secondLow).add(stepsLow).add(wLow);
      Value high = second.add(low);
      return new LongLogarithm(high, second.sub(high).add(low));
    }
  }

  /**
   * e^(y log|x|) with the logarithm in two words, and the special values of C99: 1.015 / 1.000 ulp.
   */
  static Value pow(Value x, Value y) {
    Program p = x.program();
    Value abs = x.abs();
    LongLogarithm log = LongLogarithm.of(abs);
    Value product = y.mul(log.high());
    Value productLow = y.fma(log.low(), y.fma(log.high(), product.neg()));
    Value highest = p.constant(Exponentials.HIGHEST_F32, Exponentials.HIGHEST_F64);
    Value lowest = p.constant(Exponentials.LOWEST_F32, Exponentials.LOWEST_F64);
    Value over = product.greater(highest);
    Value under = product.less(lowest);
    Value within = over.select(highest, under.select(lowest, product));
    Value withinLow = over.or(under).select(0.0, productLow);
    int bias = 2 * p.exponentBias();
    Value power = Exponentials.expWithin(Exponentials.reduce(within, withinLow, bias));
    return withSpecialValues(x, y, power);
  }

  private static Value withSpecialValues(Value x, Value y, Value power) {
    Program p = x.program();
    double infinity = Double.POSITIVE_INFINITY;
    Value absX = x.abs();
    Value absY = y.abs();
    // From here on every number is an integer, and from twice that on an even one
    Value large = p.constant(0x1p23, 0x1p52);
    Value integer = absY.add(large).sub(large).equal(absY).or(absY.greaterEqual(large));
    Value half = absY.mul(0.5);
    Value odd =
        integer
            .and(half.add(large).sub(large).notEqual(half))
            .and(absY.less(p.constant(0x1p24, 0x1p53)));
    Value zero = absX.equal(0);
    Value positive = y.greater(0);
    Value atEnds = zero.select(positive.select(0.0, infinity), positive.select(infinity, 0.0));
    Value magnitude = zero.or(absX.equal(infinity)).select(atEnds, power);
    Value signed = odd.select(magnitude.withSignOf(x), magnitude);
    Value notReal = x.less(0).and(absX.less(infinity)).and(integer.not());
    Value result = signed.nanWhere(notReal).nanWhere(x.isNaN().or(y.isNaN()));
    Value one = y.equal(0).or(x.equal(1)).or(absX.equal(1).and(absY.equal(infinity)));
    return one.select(1, result);
  }
}
