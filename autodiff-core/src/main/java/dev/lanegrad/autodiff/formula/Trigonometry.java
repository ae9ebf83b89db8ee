package dev.lanegrad.autodiff.formula;

import dev.lanegrad.autodiff.internal.program.Program;
import dev.lanegrad.autodiff.internal.program.Program.Opcode;
import dev.lanegrad.autodiff.internal.program.Value;

/**
 * The trigonometric functions and their inverses. Bounds are the largest errors measured, in units
 * in the last place, float32 / float64.
 *
 * <p>The reduction of sin, cos and tan runs out of digits of pi where {@link #far} takes over.
 */
final class Trigonometry {
  private static final double TWO_OVER_PI_F32 = 0x1.45f306p-1;
  private static final double TWO_OVER_PI_F64 = 0x1.45f306dc9c883p-1;

  private static final double HALF_PI_HIGH_F32 = 0x1.921fb6p+0;
  private static final double HALF_PI_MIDDLE_F32 = -0x1.777a5cp-25;
  private static final double HALF_PI_LOW_F32 = -0x1.ee59dap-50;
  private static final double HALF_PI_HIGH_F64 = 0x1.921fb54442d18p+0;
  private static final double HALF_PI_MIDDLE_F64 = 0x1.1a62633145c07p-54;
  private static final double HALF_PI_LOW_F64 = -0x1.f1976b7ed8fbcp-110;

  // With z = r^2 and |r| <= pi/4: sin r = r + r z (c0 + c1 z + ...)
  private static final double[] SIN_F32 = {-0x1.555544p-3, 0x1.1106c6p-7, -0x1.991bf4p-13};
  private static final double[] SIN_F64 = {
    -0x1.5555555555547p-3,
    0x1.111111110f596p-7,
    -0x1.a01a019bb482bp-13,
    0x1.71de352683534p-19,
    -0x1.ae5e2649c8373p-26,
    0x1.5d805d45ef1ccp-33
  };

  // cos r = 1 - z/2 + z^2 (c0 + c1 z + ...)
  private static final double[] COS_F32 = {0x1.55554ap-5, -0x1.6c0c1ep-10, 0x1.99e336p-16};
  private static final double[] COS_F64 = {
    0x1.555555555554ap-5,
    -0x1.6c16c16c14df7p-10,
    0x1.a01a019c5abfap-16,
    -0x1.27e4f7cbd0274p-22,
    0x1.1ee9c21ad5753p-29,
    -0x1.8f9927795950fp-37
  };

  // tan r = r + r z (c0 + c1 z + ...)
  private static final double[] TAN_F32 = {
    0x1.555562p-2,
    0x1.110d1ap-3,
    0x1.baf0bcp-5,
    0x1.5bd558p-6,
    0x1.678b2ep-7,
    -0x1.64ac0ep-14,
    0x1.247b32p-8
  };
  private static final double[] TAN_F64 = {
    0x1.555555555555fp-2, 0x1.111111111047cp-3, 0x1.ba1ba1bad234bp-5, 0x1.664f4858f79c6p-6,
    0x1.226e3b0b274e0p-7, 0x1.d6d2d0e7fc91dp-9, 0x1.7db2d5de94926p-10, 0x1.34af41d88ba97p-11,
    0x1.ffe6f55d57c5ep-13, 0x1.5ac3b33e5fa73p-14, 0x1.20bf4e5eb624ap-14, -0x1.d0af1f57b4cd4p-16,
    0x1.a686ce604c90dp-15, -0x1.a5bba5648be09p-16, 0x1.4f4816c4ecacap-17
  };

