package dev.lanegrad.autodiff.formula;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reverse accumulation on formulas: from formulas y_k and seeds s_k to the sums over k of s_k
 * dy_k/dx_i, one formula for each input, sharing what they have in common.
 *
 * <p>Only structural zeros and ones are simplified away here; a user's own {@code x * 0} keeps its
 * IEEE meaning.
 */
final class Pullback {
  private final Map<Formula, Adjoint> adjoints = new HashMap<>();

  private Pullback() {}

  static List<Formula> of(List<Formula> outputs, List<Formula> seeds, int inputs) {
    Pullback pullback = new Pullback();
    for (int k = 0; k < outputs.size(); k++) {
      pullback.accumulate(outputs.get(k), Adjoint.NONE.times(seeds.get(k)));
    }
    List<Formula> ordered = Formula.parts(outputs);
    for (int i = ordered.size() - 1; i >= 0; i--) {
      pullback.passOn(ordered.get(i));
    }
    List<Formula> gradients = new ArrayList<>(inputs);
    for (int i = 0; i < inputs; i++) {
      Adjoint adjoint = pullback.adjoints.get(Formula.input(i));
      gradients.add(adjoint == null ? Formula.ZERO : adjoint.formula());
    }
    return gradients;
  }

  private void passOn(Formula formula) {
    Adjoint adjoint = adjoints.get(formula);
    if (adjoint == null || !(formula instanceof Formula.Apply apply)) {
      return;
    }
    List<Formula> arguments = apply.arguments();
    for (int j = 0; j < arguments.size(); j++) {
      if (!(arguments.get(j) instanceof Formula.Constant)) {
        Formula slope = apply.function().derivative(j, arguments, apply);
        accumulate(arguments.get(j), adjoint.times(slope));
      }
    }
  }

  private void accumulate(Formula formula, Adjoint adjoint) {
    if (!adjoint.value.isConstant(0)) {
      adjoints.merge(formula, adjoint, Adjoint::plus);
    }
  }

  /**
   * What has come back to a part of a formula: a value where a condition holds, else 0. The
   * condition goes along and is asked at the end, so that an infinite slope is not multiplied by
   * the 0 of what a select did not choose, which would be NaN.
   *
   * @param guard null where the value counts everywhere
   */
  private record Adjoint(Formula value, @Nullable Formula guard) {
    static final Adjoint NONE = new Adjoint(Formula.ONE, null);

    Adjoint times(Formula slope) {
      if (slope instanceof Formula.Apply apply && apply.function() == ScalarFunction.SELECT) {
        List<Formula> select = apply.arguments();
        Formula condition = select.get(0);
        if (select.get(2).isConstant(0)) {
          return where(condition).times(select.get(1));
        }
        if (select.get(1).isConstant(0)) {
          return where(condition.logicalNot()).times(select.get(2));
        }
      }
      return new Adjoint(product(value, slope), guard);
    }

    private Adjoint where(Formula condition) {
      if (guard == null || guard == condition) {
        return new Adjoint(value, condition);
      }
      return new Adjoint(value, guard.logicalAnd(condition));
    }

    private static Formula product(Formula value, Formula slope) {
      if (slope.isConstant(0) || value.isConstant(1)) {
        return slope;
      }
      if (slope.isConstant(1)) {
        return value;
      }
      return slope.isConstant(-1) ? value.neg() : value.mul(slope);
    }

    Adjoint plus(Adjoint other) {
      if (guard == other.guard) {
        return new Adjoint(value.add(other.value), guard);
      }
      if (guard == null || other.guard == null) {
        return new Adjoint(formula().add(other.formula()), null);
      }
      if (other.guard == guard.logicalNot()) {
        return new Adjoint(guard.where(value, other.value), null);
      }
      if (guard == other.guard.logicalNot()) {
        return new Adjoint(other.guard.where(other.value, value), null);
      }
      return new Adjoint(formula().add(other.formula()), guard.logicalOr(other.guard));
    }

    Formula formula() {
      if (guard == null) {
        return value;
      }
      return guard instanceof Formula.Apply apply && apply.function() == ScalarFunction.LOGICAL_NOT
          ? apply.arguments().getFirst().where(Formula.ZERO, value)
          : guard.where(value, Formula.ZERO);
    }
  }
}
