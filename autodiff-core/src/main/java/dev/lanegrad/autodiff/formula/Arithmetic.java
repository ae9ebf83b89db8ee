package dev.lanegrad.autodiff.formula;

import dev.lanegrad.autodiff.internal.program.Program;
import dev.lanegrad.autodiff.internal.program.Value;

/** Recipes of a few exact operations. */
final class Arithmetic {
  private Arithmetic() {}

  static Value square(Value x) {
    return x.mul(x);
  }

  static Value reciprocal(Value x) {
    return x.program().constant(1).div(x);
  }

  static Value reciprocalSquareRoot(Value x) {
    return reciprocal(x.sqrt());
  }

  static Value squaredDifference(Value a, Value b) {
    return square(a.sub(b));
  }

  /** sqrt(a^2 + b^2), scaled by a power of two so that no square over- or underflows. */
  static Value hypot(Value a, Value b) {
    Program p = a.program();
    Value x = a.abs();
    Value y = b.abs();
    Value large = Selections.max(x, y);
    Value small = Selections.min(x, y);
    Value huge = large.greater(p.constant(0x1p60, 0x1p500));
    Value tiny = large.less(p.constant(0x1p-40, 0x1p-400));
    Value down = p.constant(0x1p-80, 0x1p-600);
    Value up = p.constant(0x1p80, 0x1p600);
    Value one = p.constant(1);
    Value scale = huge.select(down, tiny.select(up, one));
    Value back = huge.select(up, tiny.select(down, one));
    Value u = large.mul(scale);
    Value v = small.mul(scale);
    Value y2 = u.fma(u, v.mul(v)).sqrt().mul(back);
    double infinity = Double.POSITIVE_INFINITY;
    return x.equal(infinity).or(y.equal(infinity)).select(infinity, y2);
  }
}