  // atan z = z + z w (c0 + c1 w + ...) with w = z^2, |z| <= 1
  private static final double[] ATAN_F32 = {
    -0x1.55553ep-2,
    0x1.9991e4p-3,
    -0x1.242086p-3,
    0x1.c08c5p-4,
    -0x1.58092cp-4,
    0x1.da2a78p-5,
    -0x1.fd7f78p-6,
    0x1.64272p-7,
    -0x1.d3601ap-10
  };
  private static final double[] ATAN_F64 = {
    -0x1.5555555555526p-2, 0x1.99999999955b2p-3, -0x1.249249237f4fcp-3, 0x1.c71c717fcdd53p-4,
    -0x1.745d11ae5d81ep-4, 0x1.3b1366995925cp-4, -0x1.110e51220d6dap-4, 0x1.e1bba64278070p-5,
    -0x1.ae5e724622bc7p-5, 0x1.82dad6ac08ceep-5, -0x1.59a3fe3572ff2p-5, 0x1.2c2e5d7dfbee5p-5,
    -0x1.e9fa171e74cbap-6, 0x1.683cdd384b136p-6, -0x1.c79000713db24p-7, 0x1.d7b982cc276e9p-8,
    -0x1.7a3a0b13f646ap-9, 0x1.b3fb83e877da4p-11, -0x1.3f3702b70550bp-13, 0x1.bbeee54437ea4p-17
  };

  // asin s = s + s z (c0 + c1 z + ...) with z = s^2, |s| <= 1/2
  private static final double[] ASIN_F32 = {
    0x1.5555c8p-3, 0x1.3301fep-4, 0x1.747cc2p-5, 0x1.8c305cp-6, 0x1.596aeap-5
  };
  private static final double[] ASIN_F64 = {
    0x1.555555555538ep-3, 0x1.333333336ec31p-4, 0x1.6db6db424c504p-5, 0x1.f1c72c48a2a7cp-6,
    0x1.6e89f2b85e1abp-6, 0x1.1c6bf98c0a684p-6, 0x1.c6fbdb64e5465p-7, 0x1.8ecfc91851f9bp-7,
    0x1.ab5e111dce846p-8, 0x1.4043d326fc5abp-6, -0x1.0a51d1a847d1fp-6, 0x1.0599a12c6d1ffp-5
  };

  private Trigonometry() {}

  /** The reduction is accurate for |x| up to 1e5 in float32 and 1e9 in float64. */
  private static Value far(Opcode opcode, Value x, Value near) {
    return x.far(opcode, x.program().isFloat32() ? 1e5 : 1e9, near);
  }

  private static Value halfPiHigh(Program p) {
    return p.constant(HALF_PI_HIGH_F32, HALF_PI_HIGH_F64);
  }

  private static Value halfPiLow(Program p) {
    return p.constant(HALF_PI_MIDDLE_F32, HALF_PI_MIDDLE_F64);
  }

  private static Value piHigh(Program p) {
    return p.constant(2 * HALF_PI_HIGH_F32, 2 * HALF_PI_HIGH_F64);
  }

  private static Value piLow(Program p) {
    return p.constant(2 * HALF_PI_MIDDLE_F32, 2 * HALF_PI_MIDDLE_F64);
  }

  private static Value signBit(Program p) {
    return p.bitsConstant(1L << (p.width() - 1));
  }

  /** Integer {@code k} nearest to x / (pi/2), its bits low in {@code shifted}. */
  private record Quadrant(Value k, Value shifted) {
    static Quadrant of(Value x) {
      Program p = x.program();
      Value magic = p.constant(Exponentials.magic(p));
      Value shifted = x.fma(p.constant(TWO_OVER_PI_F32, TWO_OVER_PI_F64), magic);
      return new Quadrant(shifted.sub(magic), shifted.bits());
    }
  }

  private static Value isOdd(Value bits) {
    return bits.and(1).notEqual(bits.program().bitsConstant(0));
  }

  private static Value nanUnlessFinite(Value x, Value y) {
    return y.nanWhere(x.abs().less(Double.POSITIVE_INFINITY).not());
  }

