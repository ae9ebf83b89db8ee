package dev.lanegrad.autodiff.internal.kernel.loops;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.internal.BoundedCache;
import dev.lanegrad.autodiff.internal.program.Program;
import dev.lanegrad.autodiff.internal.program.Template;
import dev.lanegrad.autodiff.internal.program.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Formulas as loops take them: without their constants, and those as an array. */
final class LoopCode {
  private static final BoundedCache<List<Formula>, LoopCode> KNOWN = new BoundedCache<>(4_096);

  /** Operations in the time in which an element comes from a large array or goes to one. */
  private static final int MOVING = 8;

  private final Template template;
  private final double[] parameters;

  private @Nullable Count count32;
  private @Nullable Count count64;

  private LoopCode(List<Formula> formulas) {
    this.template = Template.of(formulas);
    this.parameters = new double[template.parameters().size()];
    for (int k = 0; k < parameters.length; k++) {
      parameters[k] = template.parameters().get(k);
    }
  }

  static LoopCode of(List<Formula> formulas) {
    return KNOWN.get(formulas, LoopCode::new);
  }

  /** What kernels are compiled from. */
  List<Formula> skeleton() {
    return template.skeleton();
  }

  /** For kernels, which only read it. */
  double[] parameters() {
    return parameters;
  }

  /** What is computed, with parameters in the place of constants. */
  Program program(DType dtype) {
    return template.program(dtype);
  }

  LoopKernel kernel(DType dtype, LoopShape shape) {
    return LoopKernels.get(template, dtype, shape);
  }

  /** Operations of one element. */
  int operations(DType dtype) {
    return count(dtype).operations;
  }

  /** In how many operations' time one element of a large array is done. */
  int cost(DType dtype) {
    return count(dtype).cost;
  }

  private Count count(DType dtype) {
    Count known = dtype == DType.FLOAT32 ? count32 : count64;
    if (known == null) {
      known = Count.of(template.program(dtype));
      if (dtype == DType.FLOAT32) {
        count32 = known;
      } else {
        count64 = known;
      }
    }
    return known;
  }

  private record Count(int operations, int cost) {
    static Count of(Program program) {
      int cost = MOVING * program.outputs().size();
      for (Value value : program.values()) {
        cost += cost(value);
      }
      return new Count(program.values().size(), cost);
    }

    private static int cost(Value value) {
      return switch (value.opcode()) {
        case INPUT -> MOVING;
        case DIV, SQRT -> 16;
        default -> 1;
      };
    }
  }
}
