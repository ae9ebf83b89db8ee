package dev.lanegrad.autodiff.formula;

import dev.lanegrad.autodiff.internal.program.Program;
import dev.lanegrad.autodiff.internal.program.Program.Opcode;
import dev.lanegrad.autodiff.internal.program.Value;
import java.util.List;

/**
 * Evaluates a program one number at a time in plain Java: a second opinion on what a program means,
 * independent of the kernels generated from it. Every value is kept as raw bits.
 */
final class ProgramInterpreter {
  private final Opcode[] opcodes;
  private final int[][] operands;
  private final long[] literals;
  private final long[] values;
  private final int[] outputs;
  private final boolean float32;

  ProgramInterpreter(Program program) {
    List<Value> all = program.values();
    float32 = program.isFloat32();
    opcodes = new Opcode[all.size()];
    operands = new int[all.size()][];
    literals = new long[all.size()];
    values = new long[all.size()];
    outputs = program.outputs().stream().mapToInt(Value::id).toArray();
    for (Value value : all) {
      int id = value.id();
      opcodes[id] = value.opcode();
      operands[id] = value.operands().stream().mapToInt(Value::id).toArray();
      literals[id] =
          value.opcode() == Opcode.CONSTANT ? program.bitsOf(value.number()) : value.literal();
    }
  }

  /** The program's first output for these inputs. */
  float run(float... inputs) {
    return run(inputs, new float[0]);
  }

  /** The program's first output for these inputs. */
  double run(double... inputs) {
    return run(inputs, new double[0]);
  }

  float run(float[] inputs, float[] parameters) {
    if (!float32) {
      throw new IllegalStateException("a float64 program");
    }
    for (int id = 0; id < opcodes.length; id++) {
      values[id] =
          switch (opcodes[id]) {
            case INPUT -> Float.floatToRawIntBits(inputs[(int) literals[id]]);
            case PARAMETER -> Float.floatToRawIntBits(parameters[(int) literals[id]]);
            default -> float32(id);
          };
    }
    return output32(0);
  }

  double run(double[] inputs, double[] parameters) {
    if (float32) {
      throw new IllegalStateException("a float32 program");
    }
    for (int id = 0; id < opcodes.length; id++) {
      values[id] =
          switch (opcodes[id]) {
            case INPUT -> Double.doubleToRawLongBits(inputs[(int) literals[id]]);
            case PARAMETER -> Double.doubleToRawLongBits(parameters[(int) literals[id]]);
            default -> float64(id);
          };
    }
    return output64(0);
  }

  /** Output {@code index} of the last run. */
  float output32(int index) {
    return Float.intBitsToFloat((int) values[outputs[index]]);
  }

  /** Output {@code index} of the last run. */
  double output64(int index) {
    return Double.longBitsToDouble(values[outputs[index]]);
  }

  private long operand(int id, int index) {
    return values[operands[id][index]];
  }

  private float f(int id, int index) {
    return Float.intBitsToFloat((int) operand(id, index));
  }

  private double d(int id, int index) {
    return Double.longBitsToDouble(operand(id, index));
  }

  private boolean isFar(double x, int id) {
    return Math.abs(x) > Double.longBitsToDouble(literals[id]);
  }

  private long float32(int id) {
    return switch (opcodes[id]) {
      case ADD -> raw(f(id, 0) + f(id, 1));
      case SUB -> raw(f(id, 0) - f(id, 1));
      case MUL -> raw(f(id, 0) * f(id, 1));
      case DIV -> raw(f(id, 0) / f(id, 1));
      case FMA -> raw(Math.fma(f(id, 0), f(id, 1), f(id, 2)));
      case SQRT -> raw((float) Math.sqrt(f(id, 0)));
      case ABS -> raw(Math.abs(f(id, 0)));
      case NEG -> raw(-f(id, 0));
      case FAR_SIN -> isFar(f(id, 0), id) ? raw((float) StrictMath.sin(f(id, 0))) : operand(id, 1);
      case FAR_COS -> isFar(f(id, 0), id) ? raw((float) StrictMath.cos(f(id, 0))) : operand(id, 1);
      case FAR_TAN -> isFar(f(id, 0), id) ? raw((float) StrictMath.tan(f(id, 0))) : operand(id, 1);
      case LESS -> raw(f(id, 0) < f(id, 1));
      case LESS_EQUAL -> raw(f(id, 0) <= f(id, 1));
      case EQUAL -> raw(f(id, 0) == f(id, 1));
      case NOT_EQUAL -> raw(f(id, 0) != f(id, 1));
      case BITS_ADD -> (int) (operand(id, 0) + operand(id, 1));
      case BITS_SUB -> (int) (operand(id, 0) - operand(id, 1));
      case SHIFT_LEFT -> (int) operand(id, 0) << literals[id];
      case SHIFT_RIGHT -> (int) operand(id, 0) >>> literals[id];
      default -> ofAnyWidth(id);
    };
  }

  private long float64(int id) {
    return switch (opcodes[id]) {
      case ADD -> raw(d(id, 0) + d(id, 1));
      case SUB -> raw(d(id, 0) - d(id, 1));
      case MUL -> raw(d(id, 0) * d(id, 1));
      case DIV -> raw(d(id, 0) / d(id, 1));
      case FMA -> raw(Math.fma(d(id, 0), d(id, 1), d(id, 2)));
      case SQRT -> raw(Math.sqrt(d(id, 0)));
      case ABS -> raw(Math.abs(d(id, 0)));
      case NEG -> raw(-d(id, 0));
      case FAR_SIN -> isFar(d(id, 0), id) ? raw(StrictMath.sin(d(id, 0))) : operand(id, 1);
      case FAR_COS -> isFar(d(id, 0), id) ? raw(StrictMath.cos(d(id, 0))) : operand(id, 1);
      case FAR_TAN -> isFar(d(id, 0), id) ? raw(StrictMath.tan(d(id, 0))) : operand(id, 1);
      case LESS -> raw(d(id, 0) < d(id, 1));
      case LESS_EQUAL -> raw(d(id, 0) <= d(id, 1));
      case EQUAL -> raw(d(id, 0) == d(id, 1));
      case NOT_EQUAL -> raw(d(id, 0) != d(id, 1));
      case BITS_ADD -> operand(id, 0) + operand(id, 1);
      case BITS_SUB -> operand(id, 0) - operand(id, 1);
      case SHIFT_LEFT -> operand(id, 0) << literals[id];
      case SHIFT_RIGHT -> operand(id, 0) >>> literals[id];
      default -> ofAnyWidth(id);
    };
  }

  private long ofAnyWidth(int id) {
    return switch (opcodes[id]) {
      case CONSTANT, BITS_CONSTANT -> literals[id];
      case FROM_BITS, TO_BITS -> operand(id, 0);
      case SELECT, BITS_SELECT -> operand(id, 0) != 0 ? operand(id, 1) : operand(id, 2);
      case BITS_AND, AND -> operand(id, 0) & operand(id, 1);
      case BITS_OR, OR -> operand(id, 0) | operand(id, 1);
      case BITS_XOR -> operand(id, 0) ^ operand(id, 1);
      case NOT -> 1 - operand(id, 0);
      case BITS_NOT_EQUAL -> raw(operand(id, 0) != operand(id, 1));
      default -> throw new AssertionError(opcodes[id]);
    };
  }

  private static long raw(float number) {
    return Float.floatToRawIntBits(number);
  }

  private static long raw(double number) {
    return Double.doubleToRawLongBits(number);
  }

  private static long raw(boolean condition) {
    return condition ? 1 : 0;
  }
}
