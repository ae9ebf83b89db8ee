package dev.lanegrad.autodiff.formula;

import dev.lanegrad.autodiff.internal.program.Program;
import dev.lanegrad.autodiff.internal.program.Value;

/**
 * The error function, its complement and the exact GELU. Bounds are the largest errors measured, in
 * units in the last place, float32 / float64.
 */
final class ErrorFunctions {
  private static final double SQRT_HALF_HIGH_F32 = 0x1.6a09e6p-1;
  private static final double SQRT_HALF_LOW_F32 = 0x1.9fcef4p-27;
  private static final double SQRT_HALF_HIGH_F64 = 0x1.6a09e667f3bcdp-1;
  private static final double SQRT_HALF_LOW_F64 = -0x1.bdd3413b26456p-55;

  private static final double TWO_OVER_SQRT_PI = 0x1.20dd750429b6dp+0;

  // erf a = a + a (c0 + c1 z + ...) with z = a^2, a <= 1
  private static final double[] ERFA_F32 = {
    0x1.06eba8p-3,
    -0x1.81273ep-2,
    0x1.ce2ce6p-4,
    -0x1.b7f71ap-6,
    0x1.53f224p-8,
    -0x1.a3515ep-11,
    0x1.4771fep-14
  };
  private static final double[] ERFA_F64 = {
    0x1.06eba8214db68p-3, -0x1.812746b03799dp-2, 0x1.ce2f21a03f8b5p-4, -0x1.b82ce311a9529p-6,
    0x1.565bcceecf9a1p-8, -0x1.c02daeb4570a1p-11, 0x1.f9a29651ae03dp-14, -0x1.f4c8266a80a6fp-17,
    0x1.b96ae28b676f7p-20, -0x1.5b88b9c56c866p-23, 0x1.d3bcf937a86bdp-27, -0x1.a1c4f969979d6p-31
  };

  // The same for a <= 0.47, shorter
  private static final double[] ERFS_F32 = {
    0x1.06eba8p-3, -0x1.812738p-2, 0x1.ce272p-4, -0x1.b6a5bap-6, 0x1.37a09p-8
  };
  private static final double[] ERFS_F64 = {
    0x1.06eba8214db68p-3, -0x1.812746b0379d3p-2, 0x1.ce2f21a04078bp-4, -0x1.b82ce310e3ad7p-6,
    0x1.565bcc757ad52p-8, -0x1.c02d757dd7d50p-11, 0x1.f9941c62fcfadp-14, -0x1.f2b43f7b1b468p-17,
    0x1.905df11418659p-20
  };

  // log erfc a = c0 + c1 (a - 1) + ...
  private static final double[] ERFB_F32 = {
    -0x1.d97fcp+0,
    -0x1.51c9aap+1,
    -0x1.afad34p-1,
    -0x1.53f93cp-5,
    0x1.441abcp-7,
    -0x1.deb71p-10,
    0x1.852b02p-13
  };
  private static final double[] ERFB_F64 = {
    -0x1.d97fbf27aa2a1p+0, -0x1.51c9b0006c22ap+1, -0x1.afabc11a2a71ap-1, -0x1.5477f09a4049dp-5,
    0x1.48c9d392580dcp-7, -0x1.033f5b9fc300bp-9, 0x1.f1b0a221fd001p-13, 0x1.b9272829f4eeep-16,
    -0x1.c846fb9419dd8p-16, 0x1.4466b806135a6p-17, -0x1.1db59322e019bp-19, 0x1.b308a0cbe2b84p-23,
    0x1.fc05b40e8d21dp-25, -0x1.2260b3484caf2p-25, 0x1.285805945b3cfp-27, -0x1.6f8d505225754p-30,
    0x1.0a6b83bb72d32p-33, -0x1.5c33a6d3f0f77p-38
  };

  // (1 + 2 a) e^(a^2) erfc a = c0 + low word + q (c1 + c2 q + ...), q = (a - K) / (a + K)
  private static final double ERFCX_C0_F32 = 0x1.46e80ep+0;
  private static final double ERFCX_C0_LOW_F32 = 0x1.3a8e4p-27;
  private static final double ERFCX_C0_F64 = 0x1.3ba5916e9fd7fp+0;
  private static final double ERFCX_C0_LOW_F64 = -0x1.ab11295514a03p-55;
  private static final double[] ERFCX_F32 = {
    -0x1.7bf5eap-4,
    -0x1.5407cep-3,
    0x1.4ff9eep-3,
    -0x1.bc278cp-5,
    -0x1.071eaep-7,
    0x1.1d72ap-7,
    0x1.479d86p-10,
    -0x1.7636d8p-10,
    -0x1.a33274p-12,
    0x1.7252d8p-13,
    0x1.5b0b7ep-14
  };
  private static final double[] ERFCX_F64 = {
    -0x1.1df1ad154a29bp-3, 0x1.f7f5df66fd7d6p-7, 0x1.16ecefcfa5f7ap-4, -0x1.9ddb23c3e8fb2p-4,
    0x1.7fee004df81aep-4, -0x1.0fb06dfe50de1p-4, 0x1.3079edf9d5998p-5, -0x1.09623881f45c4p-6,
    0x1.49c671988b0edp-8, -0x1.8d4a9ea61be1cp-11, -0x1.a1de861246d89p-13, 0x1.3be0bd6540135p-13,
    -0x1.9969dff01ca31p-16, -0x1.78a50897b60e1p-17, 0x1.7fb159ddd53a0p-18, 0x1.439785ff89069p-22,
    -0x1.c01ef9f5f1337p-21, 0x1.0dcdcfd844568p-24, 0x1.ee3e29dee8fb9p-24, -0x1.0d278e0b48ec1p-27,
    -0x1.d3b7d91526543p-27, -0x1.eb932962c1cfdp-30
  };

