package dev.lanegrad.autodiff.internal.program;

import dev.lanegrad.autodiff.internal.program.Program.Opcode;
import dev.lanegrad.autodiff.internal.program.Program.Type;
import java.util.List;
import java.util.stream.Collectors;

/** One value of a program: an operation on earlier values. */
public final class Value {
  private final Program program;
  private final int id;
  private final Opcode opcode;
  private final long literal;
  private final List<Value> operands;

  Value(Program program, int id, Opcode opcode, long literal, List<Value> operands) {
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
