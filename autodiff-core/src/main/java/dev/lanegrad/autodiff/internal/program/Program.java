package dev.lanegrad.autodiff.internal.program;

import dev.lanegrad.autodiff.DType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A straight-line program over operations that IEEE 754 defines to the last bit: what a formula
 * becomes for one dtype before a kernel is written from it.
 *
 * <p>Because every operation is exact (correctly rounded, or on bits), the same program gives the
 * same result in scalar code and in vector code of any width, interpreted and compiled. Values are
 * hash-consed: asking twice for the same operation on the same operands gives the same value, so
 * common parts are computed once.
 */
public final class Program {
  /** The type of a value: a floating-point number, its bits as an integer, or a condition. */
  public enum Type {
    FLOAT,
    BITS,
    CONDITION
  }

  /**
   * The exact operations. Integer operations wrap around; shifts to the right are logical. The
   * {@code FAR} operations give their second operand where the first lies within a limit, else
   * {@link StrictMath}'s result, which is defined to the bit as well.
   */
  public enum Opcode {
    INPUT(Type.FLOAT),
    PARAMETER(Type.FLOAT),
    CONSTANT(Type.FLOAT),
    ADD(Type.FLOAT),
    SUB(Type.FLOAT),
    MUL(Type.FLOAT),
    DIV(Type.FLOAT),
    FMA(Type.FLOAT),
    SQRT(Type.FLOAT),
    ABS(Type.FLOAT),
    NEG(Type.FLOAT),
    SELECT(Type.FLOAT),
    FAR_SIN(Type.FLOAT),
    FAR_COS(Type.FLOAT),
    FAR_TAN(Type.FLOAT),
    FROM_BITS(Type.FLOAT),
    BITS_CONSTANT(Type.BITS),
    TO_BITS(Type.BITS),
    BITS_ADD(Type.BITS),
    BITS_SUB(Type.BITS),
    BITS_AND(Type.BITS),
    BITS_OR(Type.BITS),
    BITS_XOR(Type.BITS),
    SHIFT_LEFT(Type.BITS),
    SHIFT_RIGHT(Type.BITS),
    BITS_SELECT(Type.BITS),
    LESS(Type.CONDITION),
    LESS_EQUAL(Type.CONDITION),
    EQUAL(Type.CONDITION),
    NOT_EQUAL(Type.CONDITION),
    BITS_NOT_EQUAL(Type.CONDITION),
    AND(Type.CONDITION),
    OR(Type.CONDITION),
    NOT(Type.CONDITION);

    private final Type type;

    Opcode(Type type) {
      this.type = type;
    }

    /** Whether this is one of the operations that turn to {@link StrictMath} beyond a limit. */
    public boolean isFar() {
      return this == FAR_SIN || this == FAR_COS || this == FAR_TAN;
    }

    /** The type of the operation's result. */
    public Type type() {
      return type;
    }
  }

  private record Key(Opcode opcode, long literal, List<Integer> operands) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key that
          && opcode == that.opcode
          && literal == that.literal
          && operands.equals(that.operands);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * opcode.hashCode() + Long.hashCode(literal)) + operands.hashCode();
    }
  }

  private final DType dtype;
  private final List<Value> values = new ArrayList<>();
  private final List<Value> outputs = new ArrayList<>();
  private final Map<Key, Value> known = new HashMap<>();

  /** An empty program for float32 or float64. */
  public Program(DType dtype) {
    if (!dtype.isFloating()) {
      throw new IllegalArgumentException("a program computes in float32 or float64, not " + dtype);
    }
    this.dtype = dtype;
  }

  public DType dtype() {
    return dtype;
  }

  /** One line a value, in order. */
  @Override
  public String toString() {
    return values.stream().map(Value::toString).collect(Collectors.joining("\n"));
  }

  public boolean isFloat32() {
    return dtype == DType.FLOAT32;
  }

  /** All values in the order they are computed; operands come before their users. */
  public List<Value> values() {
    return List.copyOf(values);
  }

  /** The values the program returns. */
  public List<Value> outputs() {
    return List.copyOf(outputs);
  }

  /** Declares the next output. */
  public void output(Value value) {
    outputs.add(value);
  }

  /** Input number {@code index}: one element of an array. */
  public Value input(int index) {
    return value(Opcode.INPUT, index);
  }

  /** Parameter number {@code index}: one number for all elements, known when the program runs. */
  public Value parameter(int index) {
    return value(Opcode.PARAMETER, index);
  }

  /** How many parameters it takes. */
  public int parameters() {
    return values.stream()
        .filter(value -> value.opcode() == Opcode.PARAMETER)
        .mapToInt(value -> (int) value.literal() + 1)
        .max()
        .orElse(0);
  }

  /** A constant, rounded to the program's dtype. */
  public Value constant(double number) {
    double rounded = isFloat32() ? (float) number : number;
    return value(Opcode.CONSTANT, Double.doubleToRawLongBits(rounded));
  }

  /** A constant with a value for each dtype. */
  public Value constant(double float32, double float64) {
    return constant(isFloat32() ? float32 : float64);
  }

  /** An integer constant of the dtype's width (32 or 64 bits). */
  public Value bitsConstant(long bits) {
    return value(Opcode.BITS_CONSTANT, isFloat32() ? (int) bits : bits);
  }

  /** The bit pattern of a number in the program's dtype. */
  public long bitsOf(double number) {
    return isFloat32()
        ? Float.floatToRawIntBits((float) number)
        : Double.doubleToRawLongBits(number);
  }

  /** Bits of the fraction field: 23 or 52. */
  public int fractionBits() {
    return isFloat32() ? 23 : 52;
  }

  /** Exponent bias: 127 or 1023. */
  public int exponentBias() {
    return isFloat32() ? 127 : 1023;
  }

  /** Width of a number: 32 or 64 bits. */
  public int width() {
    return isFloat32() ? 32 : 64;
  }

  /**
   * c0 + x (c1 + x (c2 + ...)) by Horner's rule in fused multiply-adds, coefficients of the lowest
   * power first.
   */
  public Value polynomial(Value x, double[] float32, double[] float64) {
    double[] coefficients = isFloat32() ? float32 : float64;
    Value sum = constant(coefficients[coefficients.length - 1]);
    for (int i = coefficients.length - 2; i >= 0; i--) {
      sum = sum.fma(x, constant(coefficients[i]));
    }
    return sum;
  }

  /** What gives the result of an operation, made if it is not known. */
  Value value(Opcode opcode, long literal, Value... operands) {
    List<Integer> ids = new ArrayList<>(operands.length);
    for (Value operand : operands) {
      ids.add(operand.id());
    }
    Key key = new Key(opcode, literal, ids);
    Value value = known.get(key);
    if (value == null) {
      value = new Value(this, values.size(), opcode, literal, List.of(operands));
      values.add(value);
      known.put(key, value);
    }
    return value;
  }
}