  /** 1.560 / 1.527 ulp. */
  static Value sin(Value x) {
    Value y = sinOrCos(x, Quadrant.of(x), 0);
    return nanUnlessFinite(x, x.equal(0).select(x, far(Opcode.FAR_SIN, x, y)));
  }

  /** 1.562 / 1.511 ulp. */
  static Value cos(Value x) {
    return nanUnlessFinite(x, far(Opcode.FAR_COS, x, sinOrCos(x, Quadrant.of(x), 1)));
  }

  /** Cody-Waite reduction in three words, then sine or cosine of the rest by quadrant. */
  private static Value sinOrCos(Value x, Quadrant quadrant, int shift) {
    Program p = x.program();
    Value k = quadrant.k();
    Value r = k.fma(p.constant(-HALF_PI_HIGH_F32, -HALF_PI_HIGH_F64), x);
    r = k.fma(p.constant(-HALF_PI_MIDDLE_F32, -HALF_PI_MIDDLE_F64), r);
    r = k.fma(p.constant(-HALF_PI_LOW_F32, -HALF_PI_LOW_F64), r);
    Value z = r.mul(r);
    Value sin = r.mul(z).fma(p.polynomial(z, SIN_F32, SIN_F64), r);
    Value start = z.fma(-0.5, p.constant(1));
    Value cos = z.mul(z).fma(p.polynomial(z, COS_F32, COS_F64), start);
    Value n = shift == 0 ? quadrant.shifted() : quadrant.shifted().plus(shift);
    Value magnitude = isOdd(n).select(cos, sin);
    Value sign = n.shiftRight(1).shiftLeft(p.width() - 1);
    return magnitude.bits().xor(sign).fromBits();
  }

  /** tan r or -1 / tan r by quadrant, r in two words: 1.310 / 1.208 ulp. */
  static Value tan(Value x) {
    Program p = x.program();
    Quadrant quadrant = Quadrant.of(x);
    Value k = quadrant.k();
    Value middle = halfPiLow(p);
    Value first = k.fma(p.constant(-HALF_PI_HIGH_F32, -HALF_PI_HIGH_F64), x);
    Value step = k.mul(middle);
    Value stepLow = k.fma(middle, step.neg());
    Value r = first.sub(step);
    Value lost = first.sub(r).sub(step).sub(stepLow);
    Value rLow = k.fma(p.constant(-HALF_PI_LOW_F32, -HALF_PI_LOW_F64), lost);
    Value z = r.mul(r);
    Value q = z.mul(p.polynomial(z, TAN_F32, TAN_F64));
    Value rest = r.fma(q, rLow.fma(z, rLow));
    Value even = r.add(rest);
    Value evenLow = r.sub(even).add(rest);
    Value reciprocal = p.constant(-1).div(even);
    Value error = reciprocal.fma(evenLow, reciprocal.fma(even, p.constant(1)));
    Value odd = reciprocal.fma(error, reciprocal);
    Value y = isOdd(quadrant.shifted()).select(odd, even);
    return nanUnlessFinite(x, x.equal(0).select(x, far(Opcode.FAR_TAN, x, y)));
  }

  /** atan z - z for 0 <= z <= 1. */
  private static Value atanTail(Value z) {
    Value w = z.mul(z);
    return z.mul(w).mul(z.program().polynomial(w, ATAN_F32, ATAN_F64));
  }

  /** (high + low) + (z + tail), where {@code high} is 0 or not smaller than {@code z}. */
  private static Value sum(Value high, Value low, Value z, Value tail) {
    Value sum = high.add(z);
    Value error = high.sub(sum).add(z);
    return sum.add(error.add(low.add(tail)));
  }

  /** (high + low) - (z + tail). */
  private static Value difference(Value high, Value low, Value z, Value tail) {
    Value difference = high.sub(z);
    Value error = high.sub(difference).sub(z);
    return difference.add(error.add(low.sub(tail)));
  }

