package dev.lanegrad.autodiff.formula;

import dev.lanegrad.autodiff.internal.program.Program;
import dev.lanegrad.autodiff.internal.program.Value;
import org.jspecify.annotations.Nullable;

/**
 * The exponential, its relatives, and the reduction that other functions share with them. Bounds
 * are the largest errors measured, in units in the last place, float32 / float64.
 */
final class Exponentials {
  static final double LN2_HIGH_F32 = 0x1.62e43p-1;
  static final double LN2_LOW_F32 = -0x1.05c61p-29;
  static final double LN2_HIGH_F64 = 0x1.62e42fefa39efp-1;
  static final double LN2_LOW_F64 = 0x1.abc9e3b39803fp-56;

  private static final double INVERSE_LN2_F32 = 0x1.715476p+0;
  private static final double INVERSE_LN2_F64 = 0x1.71547652b82fep+0;

  /** Beyond these e^x overflows, or is less than half of the smallest denormal. */
  static final double HIGHEST_F32 = 89;

  static final double HIGHEST_F64 = 710;
  static final double LOWEST_F32 = -104;
  static final double LOWEST_F64 = -746;

  /** sqrt(2) - 1: up to here 1 + z stays in the interval where log needs no reduction. */
  private static final double SQRT2_MINUS_1 = 0x1.a827999fcef32p-2;

  // e^r = 1 + r + r^2 (c0 + c1 r + ...) for |r| <= 0.347
  private static final double[] EXP_F32 = {
    0x1.fffffcp-2, 0x1.55548ap-3, 0x1.55584cp-5, 0x1.123f68p-7, 0x1.6ad926p-10
  };
  private static final double[] EXP_F64 = {
    0x1.000000000000ap-1, 0x1.5555555555500p-3, 0x1.55555555505fap-5, 0x1.1111111125af8p-7,
    0x1.6c16c184b779ap-10, 0x1.a01a0137ef243p-13, 0x1.a019988d91d41p-16, 0x1.71df022f3ed89p-19,
    0x1.28aed139f3a79p-22, 0x1.adbd71a56825ap-26
  };

  // The same, fitted to be accurate relative to e^r - 1
  private static final double[] EM1_F32 = {
    0x1.0p-1, 0x1.555554p-3, 0x1.5554eap-5, 0x1.1113acp-7, 0x1.6d4c98p-10, 0x1.9c5d48p-13
  };
  private static final double[] EM1_F64 = {
    0x1.0000000000001p-1, 0x1.5555555555557p-3, 0x1.55555555547edp-5, 0x1.111111110fb32p-7,
    0x1.6c16c1715e161p-10, 0x1.a01a01b006e19p-13, 0x1.a019e7b932269p-16, 0x1.71ddf387185ecp-19,
    0x1.281b8089c75d3p-22, 0x1.af6e40353e0a9p-26, 0x1.98fc041affe6ep-30
  };

  private Exponentials() {}

  /**
   * x (+ a low word of x) = k ln2 + r with |r| <= 0.347: Cody-Waite reduction. The low bits of
   * {@code biased} hold k plus the bias that was asked for.
   */
  static final class Reduced {
    private final Value k;
    private final Value partial;
    private final @Nullable Value correction;
    private final Value biased;
    private final Value r;

    private Reduced(Value x, @Nullable Value low, int bias) {
      Program p = x.program();
      Value magic = p.constant(magic(p) + bias);
      biased = x.fma(p.constant(INVERSE_LN2_F32, INVERSE_LN2_F64), magic);
      k = biased.sub(magic);
      partial = k.fma(p.constant(-LN2_HIGH_F32, -LN2_HIGH_F64), x);
      if (low == null) {
        correction = null;
        r = k.fma(minusLn2Low(p), partial);
      } else {
        correction = k.fma(minusLn2Low(p), low);
        r = partial.add(correction);
      }
    }

    /** k + bias in the low bits. */
    Value bits() {
      return biased.bits();
    }

    Value r() {
      return r;
    }

    /** What r lost to rounding. */
    Value low() {
      return correction == null
          ? k.fma(minusLn2Low(r.program()), partial.sub(r))
          : partial.sub(r).add(correction);
    }

    /** 2^(k + j) for a reduction with bias {@code exponentBias() + j}, within normal range. */
    Value scale() {
      return bits().shiftLeft(r.program().fractionBits()).fromBits();
    }

