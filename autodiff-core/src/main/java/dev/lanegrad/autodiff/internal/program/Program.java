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

  private record Key(Opcode opcode, long literal, List<Integer> operands) {}

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
        .filter(value -> value.opcode == Opcode.PARAMETER)
        .mapToInt(value -> (int) value.literal + 1)
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

  private Value value(Opcode opcode, long literal, Value... operands) {
    List<Integer> ids = new ArrayList<>(operands.length);
    for (Value operand : operands) {
      ids.add(operand.id);
    }
    return known.computeIfAbsent(
        new Key(opcode, literal, ids),
        _ -> {
          Value made = new Value(this, values.size(), opcode, literal, List.of(operands));
          values.add(made);
          return made;
        });
  }

  /** One value of a program: an operation on earlier values. */
  public static final class Value {
    private final Program program;
    private final int id;
    private final Opcode opcode;
    private final long literal;
    private final List<Value> operands;

    private Value(Program program, int id, Opcode opcode, long literal, List<Value> operands) {
      this.program = program;
      this.id = id;
      this.opcode = opcode;
      this.literal = literal;
      this.operands = operands;
    }

    public Program program() {
      return program;
    }

    /** Position in {@link Program#values()}. */
    public int id() {
      return id;
    }

    public Opcode opcode() {
      return opcode;
    }

    /** Such as {@code v3 = MUL v1 v2}, with the literal of what has no operands. */
    @Override
    public String toString() {
      String read =
          operands.isEmpty()
              ? Long.toString(literal)
              : operands.stream().map(operand -> "v" + operand.id).collect(Collectors.joining(" "));
      return "v" + id + " = " + opcode + " " + read;
    }

    public List<Value> operands() {
      return operands;
    }

    /** The index of an input or parameter, or the bits of an integer constant. */
    public long literal() {
      return literal;
    }

    /** The number of a constant, or the limit of a {@code FAR} operation. */
    public double number() {
      return Double.longBitsToDouble(literal);
    }

    public Value add(Value b) {
      return program.value(Opcode.ADD, 0, this, b);
    }

    public Value add(double b) {
      return add(program.constant(b));
    }

    public Value sub(Value b) {
      return program.value(Opcode.SUB, 0, this, b);
    }

    public Value sub(double b) {
      return sub(program.constant(b));
    }

    public Value mul(Value b) {
      return program.value(Opcode.MUL, 0, this, b);
    }

    public Value mul(double b) {
      return mul(program.constant(b));
    }

    public Value div(Value b) {
      return program.value(Opcode.DIV, 0, this, b);
    }

    /** {@code this * b + c} with one rounding. */
    public Value fma(Value b, Value c) {
      return program.value(Opcode.FMA, 0, this, b, c);
    }

    public Value fma(double b, Value c) {
      return fma(program.constant(b), c);
    }

    public Value fma(Value b, double c) {
      return fma(b, program.constant(c));
    }

    public Value fma(double b, double c) {
      return fma(program.constant(b), program.constant(c));
    }

    public Value sqrt() {
      return program.value(Opcode.SQRT, 0, this);
    }

    public Value abs() {
      return program.value(Opcode.ABS, 0, this);
    }

    public Value neg() {
      return program.value(Opcode.NEG, 0, this);
    }

    /** This condition decides: {@code a} where it holds, else {@code b}. */
    public Value select(Value a, Value b) {
      Opcode opcode = a.opcode.type() == Type.BITS ? Opcode.BITS_SELECT : Opcode.SELECT;
      return program.value(opcode, 0, this, a, b);
    }

    public Value select(double a, Value b) {
      return select(program.constant(a), b);
    }

    public Value select(Value a, double b) {
      return select(a, program.constant(b));
    }

    public Value select(double a, double b) {
      return select(program.constant(a), program.constant(b));
    }

    public Value less(Value b) {
      return program.value(Opcode.LESS, 0, this, b);
    }

    public Value less(double b) {
      return less(program.constant(b));
    }

    public Value lessEqual(Value b) {
      return program.value(Opcode.LESS_EQUAL, 0, this, b);
    }

    public Value lessEqual(double b) {
      return lessEqual(program.constant(b));
    }

    public Value greater(Value b) {
      return b.less(this);
    }

    public Value greater(double b) {
      return greater(program.constant(b));
    }

    public Value greaterEqual(Value b) {
      return b.lessEqual(this);
    }

    public Value greaterEqual(double b) {
      return greaterEqual(program.constant(b));
    }

    public Value equal(Value b) {
      return program.value(Opcode.EQUAL, 0, this, b);
    }

    public Value equal(double b) {
      return equal(program.constant(b));
    }

    public Value notEqual(Value b) {
      return program.value(
          opcode.type() == Type.BITS ? Opcode.BITS_NOT_EQUAL : Opcode.NOT_EQUAL, 0, this, b);
    }

    public Value isNaN() {
      return notEqual(this);
    }

    public Value and(Value b) {
      Opcode and = opcode.type() == Type.BITS ? Opcode.BITS_AND : Opcode.AND;
      return program.value(and, 0, this, b);
    }

    public Value or(Value b) {
      Opcode or = opcode.type() == Type.BITS ? Opcode.BITS_OR : Opcode.OR;
      return program.value(or, 0, this, b);
    }

    public Value xor(Value b) {
      return program.value(Opcode.BITS_XOR, 0, this, b);
    }

    public Value not() {
      return program.value(Opcode.NOT, 0, this);
    }

    /** The bits of this number, as an integer. */
    public Value bits() {
      return program.value(Opcode.TO_BITS, 0, this);
    }

    /** The number that has these bits. */
    public Value fromBits() {
      return program.value(Opcode.FROM_BITS, 0, this);
    }

    public Value plus(Value b) {
      return program.value(Opcode.BITS_ADD, 0, this, b);
    }

    public Value plus(long b) {
      return plus(program.bitsConstant(b));
    }

    public Value minus(Value b) {
      return program.value(Opcode.BITS_SUB, 0, this, b);
    }

    public Value and(long b) {
      return and(program.bitsConstant(b));
    }

    public Value or(long b) {
      return or(program.bitsConstant(b));
    }

    public Value shiftLeft(int distance) {
      return program.value(Opcode.SHIFT_LEFT, distance, this);
    }

    /** Shift to the right, filling with zeros. */
    public Value shiftRight(int distance) {
      return program.value(Opcode.SHIFT_RIGHT, distance, this);
    }

    /** {@code near} where |this| is at most {@code limit}, else StrictMath's function of this. */
    public Value far(Opcode opcode, double limit, Value near) {
      return program.value(opcode, Double.doubleToRawLongBits(limit), this, near);
    }

    /** The magnitude of this (not negative, or already of that sign) with the sign bit of x. */
    public Value withSignOf(Value x) {
      long sign = 1L << (program.width() - 1);
      return bits().or(x.bits().and(sign)).fromBits();
    }

    /** This, or the canonical NaN where the condition holds: NaN bits are the same everywhere. */
    public Value nanWhere(Value condition) {
      return condition.select(Double.NaN, this);
    }
  }
}
