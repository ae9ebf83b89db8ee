package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.internal.program.Program;
import dev.lanegrad.autodiff.internal.program.Program.Type;
import dev.lanegrad.autodiff.internal.program.Value;
import java.util.List;
import java.util.Locale;

/**
 * A program as the loop one would write by hand: a local variable for each value, in order, the
 * constants before the loop.
 */
final class ProgramSource {
  private final StringBuilder constants = new StringBuilder();
  private final StringBuilder body = new StringBuilder();
  private final Program program;
  private final List<Double> parameters;

  private ProgramSource(Program program, List<Double> parameters) {
    this.program = program;
    this.parameters = parameters;
  }

  /**
   * The loop of a program with one output.
   *
   * @param parameters the numbers that the program's parameters stand for
   */
  static WrittenLoop compile(Program program, int inputs, List<Double> parameters) {
    ProgramSource source = new ProgramSource(program, parameters);
    program.values().forEach(source::write);
    Value output = program.outputs().getFirst();
    String result =
        output.opcode().type() == Type.CONDITION
            ? "$Numbers.zero(S).blend(1, %s)".formatted(name(output))
            : name(output);
    source.body.append(result).append(".intoArray(y, i);\n");
    return LoopCompiler.compile(
        program.dtype(), inputs, source.constants.toString(), source.body.toString());
  }

  private void write(Value value) {
    boolean isConstant =
        switch (value.opcode()) {
          case CONSTANT, BITS_CONSTANT, PARAMETER -> true;
          default -> false;
        };
    String type =
        switch (value.opcode().type()) {
          case FLOAT -> "$Numbers";
          case BITS -> "$Words";
          case CONDITION -> program.isFloat32() ? "VectorMask<Float>" : "VectorMask<Double>";
        };
    (isConstant ? constants : body)
        .append("%s %s = %s;\n".formatted(type, name(value), expression(value)));
  }

  private String expression(Value value) {
    return switch (value.opcode()) {
      case INPUT -> String.format(Locale.ROOT, "$Numbers.fromArray(S, x%d, i)", value.literal());
      case PARAMETER -> number(parameters.get((int) value.literal()));
      case CONSTANT -> number(value.number());
      case BITS_CONSTANT ->
          String.format(Locale.ROOT, "$Words.broadcast(B, ($word) %dL)", value.literal());
      case ADD, BITS_ADD -> call(value, "add");
      case SUB, BITS_SUB -> call(value, "sub");
      case MUL -> call(value, "mul");
      case DIV -> call(value, "div");
      case FMA -> call(value, "fma");
      case SQRT -> call(value, "sqrt");
      case ABS -> call(value, "abs");
      case NEG -> call(value, "neg");
      case BITS_AND, AND -> call(value, "and");
      case BITS_OR, OR -> call(value, "or");
      case NOT -> call(value, "not");
      case BITS_XOR -> lanewise(value, "XOR", name(value.operands().get(1)));
      case SHIFT_LEFT -> lanewise(value, "LSHL", Long.toString(value.literal()));
      case SHIFT_RIGHT -> lanewise(value, "LSHR", Long.toString(value.literal()));
      case TO_BITS -> call(value, program.isFloat32() ? "reinterpretAsInts" : "reinterpretAsLongs");
      case FROM_BITS ->
          call(value, program.isFloat32() ? "reinterpretAsFloats" : "reinterpretAsDoubles");
      case LESS -> compare(value, "LT");
      case LESS_EQUAL -> compare(value, "LE");
      case EQUAL -> compare(value, "EQ");
      case NOT_EQUAL -> compare(value, "NE");
      case BITS_NOT_EQUAL -> compare(value, "NE") + ".cast(S)";
      case SELECT -> select(value, "");
      case BITS_SELECT -> select(value, ".cast(B)");
      case FAR_SIN, FAR_COS, FAR_TAN ->
          throw new IllegalArgumentException(value.opcode() + " is no operation on vectors");
    };
  }

  private String number(double number) {
    String literal = Double.toString(number);
    if (Double.isNaN(number)) {
      literal = "Double.NaN";
    } else if (Double.isInfinite(number)) {
      literal = number > 0 ? "Double.POSITIVE_INFINITY" : "Double.NEGATIVE_INFINITY";
    }
    return "$Numbers.broadcast(S, ($number) (%s))".formatted(literal);
  }

  private static String call(Value value, String method) {
    List<String> names = value.operands().stream().map(ProgramSource::name).toList();
    List<String> arguments = names.subList(1, names.size());
    return "%s.%s(%s)".formatted(names.getFirst(), method, String.join(", ", arguments));
  }

  private static String lanewise(Value value, String operator, String operand) {
    return "%s.lanewise(VectorOperators.%s, %s)"
        .formatted(name(value.operands().getFirst()), operator, operand);
  }

  private static String compare(Value value, String operator) {
    return "%s.compare(VectorOperators.%s, %s)"
        .formatted(name(value.operands().get(0)), operator, name(value.operands().get(1)));
  }

  private static String select(Value value, String cast) {
    return "%s.blend(%s, %s%s)"
        .formatted(
            name(value.operands().get(2)),
            name(value.operands().get(1)),
            name(value.operands().get(0)),
            cast);
  }

  private static String name(Value value) {
    return "v" + value.id();
  }
}
