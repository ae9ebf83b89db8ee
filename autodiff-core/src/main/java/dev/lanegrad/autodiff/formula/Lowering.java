package dev.lanegrad.autodiff.formula;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.program.Program;
import dev.lanegrad.autodiff.internal.program.Program.Type;
import dev.lanegrad.autodiff.internal.program.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * From formulas to a program: every function is replaced by its recipe. A comparison stays a
 * condition where a select asks for one and becomes 1 or 0 where a number is wanted.
 */
final class Lowering {
  private Lowering() {}

  static Program lower(DType dtype, List<Formula> formulas) {
    Program program = new Program(dtype);
    Map<Formula, Value> values = new HashMap<>();
    for (Formula part : Formula.parts(formulas)) {
      values.put(
          part,
          switch (part) {
            case Formula.Input input -> program.input(input.index());
            case Formula.Constant constant -> program.constant(constant.number());
            case Formula.Slot slot -> program.parameter(slot.index());
            case Formula.Apply apply -> recipe(apply, values);
          });
    }
    for (Formula formula : formulas) {
      program.output(number(Objects.requireNonNull(values.get(formula))));
    }
    return program;
  }

  private static Value recipe(Formula.Apply apply, Map<Formula, Value> values) {
    List<Value> arguments = new ArrayList<>();
    for (Formula argument : apply.arguments()) {
      boolean decides = apply.function().isCondition(arguments.size());
      Value value = Objects.requireNonNull(values.get(argument));
      arguments.add(decides ? condition(value) : number(value));
    }
    return apply.function().program(arguments);
  }

  private static Value number(Value value) {
    return value.opcode().type() == Type.CONDITION ? value.select(1, 0) : value;
  }

  private static Value condition(Value value) {
    boolean is = value.opcode().type() == Type.CONDITION;
    return is ? value : value.notEqual(value.program().constant(0));
  }
}
