package dev.lanegrad.autodiff.formula;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reverse accumulation on formulas: from formulas y_k and seeds s_k to the sums over k of s_k
 * dy_k/dx_i, one formula for each input, sharing what they have in common.
 *
 * <p>Only structural zeros and ones are simplified away here; a user's own {@code x * 0} keeps its
 * IEEE meaning.
 */
final class Pullback {
  private final Map<Formula, Formula> adjoints = new HashMap<>();

  private Pullback() {}

  static List<Formula> of(List<Formula> outputs, List<Formula> seeds, int inputs) {
    Pullback pullback = new Pullback();
    for (int k = 0; k < outputs.size(); k++) {
      pullback.accumulate(outputs.get(k), seeds.get(k));
    }
    List<Formula> ordered = Formula.parts(outputs);
    for (int i = ordered.size() - 1; i >= 0; i--) {
      pullback.passOn(ordered.get(i));
    }
    List<Formula> gradients = new ArrayList<>(inputs);
    for (int i = 0; i < inputs; i++) {
      gradients.add(pullback.adjoints.getOrDefault(Formula.input(i), Formula.ZERO));
    }
    return gradients;
  }

  private void passOn(Formula formula) {
    Formula adjoint = adjoints.get(formula);
    if (adjoint == null || !(formula instanceof Formula.Apply apply)) {
      return;
    }
    List<Formula> arguments = apply.arguments();
    for (int j = 0; j < arguments.size(); j++) {
      if (!(arguments.get(j) instanceof Formula.Constant)) {
        Formula slope = apply.function().derivative(j, arguments, apply);
        accumulate(arguments.get(j), product(adjoint, slope));
      }
    }
  }

  private void accumulate(Formula formula, Formula adjoint) {
    if (!adjoint.isConstant(0)) {
      adjoints.merge(formula, adjoint, Formula::add);
    }
  }

  private static Formula product(Formula adjoint, Formula slope) {
    if (slope.isConstant(0) || slope.isConstant(1)) {
      return slope.isConstant(0) ? slope : adjoint;
    }
    if (adjoint.isConstant(1)) {
      return slope;
    }
    if (slope.isConstant(-1)) {
      return adjoint.neg();
    }
    if (slope instanceof Formula.Apply apply && apply.function() == ScalarFunction.SELECT) {
      return product(adjoint, apply.arguments());
    }
    return adjoint.mul(slope);
  }

  /**
   * Into the branches of a select where one of them is 0, so that an infinite gradient does not
   * turn into NaN where it does not flow.
   */
  private static Formula product(Formula adjoint, List<Formula> select) {
    Formula condition = select.get(0);
    Formula chosen = select.get(1);
    Formula other = select.get(2);
    if (chosen.isConstant(0) || other.isConstant(0)) {
      return condition.select(product(adjoint, chosen), product(adjoint, other));
    }
    return adjoint.mul(condition.select(chosen, other));
  }
}