    /**
     * Two factors whose product is 2^k, for a reduction with twice the exponent bias. Multiplying
     * by the first is exact; by the second gives overflow and gradual underflow in one rounding.
     */
    Value[] scales() {
      Value half = bits().shiftRight(1);
      int fraction = r.program().fractionBits();
      return new Value[] {
        half.shiftLeft(fraction).fromBits(), bits().minus(half).shiftLeft(fraction).fromBits()
      };
    }

    private static Value minusLn2Low(Program p) {
      return p.constant(-LN2_LOW_F32, -LN2_LOW_F64);
    }
  }

  static Reduced reduce(Value x, int bias) {
    return new Reduced(x, null, bias);
  }

  static Reduced reduce(Value x, Value low, int bias) {
    return new Reduced(x, low, bias);
  }

  /** 1.5 * 2^fractionBits: adding it rounds a small number to an integer, kept in the low bits. */
  static double magic(Program p) {
    return p.isFloat32() ? 0x1.8p23 : 0x1.8p52;
  }

  static Value atMost(Value x, double float32, double float64) {
    Value limit = x.program().constant(float32, float64);
    return x.greater(limit).select(limit, x);
  }

  static Value atLeast(Value x, double float32, double float64) {
    Value limit = x.program().constant(float32, float64);
    return x.less(limit).select(limit, x);
  }

  /** The polynomial part of e^r - 1 - r, over r^2. */
  static Value tail(Value r) {
    return r.program().polynomial(r, EXP_F32, EXP_F64);
  }

  /** e^r - 1, to an error that is small beside 1. */
  static Value expMinusOne(Value r) {
    return r.mul(r).fma(tail(r), r);
  }

  /** e^r - 1, to an error that is small beside e^r - 1. */
  static Value accurateExpMinusOne(Reduced reduced) {
    Value r = reduced.r();
    Value polynomial = r.program().polynomial(r, EM1_F32, EM1_F64);
    return r.mul(r).fma(polynomial, reduced.low()).add(r);
  }

  /** e^(x + low) for x within the range where neither factor of 2^k leaves the exponents. */
  static Value expWithin(Reduced reduced) {
    Value[] scales = reduced.scales();
    return expMinusOne(reduced.r()).fma(scales[0], scales[0]).mul(scales[1]);
  }

  /** e^-|x|. */
  static Value expOfMinusAbs(Value x) {
    Value within = atLeast(x.abs().neg(), LOWEST_F32, LOWEST_F64);
    return expWithin(reduce(within, 2 * x.program().exponentBias()));
  }

  /** 1.013 / 1.000 ulp. */
  static Value exp(Value x) {
    Value below = atMost(x, HIGHEST_F32, HIGHEST_F64);
    Value within = atLeast(below, LOWEST_F32, LOWEST_F64);
    return expWithin(reduce(within, 2 * x.program().exponentBias())).nanWhere(x.isNaN());
  }

  /** Halved throughout, so that 2^k may be one power above the range: 1.389 / 1.543 ulp. */
  static Value expm1(Value x) {
    Value within = atLeast(atMost(x, HIGHEST_F32, HIGHEST_F64), -20, -40);
    Reduced reduced = reduce(within, x.program().exponentBias() - 1);
    Value scale = reduced.scale();
    Value half = accurateExpMinusOne(reduced).fma(scale, scale.sub(0.5));
    return half.add(half).withSignOf(x).nanWhere(x.isNaN());
  }

  /** 1 / (1 + z) or z / (1 + z) with z = e^-|x|, right into the denormals: 1.480 / 1.460 ulp. */
  static Value sigmoid(Value x) {
    Value z = expOfMinusAbs(x);
    Value numerator = x.less(0).select(z, 1);
    Value denominator = z.add(1);
    Value low = z.sub(denominator.sub(1));
    return divide(numerator, denominator, low).nanWhere(x.isNaN());
  }

  /** a / (b + low) with the quotient corrected by its remainder. */
  static Value divide(Value a, Value b, Value low) {
    Value reciprocal = a.program().constant(1).div(b);
    Value quotient = a.mul(reciprocal);
    Value remainder = quotient.neg().fma(low, quotient.neg().fma(b, a));
    return remainder.fma(reciprocal, quotient);
  }

  /** log(1 + e^x) = max(x, 0) + log(1 + e^-|x|): 1.741 / 1.626 ulp. */
  static Value softplus(Value x) {
    Value z = expOfMinusAbs(x);
    Value big = z.greater(SQRT2_MINUS_1);
    Value f = big.select(z.fma(0.5, z.program().constant(-0.5)), z);
    Value log = Logarithms.core(f, big.select(1.0, 0.0));
    return log.add(x.greater(0).select(x, 0)).nanWhere(x.isNaN());
  }
}
