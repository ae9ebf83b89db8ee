package dev.lanegrad.autodiff.internal.program;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.formula.Formula;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Formulas without their constants: what a kernel is compiled from, and the numbers it is given
 * when it runs. Formulas that differ only in a learning rate or a slope share one kernel; 0, 1, -1,
 * 2 and 1/2 stay in the code.
 *
 * @param skeleton the formulas with slots in place of constants
 * @param parameters the number for each slot
 */
public record Template(List<Formula> skeleton, List<Double> parameters) {
  public Template {
    skeleton = List.copyOf(skeleton);
    parameters = List.copyOf(parameters);
  }

  /** Formulas whose constants have become parameters. */
  public static Template of(List<Formula> formulas) {
    Map<Formula, Formula> slots = new HashMap<>();
    List<Double> parameters = new ArrayList<>();
    for (Formula part : Formula.parts(formulas)) {
      if (part instanceof Formula.Constant constant && !staysInCode(constant.number())) {
        slots.put(part, FormulaAccess.get().slot(parameters.size()));
        parameters.add(constant.number());
      }
    }
    return new Template(Formula.replace(formulas, slots), parameters);
  }

  private static boolean staysInCode(double number) {
    return number == 0 || number == 1 || number == -1 || number == 2 || number == 0.5;
  }

  /** The exact operations for one dtype. */
  public Program program(DType dtype) {
    return FormulaAccess.get().lower(dtype, skeleton);
  }
}
