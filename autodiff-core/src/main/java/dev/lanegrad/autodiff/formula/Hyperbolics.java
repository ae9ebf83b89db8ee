package dev.lanegrad.autodiff.formula;

import dev.lanegrad.autodiff.internal.program.Program;
import dev.lanegrad.autodiff.internal.program.Value;

/**
 * The hyperbolic functions and their inverses. Bounds are the largest errors measured, in units in
 * the last place, float32 / float64.
 */
final class Hyperbolics {
  // sinh r = r + r z (c0 + c1 z + ...) and cosh r = 1 + z (c0 + ...), z = r^2, |r| <= 0.347
  private static final double[] SINH_F32 = {0x1.555556p-3, 0x1.110fbep-7, 0x1.a2e2f6p-13};
  private static final double[] SINH_F64 = {
    0x1.5555555555555p-3,
    0x1.1111111111387p-7,
    0x1.a01a019ea0921p-13,
    0x1.71de4080feb98p-19,
    0x1.ae4cdb7a9fbb3p-26,
    0x1.82a09234aade5p-33
  };
  private static final double[] COSH_F32 = {0x1.0p-1, 0x1.5554e6p-5, 0x1.6d4f3cp-10};
  private static final double[] COSH_F64 = {
    0x1.000000000000cp-1,
    0x1.555555554fd31p-5,
    0x1.6c16c1865324cp-10,
    0x1.a01994b238ad0p-16,
    0x1.28b2154661110p-22
  };

  private Hyperbolics() {}

  /** em / (em + 2) with em = e^2|x| - 1: 1.510 / 1.573 ulp. */
  static Value tanh(Value x) {
    Value a = Exponentials.atMost(x.abs(), 10, 20);
    Exponentials.Reduced reduced = Exponentials.reduce(a.add(a), x.program().exponentBias());
    Value scale = reduced.scale();
    Value em = Exponentials.accurateExpMinusOne(reduced).fma(scale, scale.sub(1));
    Value denominator = em.add(2);
    Value low = em.sub(denominator.sub(2));
    return Exponentials.divide(em, denominator, low).withSignOf(x).nanWhere(x.isNaN());
  }

  /** 4 z / (1 + z)^2 with z = e^-2|x|, right into the denormals. */
  static Value sechSquared(Value x) {
    Value z = Exponentials.expOfMinusAbs(x.add(x));
    Value root = z.add(1);
    return z.mul(4).div(root.mul(root)).nanWhere(x.isNaN());
  }

  /** 1.232 / 1.455 ulp. */
  static Value sinh(Value x) {
    Parts parts = new Parts(x);
    Value inner = parts.cosh1.fma(parts.difference, parts.sinhTail.mul(parts.sum));
    Value half = parts.difference.add(parts.r.fma(parts.sum, inner));
    return half.add(half).withSignOf(x).nanWhere(x.isNaN());
  }

  /** 1.814 / 1.343 ulp. */
  static Value cosh(Value x) {
    Parts parts = new Parts(x);
    Value inner = parts.cosh1.fma(parts.sum, parts.sinhTail.mul(parts.difference));
    Value half = parts.sum.add(parts.r.fma(parts.difference, inner));
    return half.add(half).nanWhere(x.isNaN());
  }

  /**
   * |x| = k ln2 + r, for the addition theorems: 2^(k-2) plus and minus 2^(-k-2) are half of cosh
   * and sinh of k ln2. No division, no cancellation, no early overflow.
   */
  private static final class Parts {
    private final Value r;
    private final Value sum;
    private final Value difference;
    private final Value sinhTail;
    private final Value cosh1;

    Parts(Value x) {
      Program p = x.program();
      Value a = Exponentials.atMost(x.abs(), 89.7, 710.6);
      Exponentials.Reduced reduced = Exponentials.reduce(a, p.exponentBias() - 2);
      r = reduced.r();
      Value z = r.mul(r);
      sinhTail = r.mul(z).mul(p.polynomial(z, SINH_F32, SINH_F64));
      cosh1 = z.mul(p.polynomial(z, COSH_F32, COSH_F64));
      Value growing = reduced.scale();
      Value mirrored = p.bitsConstant(2L * p.exponentBias() - 4).minus(reduced.bits());
      Value falling = mirrored.shiftLeft(p.fractionBits()).fromBits();
      falling = a.greater(p.constant(30, 60)).select(0.0, falling);
      difference = growing.sub(falling);
      sum = growing.add(falling);
    }
  }

  /**
   * log1p(a + a^2 / (1 + sqrt(1 + a^2))), the argument in two words; log(2 a) where a^2 would
   * overflow: 1.770 / 1.678 ulp.
   */
  static Value asinh(Value x) {
    Value a = x.abs();
    Value big = isBig(a);
    Value within = big.select(1.0, a);
    Value root = within.fma(within, x.program().constant(1)).sqrt();
    Value rest = within.mul(within).div(root.add(1));
    Value z = within.add(rest);
    Value low = within.sub(z).add(rest);
    Value y = logOnePlusOrTwice(big, a, z, low);
    return y.withSignOf(x).nanWhere(x.isNaN());
  }

  /**
   * log1p(t + sqrt(2 t + t^2)) with t = x - 1, the argument in two words; log(2 x) for large x:
   * 1.575 / 1.495 ulp.
   */
  static Value acosh(Value x) {
    Value big = isBig(x);
    Value t = big.select(1.0, x.sub(1));
    Value twice = t.add(t);
    Value square = t.fma(t, twice);
    Value root = square.sqrt();
    Value z = t.add(root);
    Value squareLow = t.fma(t, twice.sub(square));
    Value remainder = root.neg().fma(root, square).add(squareLow);
    Value halfInverse = x.program().constant(0.5).div(root);
    Value rootLow = t.equal(0).select(0.0, remainder.mul(halfInverse));
    Value low = root.sub(z).add(t).add(rootLow);
    return logOnePlusOrTwice(big, x, z, low).nanWhere(x.greaterEqual(1).not());
  }

  private static Value isBig(Value a) {
    return a.greater(a.program().constant(0x1p14, 0x1p28));
  }

  /** log(1 + z + low), or log(2 a) = log(1 + a - 1) + ln2 where a is big. */
  private static Value logOnePlusOrTwice(Value big, Value a, Value z, Value low) {
    Logarithms.Scaled scaled = Logarithms.reduceOnePlus(big.select(a, z), big.select(-1.0, low));
    Value e = big.select(scaled.e().add(1), scaled.e());
    Value y = Logarithms.core(scaled.f(), e);
    return a.equal(Double.POSITIVE_INFINITY).select(Double.POSITIVE_INFINITY, y);
  }

  /** log1p(2 a / (1 - a)) / 2, the quotient in two words: 1.614 / 1.504 ulp. */
  static Value atanh(Value x) {
    Value a = x.abs();
    Value numerator = a.add(a);
    Value one = x.program().constant(1);
    Value denominator = one.sub(a);
    Value denominatorLow = one.sub(denominator).sub(a);
    Value z = numerator.div(denominator);
    Value minusZ = z.neg();
    Value remainder = minusZ.fma(denominatorLow, minusZ.fma(denominator, numerator));
    Value atPole = a.equal(1);
    Value low = atPole.select(0.0, remainder.div(denominator));
    Logarithms.Scaled scaled = Logarithms.reduceOnePlus(atPole.select(1.0, z), low);
    Value y = Logarithms.core(scaled.f(), scaled.e()).mul(0.5);
    return atPole.select(Double.POSITIVE_INFINITY, y).withSignOf(x).nanWhere(a.lessEqual(1).not());
  }
}
