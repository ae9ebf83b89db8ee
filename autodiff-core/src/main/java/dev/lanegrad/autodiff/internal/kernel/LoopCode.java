package dev.lanegrad.autodiff.internal.kernel;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Program;
import dev.lanegrad.autodiff.formula.Template;
import java.util.List;

/** Formulas as loops take them: without their constants, and those as an array. */
final class LoopCode {
  private static final BoundedCache<List<Formula>, LoopCode> KNOWN = new BoundedCache<>(4_096);

  /** Operations in the time in which an element comes from a large array or goes to one. */
  private static final int MOVING = 8;

  private final Template template;
  private final double[] parameters;

  private int operations32;
  private int operations64;

  private LoopCode(List<Formula> formulas) {
    this.template = Template.of(formulas);
    this.parameters = template.parameters().stream().mapToDouble(Double::doubleValue).toArray();
  }

  static LoopCode of(List<Formula> formulas) {
    return KNOWN.get(formulas, LoopCode::new);
  }

  /** For kernels, which only read it. */
  double[] parameters() {
    return parameters;
  }

  LoopKernel kernel(DType dtype, LoopShape shape) {
    return LoopKernels.get(template, dtype, shape);
  }

  /** Operations of one element: what takes longer than others counts as several. */
  int operations(DType dtype) {
    int known = dtype == DType.FLOAT32 ? operations32 : operations64;
    if (known == 0) {
      Program program = template.program(dtype);
      known = program.values().stream().mapToInt(LoopCode::cost).sum();
      known += MOVING * program.outputs().size();
      if (dtype == DType.FLOAT32) {
        operations32 = known;
      } else {
        operations64 = known;
      }
    }
    return known;
  }

  private static int cost(Program.Value value) {
    return switch (value.opcode()) {
      case INPUT -> MOVING;
      case DIV, SQRT -> 16;
      default -> 1;
    };
  }
}
