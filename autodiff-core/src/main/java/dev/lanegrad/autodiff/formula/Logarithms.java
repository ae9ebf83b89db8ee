package dev.lanegrad.autodiff.formula;

import dev.lanegrad.autodiff.internal.program.Program;
import dev.lanegrad.autodiff.internal.program.Value;
import org.jspecify.annotations.Nullable;

/**
 * The logarithms and the reduction that other functions share with them. Bounds are the largest
 * errors measured, in units in the last place, float32 / float64.
 */
final class Logarithms {
  private static final double SQRT_HALF_F32 = 0x1.6a09e6p-1;
  private static final double SQRT_HALF_F64 = 0x1.6a09e667f3bcdp-1;

  private static final double INVERSE_LN2_HIGH_F32 = 0x1.715476p+0;
  private static final double INVERSE_LN2_LOW_F32 = 0x1.4ae0cp-26;
  private static final double INVERSE_LN2_HIGH_F64 = 0x1.71547652b82fep+0;
  private static final double INVERSE_LN2_LOW_F64 = 0x1.777d0ffda0d24p-56;

  private static final double INVERSE_LN10_HIGH_F32 = 0x1.bcb7b2p-2;
  private static final double INVERSE_LN10_LOW_F32 = -0x1.5b235ep-27;
  private static final double INVERSE_LN10_HIGH_F64 = 0x1.bcb7b1526e50ep-2;
  private static final double INVERSE_LN10_LOW_F64 = 0x1.95355baaafad3p-57;

  private static final double LOG10_2_HIGH_F32 = 0x1.344136p-2;
  private static final double LOG10_2_LOW_F32 = -0x1.ec10cp-27;
  private static final double LOG10_2_HIGH_F64 = 0x1.34413509f79ffp-2;
  private static final double LOG10_2_LOW_F64 = -0x1.9dc1da994fd21p-59;

  // log(1 + f) = f + f^2 (c0 + c1 f + ...) for 1 + f in [sqrt(1/2), sqrt(2))
  private static final double[] LOGF_F32 = {
    -0x1.fffff8p-2,
    0x1.55555p-2,
    -0x1.00043p-2,
    0x1.99a3a8p-3,
    -0x1.54256p-3,
    0x1.227ad8p-3,
    -0x1.0f5572p-3,
    0x1.08076p-3,
    -0x1.36d98ap-4
  };

  // log((1 + s) / (1 - s)) = 2 s + s z (c0 + c1 z + ...) with z = s^2, s = f / (2 + f)
  private static final double[] LOGS_F64 = {
    0x1.5555555555592p-1,
    0x1.999999997ff39p-2,
    0x1.24924941df1b6p-2,
    0x1.c71c52161aeacp-3,
    0x1.74663c9a27a66p-3,
    0x1.39a1ef9a3b897p-3,
    0x1.2f03882139f06p-3
  };

  // log2(1 + f) and log10(1 + f) = f / ln(base) + f^2 (c0 + c1 f + ...)
  private static final double[] LOG2F_F32 = {
    -0x1.71547p-1,
    0x1.ec7094p-2,
    -0x1.715afp-2,
    0x1.277f7p-2,
    -0x1.eaa8aap-3,
    0x1.a2bb0ap-3,
    -0x1.8796cap-3,
    0x1.7f9b68p-3,
    -0x1.c7527p-4
  };
  private static final double[] LOG10F_F32 = {
    -0x1.bcb7aap-3,
    0x1.287a7p-3,
    -0x1.bcbf32p-4,
    0x1.63d124p-4,
    -0x1.276f0cp-4,
    0x1.f823eap-5,
    -0x1.d708c6p-5,
    0x1.ce176ep-5,
    -0x1.1370acp-5
  };

  private Logarithms() {}

  /** x = 2^e m with m in [sqrt(1/2), sqrt(2)); {@code t} has e + bias in its exponent field. */
  record Reduced(Value e, Value m, Value t) {}

  /** A number as 2^e (1 + f), 1 + f in [sqrt(1/2), sqrt(2)). */
  record Scaled(Value e, Value f) {}

  /** Reduction of any finite positive number; denormals are scaled up first. */
  static Reduced reduce(Value x) {
    Program p = x.program();
    int up = p.fractionBits() + 2;
    double offset = Exponentials.magic(p) + p.exponentBias();
    Value denormal = x.less(p.constant(0x1p-126, 0x1p-1022));
    Value normal = denormal.select(x.mul(Math.scalb(1.0, up)), x);
    return reduce(normal, denormal.select(-(offset + up), p.constant(-offset)));
  }

  /** Reduction of a number known to be normal. */
  static Reduced reduceNormal(Value x) {
    Program p = x.program();
    return reduce(x, p.constant(-(Exponentials.magic(p) + p.exponentBias())));
  }

  private static Reduced reduce(Value x, Value offset) {
    Program p = x.program();
    int fraction = p.fractionBits();
    long root = p.isFloat32() ? p.bitsOf(SQRT_HALF_F32) : p.bitsOf(SQRT_HALF_F64);
    Value t = x.bits().plus(p.bitsOf(1) - root);
    Value e = t.shiftRight(fraction).plus(p.bitsOf(Exponentials.magic(p))).fromBits().add(offset);
    Value m = t.and((1L << fraction) - 1).plus(root).fromBits();
    return new Reduced(e, m, t);
  }