  /** Arguments above 1 by atan x = pi/2 - atan(1/x): 1.214 / 1.179 ulp. */
  static Value atan(Value x) {
    Program p = x.program();
    Value a = x.abs();
    Value big = a.greater(1);
    Value z = big.select(1, a).div(big.select(a, 1));
    Value tail = atanTail(z);
    Value fromHalfPi = difference(halfPiHigh(p), halfPiLow(p), z, tail);
    return big.select(fromHalfPi, z.add(tail)).withSignOf(x).nanWhere(x.isNaN());
  }

  /** The smaller over the larger of |x| and |y|, placed in its octant: 1.497 / 1.428 ulp. */
  static Value atan2(Value y, Value x) {
    Program p = x.program();
    Value absX = x.abs();
    Value absY = y.abs();
    Value big = absY.greater(absX);
    Value numerator = big.select(absX, absY);
    Value denominator = big.select(absY, absX);
    Value z = numerator.equal(denominator).select(1, numerator.div(denominator));
    z = absY.equal(0).select(0.0, z);
    Value tail = atanTail(z);
    Value xSign = x.bits().and(signBit(p));
    Value negative = xSign.or(p.bitsOf(1)).fromBits().less(0); // -0 counts as negative
    Value high = negative.select(piHigh(p), 0.0);
    Value low = negative.select(piLow(p), 0.0);
    Value flip = xSign.xor(big.select(signBit(p), p.bitsConstant(0)));
    Value angle =
        sum(
            big.select(halfPiHigh(p), high),
            big.select(halfPiLow(p), low),
            z.bits().xor(flip).fromBits(),
            tail.bits().xor(flip).fromBits());
    return angle.abs().withSignOf(y).nanWhere(x.isNaN().or(y.isNaN()));
  }

  /** s and asin s - s, with s = |x| or, above 1/2, sqrt((1 - |x|) / 2). */
  private record ArcSine(Value big, Value s, Value tail) {
    static ArcSine of(Value a) {
      Program p = a.program();
      Value big = a.greater(0.5);
      Value z = big.select(a.fma(-0.5, p.constant(0.5)), a.mul(a));
      Value s = big.select(z.sqrt(), a);
      return new ArcSine(big, s, s.mul(z).mul(p.polynomial(z, ASIN_F32, ASIN_F64)));
    }
  }

  /** Above 1/2 as pi/2 - 2 asin(sqrt((1 - x) / 2)): 1.184 / 1.208 ulp. */
  static Value asin(Value x) {
    Program p = x.program();
    Value a = x.abs();
    ArcSine part = ArcSine.of(a);
    Value s = part.s();
    Value tail = part.tail();
    Value fromHalfPi = difference(halfPiHigh(p), halfPiLow(p), s.add(s), tail.add(tail));
    Value y = part.big().select(fromHalfPi, s.add(tail));
    return y.withSignOf(x).nanWhere(a.lessEqual(1).not());
  }

  /** pi/2 - asin x, or for |x| above 1/2 twice asin(sqrt((1 - |x|) / 2)): 1.140 / 1.165 ulp. */
  static Value acos(Value x) {
    Program p = x.program();
    Value a = x.abs();
    ArcSine part = ArcSine.of(a);
    Value big = part.big();
    Value s = big.select(part.s().add(part.s()), part.s());
    Value tail = big.select(part.tail().add(part.tail()), part.tail());
    Value negative = x.less(0);
    Value high = negative.select(piHigh(p), 0.0);
    Value low = negative.select(piLow(p), 0.0);
    Value flip = x.bits().and(signBit(p)).xor(big.select(p.bitsConstant(0), signBit(p)));
    Value y =
        sum(
            big.select(high, halfPiHigh(p)),
            big.select(low, halfPiLow(p)),
            s.bits().xor(flip).fromBits(),
            tail.bits().xor(flip).fromBits());
    return y.nanWhere(a.lessEqual(1).not());
  }
}
