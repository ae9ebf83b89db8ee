package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.formula.Formula;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Thirty formulas, from one operation to a hundred, all hot in one process. */
final class HotFormulas {
  private static final Map<String, Formula> ALL = new LinkedHashMap<>();

  static {
    Formula x = Formula.input(0);
    Formula y = Formula.input(1);
    Formula z = Formula.input(2);
    ALL.put("add", x.add(y));
    ALL.put("mul", x.mul(y));
    ALL.put("div", x.div(y));
    ALL.put("fma", x.fma(y, z));
    ALL.put("axpy", x.mul(0.3).add(y));
    ALL.put("lerp", x.add(z.mul(y.sub(x))));
    ALL.put("squared-difference", x.squaredDifference(y));
    ALL.put("polynomial", x.mul(x.mul(x.mul(0.2).add(0.3)).add(0.4)).add(0.5));
    ALL.put("norm", x.square().add(y.square()).sqrt());
    ALL.put("rsqrt", x.rsqrt());
    ALL.put("max", x.maximum(y));
    ALL.put("clamp", x.clamp(0.25, 0.75));
    ALL.put("relu", x.relu());
    ALL.put("relu-slope", x.greater(0).where(y, Formula.ZERO));
    ALL.put("leaky-relu", x.leakyRelu(0.01));
    ALL.put("huber", x.less(1).where(x.square().mul(0.5), x.abs().sub(0.5)));
    ALL.put("adam-direction", x.div(y.sqrt().mul(0.9).add(1e-8)).mul(1e-3));
    ALL.put("momentum", x.mul(0.9).add(y.mul(0.1)));
    ALL.put("exp", x.exp());
    ALL.put("expm1", x.expm1());
    ALL.put("log", x.log());
    ALL.put("log1p", x.log1p());
    ALL.put("tanh", x.tanh());
    ALL.put("tanh-slope", y.mul(Formula.ONE.sub(x.square())));
    ALL.put("sigmoid", x.sigmoid());
    ALL.put("silu", x.silu());
    ALL.put("softplus", x.softplus());
    ALL.put("gelu", x.geluTanh());
    ALL.put("gelu-slope", y.mul(x.geluTanh().derivative(0)));
    ALL.put("gaussian", x.sub(y).square().mul(-0.5).exp().mul(z));
  }

  private HotFormulas() {}

  static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  static Formula get(String name) {
    Formula formula = ALL.get(name);
    if (formula == null) {
      throw new IllegalArgumentException("no formula " + name);
    }
    return formula;
  }
}