  /**
   * Reduction of 1 + high + low. The sum's rounding error (two-sum) joins f, scaled by 2^(1-e) and
   * a half, because 2^-e itself can leave the exponent range. The low word may be absent.
   */
  static Scaled reduceOnePlus(Value high, @Nullable Value low) {
    Program p = high.program();
    Value sum = high.add(1);
    Value one = sum.sub(high);
    Value error = p.constant(1).sub(one).add(high.sub(sum.sub(one)));
    if (low != null) {
      error = error.add(low);
    }
    Reduced reduced = reduceNormal(sum);
    int fraction = p.fractionBits();
    Value exponent = reduced.t().shiftRight(fraction).shiftLeft(fraction);
    long twoBias = 2L * p.exponentBias() + 1;
    Value scale = p.bitsConstant(twoBias << fraction).minus(exponent).fromBits();
    return new Scaled(reduced.e(), error.mul(0.5).fma(scale, reduced.m().sub(1)));
  }

  /** e ln2 + log(1 + f). */
  static Value core(Value f, Value e) {
    Program p = f.program();
    Value high = p.constant(Exponentials.LN2_HIGH_F32, Exponentials.LN2_HIGH_F64);
    Value low = p.constant(Exponentials.LN2_LOW_F32, Exponentials.LN2_LOW_F64);
    if (p.isFloat32()) {
      Value tail = f.mul(f).fma(p.polynomial(f, LOGF_F32, LOGF_F32), e.mul(low));
      return e.fma(high, tail.add(f));
    }
    Series series = new Series(f);
    Value tail = series.s.fma(series.half.add(series.rest), e.mul(low));
    return e.fma(high, f.sub(series.half.sub(tail)));
  }

  /** log(1 + f) = f - half + s (half + rest), the terms of fdlibm's logarithm (float64). */
  private static final class Series {
    private final Value half;
    private final Value s;
    private final Value rest;

    Series(Value f) {
      half = f.mul(f).mul(0.5);
      s = f.div(f.add(2));
      Value z = s.mul(s);
      rest = z.mul(f.program().polynomial(z, LOGS_F64, LOGS_F64));
    }
  }

  private static Value withSpecialValues(Value x, Value y) {
    Value atInfinity = x.equal(Double.POSITIVE_INFINITY).select(Double.POSITIVE_INFINITY, y);
    Value atZero = x.equal(0).select(Double.NEGATIVE_INFINITY, atInfinity);
    return atZero.nanWhere(x.greaterEqual(0).not());
  }

  /** 0.876 / 0.813 ulp. */
  static Value log(Value x) {
    Reduced reduced = reduce(x);
    return withSpecialValues(x, core(reduced.m().sub(1), reduced.e()));
  }

  /** 1.452 / 1.300 ulp. */
  static Value log1p(Value x) {
    Scaled scaled = reduceOnePlus(x, null);
    Value y = core(scaled.f(), scaled.e()).withSignOf(x);
    Value atInfinity = x.equal(Double.POSITIVE_INFINITY).select(Double.POSITIVE_INFINITY, y);
    Value atPole = x.equal(-1).select(Double.NEGATIVE_INFINITY, atInfinity);
    return atPole.nanWhere(x.greaterEqual(-1).not());
  }

  /** Exact at powers of two: 0.955 / 0.784 ulp. */
  static Value log2(Value x) {
    Program p = x.program();
    Reduced reduced = reduce(x);
    Value e = reduced.e();
    Value f = reduced.m().sub(1);
    Value high = p.constant(INVERSE_LN2_HIGH_F32, INVERSE_LN2_HIGH_F64);
    Value low = p.constant(INVERSE_LN2_LOW_F32, INVERSE_LN2_LOW_F64);
    if (p.isFloat32()) {
      Value tail = f.mul(f.fma(p.polynomial(f, LOG2F_F32, LOG2F_F32), low));
      return withSpecialValues(x, f.fma(high, tail).add(e));
    }
    Product product = new Product(f, high, low);
    Value sum = e.add(product.high);
    Value sumLow = e.sub(sum).add(product.high);
    return withSpecialValues(x, sum.add(sumLow.add(product.low.add(product.rest))));
  }

  /** Exact at those powers of ten that are exact: 0.928 / 0.711 ulp. */
  static Value log10(Value x) {
    Program p = x.program();
    Reduced reduced = reduce(x);
    Value e = reduced.e();
    Value f = reduced.m().sub(1);
    Value high = p.constant(INVERSE_LN10_HIGH_F32, INVERSE_LN10_HIGH_F64);
    Value low = p.constant(INVERSE_LN10_LOW_F32, INVERSE_LN10_LOW_F64);
    Value stepHigh = p.constant(LOG10_2_HIGH_F32, LOG10_2_HIGH_F64);
    Value stepLow = p.constant(LOG10_2_LOW_F32, LOG10_2_LOW_F64);
    if (p.isFloat32()) {
      Value tail = f.mul(f.fma(p.polynomial(f, LOG10F_F32, LOG10F_F32), low));
      Value y = e.fma(stepHigh, f.fma(high, e.fma(stepLow, tail)));
      return withSpecialValues(x, y);
    }
    Product product = new Product(f, high, low);
    Value rest = e.fma(stepLow, product.rest);
    Value steps = e.mul(stepHigh);
    Value stepsLow = e.fma(stepHigh, steps.neg());
    Value sum = steps.add(product.high);
    Value sumLow = steps.sub(sum).add(product.high);
    Value lows = product.low.add(stepsLow).add(rest);
    return withSpecialValues(x, sum.add(sumLow.add(lows)));
  }

  /** log(1 + f) times a constant of two words, as high + low + rest (float64). */
  private static final class Product {
    private final Value high;
    private final Value low;
    private final Value rest;

    Product(Value f, Value constant, Value constantLow) {
      Series series = new Series(f);
      Value log = f.sub(series.half);
      Value logLow = series.s.fma(series.half.add(series.rest), f.sub(log).sub(series.half));
      rest = log.fma(constantLow, logLow.mul(constant));
      high = log.mul(constant);
      low = log.fma(constant, high.neg());
    }
  }
}