  private ErrorFunctions() {}

  /** A polynomial up to 1, 1 - e^(log erfc) above: 0.997 / 1.016 ulp. */
  static Value erf(Value x) {
    Program p = x.program();
    Value a = x.abs();
    Value within = Exponentials.atMost(a, 4, 5.95);
    Value small = a.fma(p.polynomial(a.mul(a), ERFA_F32, ERFA_F64), a);
    Value logErfc = p.polynomial(within.sub(1), ERFB_F32, ERFB_F64);
    Exponentials.Reduced reduced = Exponentials.reduce(logErfc, p.exponentBias());
    Value scale = reduced.scale();
    Value erfc = Exponentials.expMinusOne(reduced.r()).fma(scale, scale);
    Value y = a.less(1).select(small, p.constant(1).sub(erfc));
    return y.withSignOf(x).nanWhere(x.isNaN());
  }

  /** e^(a^2) erfc a = high + low for a of at least 0.4. */
  private record ScaledErfc(Value high, Value low) {
    static ScaledErfc of(Value a) {
      Program p = a.program();
      Value one = p.constant(1);
      double shift = p.isFloat32() ? 2 : 4;
      Value inverse = one.div(a.add(shift));
      Value rough = a.sub(shift).mul(inverse);
      Value error = rough.neg().fma(a, rough.add(1).fma(-shift, a));
      Value q = inverse.fma(error, rough);
      Value first = p.constant(ERFCX_C0_F32, ERFCX_C0_F64);
      Value rest = p.polynomial(q, ERFCX_F32, ERFCX_F64);
      Value numerator = q.fma(rest, first);
      Value numeratorLow =
          q.fma(rest, first.sub(numerator)).add(p.constant(ERFCX_C0_LOW_F32, ERFCX_C0_LOW_F64));
      Value denominator = a.fma(2, one);
      Value denominatorLow = a.fma(2, one.sub(denominator));
      Value reciprocal = one.div(denominator);
      Value high = numerator.mul(reciprocal);
      Value minus = high.neg();
      Value remainder =
          minus.fma(denominatorLow, minus.fma(denominator, numerator).add(numeratorLow));
      return new ScaledErfc(high, remainder.mul(reciprocal));
    }
  }

  /** (high + low) e^(x + xLow), into the denormals. */
  private static Value timesExp(Value high, Value low, Value x, Value xLow) {
    int bias = 2 * x.program().exponentBias();
    Exponentials.Reduced reduced = Exponentials.reduce(x, xLow, bias);
    Value r = reduced.r();
    Value rest = r.mul(r).fma(Exponentials.tail(r), reduced.low());
    Value sum = high.fma(r, high.fma(rest, low)).add(high);
    Value[] scales = reduced.scales();
    return sum.mul(scales[0]).mul(scales[1]);
  }

  /** 1 - erf near zero, elsewhere e^-a^2 times the scaled function: 1.926 / 1.700 ulp. */
  static Value erfc(Value x) {
    Program p = x.program();
    Value a = Exponentials.atMost(x.abs(), 10.1, 27.3);
    ScaledErfc scaled = ScaledErfc.of(a);
    Value square = a.mul(a);
    Value squareLow = a.fma(a, square.neg());
    Value tail = timesExp(scaled.high(), scaled.low(), square.neg(), squareLow.neg());
    Value y = x.less(0).select(p.constant(2).sub(tail), tail);
    Value erf = x.fma(p.polynomial(x.mul(x), ERFS_F32, ERFS_F64), x);
    return a.less(0.47).select(p.constant(1).sub(erf), y).nanWhere(x.isNaN());
  }

  /**
   * x Phi(x), Phi the normal distribution function, accurate in the negative tail: 2.164 / 1.913
   * ulp.
   */
  static Value gelu(Value x) {
    Program p = x.program();
    Value abs = x.abs();
    Value b = Exponentials.atMost(abs, 14.4, 38.7);
    Value rootHigh = p.constant(SQRT_HALF_HIGH_F32, SQRT_HALF_HIGH_F64);
    Value rootLow = p.constant(SQRT_HALF_LOW_F32, SQRT_HALF_LOW_F64);
    Value a = b.mul(rootHigh);
    ScaledErfc scaled = ScaledErfc.of(a);
    Value high = scaled.high();
    Value aLow = b.fma(rootLow, b.fma(rootHigh, a.neg()));
    Value slope = a.add(a).fma(high, p.constant(-TWO_OVER_SQRT_PI));
    Value low = aLow.fma(slope, scaled.low());
    Value square = b.mul(b);
    Value squareLow = b.fma(b, square.neg());
    Value half = b.mul(0.5);
    Value product = high.mul(half);
    Value productLow = low.fma(half, high.fma(half, product.neg()));
    Value tail = timesExp(product, productLow, square.mul(-0.5), squareLow.mul(-0.5));
    Value y = x.less(0).select(tail.neg(), x.sub(tail));
    return abs.less(0.66).select(geluNearZero(x, rootHigh), y).nanWhere(x.isNaN());
  }

  private static Value geluNearZero(Value x, Value rootHigh) {
    Value q = x.abs().less(1).select(x.mul(rootHigh), 0.0);
    Value erf = q.fma(x.program().polynomial(q.mul(q), ERFS_F32, ERFS_F64), q);
    Value half = x.mul(0.5);
    return half.fma(erf, half).withSignOf(x);
  }
}
