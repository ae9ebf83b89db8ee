package dev.lanegrad.autodiff.internal.kernel.compilation;

import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.program.Program.Opcode;
import dev.lanegrad.autodiff.internal.program.Program.Type;
import dev.lanegrad.autodiff.internal.program.Value;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/**
 * Operations on vectors of one width. Only operations that are exact are used: no transcendental
 * operator, no reduceLanes, no min and max lanes, whose bits or speed cannot be relied on.
 */
public final class VectorWriter implements InstructionWriter {
  private static final String PACKAGE = "jdk.incubator.vector.";
  private static final ClassDesc VECTOR = ClassDesc.of(PACKAGE + "Vector");
  private static final ClassDesc SPECIES = ClassDesc.of(PACKAGE + "VectorSpecies");
  private static final ClassDesc MASK = ClassDesc.of(PACKAGE + "VectorMask");
  private static final ClassDesc OPERATORS = ClassDesc.of(PACKAGE + "VectorOperators");
  private static final ClassDesc BINARY = ClassDesc.of(PACKAGE + "VectorOperators$Binary");
  private static final ClassDesc ASSOCIATIVE =
      ClassDesc.of(PACKAGE + "VectorOperators$Associative");
  private static final ClassDesc COMPARISON = ClassDesc.of(PACKAGE + "VectorOperators$Comparison");
  private static final ClassDesc FAR_FLOATS = ClassDesc.of(FloatFarTrigonometry.class.getName());
  private static final ClassDesc FAR_DOUBLES = ClassDesc.of(DoubleFarTrigonometry.class.getName());
  private static final String NUMBERS = "NUMBERS";
  private static final String WORDS = "WORDS";

  private final ClassDesc self;
  private final int bits;
  private final int lanes;
  private final boolean single;
  private final ClassDesc element;
  private final ClassDesc word;
  private final ClassDesc numbers;
  private final ClassDesc words;

  VectorWriter(ClassDesc self, DType dtype, int bits) {
    this.self = self;
    this.bits = bits;
    this.lanes = bits / (8 * dtype.bytes());
    this.single = dtype == DType.FLOAT32;
    this.element = single ? CD_float : CD_double;
    this.word = single ? CD_int : CD_long;
    this.numbers = ClassDesc.of(PACKAGE + (single ? "FloatVector" : "DoubleVector"));
    this.words = ClassDesc.of(PACKAGE + (single ? "IntVector" : "LongVector"));
  }

  @Override
  public int lanes() {
    return lanes;
  }

  @Override
  public ClassDesc arrayType() {
    return element.arrayType();
  }

  @Override
  public TypeKind kind(Type type) {
    return TypeKind.REFERENCE;
  }

  /**
   * The species, as static final fields of the kernel's own class: there the JIT takes them for
   * constants.
   */
  @Override
  public void declareConstants(ClassBuilder builder) {
    int flags = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_FINAL;
    builder.withField(NUMBERS, SPECIES, flags);
    builder.withField(WORDS, SPECIES, flags);
    builder.withMethodBody(
        ConstantDescs.CLASS_INIT_NAME,
        ConstantDescs.MTD_void,
        ClassFile.ACC_STATIC,
        code ->
            code.getstatic(numbers, "SPECIES_" + bits, SPECIES)
                .putstatic(self, NUMBERS, SPECIES)
                .getstatic(words, "SPECIES_" + bits, SPECIES)
                .putstatic(self, WORDS, SPECIES)
                .return_());
  }

  @Override
  public void load(CodeBuilder code, int array, Runnable pushIndex) {
    code.getstatic(self, NUMBERS, SPECIES).aload(array);
    pushIndex.run();
    code.invokestatic(
        numbers, "fromArray", MethodTypeDesc.of(numbers, SPECIES, arrayType(), CD_int));
  }

  @Override
  public void loadBroadcast(CodeBuilder code, int array, Runnable pushIndex) {
    code.getstatic(self, NUMBERS, SPECIES).aload(array);
    pushIndex.run();
    code.arrayLoad(TypeKind.from(element));
    broadcast(code, numbers, element);
  }

  @Override
  public void loadParameter(CodeBuilder code, int array, int index) {
    code.getstatic(self, NUMBERS, SPECIES).aload(array).loadConstant(index).daload();
    if (single) {
      code.d2f();
    }
    broadcast(code, numbers, element);
  }

  @Override
  public void store(CodeBuilder code, Runnable pushValue, int array, Runnable pushIndex) {
    pushValue.run();
    code.aload(array);
    pushIndex.run();
    code.invokevirtual(
        numbers, "intoArray", MethodTypeDesc.of(CD_void, element.arrayType(), CD_int));
  }

  private static void broadcast(CodeBuilder code, ClassDesc vector, ClassDesc element) {
    code.invokestatic(vector, "broadcast", MethodTypeDesc.of(vector, SPECIES, element));
  }

  /** The type of an array of words as wide as elements. */
  public ClassDesc wordArrayType() {
    return word.arrayType();
  }

  /** Pushes a vector of words. */
  public void loadWords(CodeBuilder code, int array, Runnable pushIndex) {
    code.getstatic(self, WORDS, SPECIES).aload(array);
    pushIndex.run();
    code.invokestatic(
        words, "fromArray", MethodTypeDesc.of(words, SPECIES, word.arrayType(), CD_int));
  }

  /** Numbers on the stack to their bits. */
  public void toWords(CodeBuilder code) {
    unary(code, numbers, single ? "reinterpretAsInts" : "reinterpretAsLongs", words);
  }

  /** Bits on the stack to the numbers that have them. */
  public void fromWords(CodeBuilder code) {
    unary(code, words, single ? "reinterpretAsFloats" : "reinterpretAsDoubles", numbers);
  }

  /** Indices and two vectors of words on the stack to the words that the indices name. */
  public void selectFrom(CodeBuilder code) {
    code.invokevirtual(words, "selectFrom", MethodTypeDesc.of(words, VECTOR, VECTOR));
  }

  /** Two vectors on the stack to the larger of each two elements, as {@link Math#max} has it. */
  public void larger(CodeBuilder code) {
    binary(code, numbers, "max");
  }

  /** Numbers on the stack to their bits, of every NaN the same. */
  public void toCanonicalWords(CodeBuilder code) {
    int number = code.allocateLocal(TypeKind.REFERENCE);
    code.astore(number).aload(number);
    toWords(code);
    pushWord(code, single ? Float.floatToIntBits(Float.NaN) : Double.doubleToLongBits(Double.NaN));
    code.aload(number).aload(number);
    compare(code, numbers, "NE");
    cast(code, WORDS);
    code.invokevirtual(words, "blend", MethodTypeDesc.of(words, word, MASK));
  }

  /** Words on the stack, shifted to the right by copies of the sign until only those are left. */
  public void signOfWords(CodeBuilder code) {
    shift(code, "ASHR", 8 * (single ? Float.BYTES : Double.BYTES) - 1);
  }

  /** Two vectors of words on the stack to all ones where they are equal, else zeros. */
  public void equalWords(CodeBuilder code) {
    compare(code, words, "EQ");
    int equal = code.allocateLocal(TypeKind.REFERENCE);
    code.astore(equal);
    constantWords(code, 0);
    pushWord(code, -1);
    code.aload(equal).invokevirtual(words, "blend", MethodTypeDesc.of(words, word, MASK));
  }

  public void largerWords(CodeBuilder code) {
    binary(code, words, "max");
  }

  public void andWords(CodeBuilder code) {
    binary(code, words, "and");
  }

  public void orWords(CodeBuilder code) {
    binary(code, words, "or");
  }

  public void xorWords(CodeBuilder code) {
    code.getstatic(OPERATORS, "XOR", ASSOCIATIVE)
        .swap()
        .invokevirtual(words, "lanewise", MethodTypeDesc.of(words, BINARY, VECTOR));
  }

  /** Two vectors of words on the stack to the bits of the first that the second lacks. */
  public void andNotWords(CodeBuilder code) {
    code.getstatic(OPERATORS, "AND_NOT", BINARY)
        .swap()
        .invokevirtual(words, "lanewise", MethodTypeDesc.of(words, BINARY, VECTOR));
  }

  /** Pushes a vector of the same word in every lane. */
  public void constantWords(CodeBuilder code, long bits) {
    code.getstatic(self, WORDS, SPECIES);
    pushWord(code, bits);
    broadcast(code, words, word);
  }

  public long largestWord() {
    return single ? Integer.MAX_VALUE : Long.MAX_VALUE;
  }

  /** Indices and a vector of words on the stack to the words that the indices name. */
  public void rearrangeWords(CodeBuilder code) {
    code.invokevirtual(words, "selectFrom", MethodTypeDesc.of(words, VECTOR));
  }

  /** Words on the stack to the mask of those that are not 0. */
  public void maskOfWords(CodeBuilder code) {
    constantWords(code, 0);
    compare(code, words, "NE");
    cast(code, NUMBERS);
  }

  /** Stores some lanes of a value; all of its lanes have to have room. */
  public void storeSome(
      CodeBuilder code, Runnable pushValue, int array, Runnable pushIndex, Runnable pushMask) {
    pushValue.run();
    code.aload(array);
    pushIndex.run();
    pushMask.run();
    code.invokevirtual(
        numbers, "intoArray", MethodTypeDesc.of(CD_void, element.arrayType(), CD_int, MASK));
  }

  /** Two vectors and a mask on the stack to the second where the mask is set, else the first. */
  public void blend(CodeBuilder code) {
    code.invokevirtual(numbers, "blend", MethodTypeDesc.of(numbers, VECTOR, MASK));
  }

  /** Pushes a vector of the same number in every lane. */
  public void constant(CodeBuilder code, double number) {
    code.getstatic(self, NUMBERS, SPECIES);
    if (single) {
      code.loadConstant((float) number);
    } else {
      code.loadConstant(number);
    }
    broadcast(code, numbers, element);
  }

  /** Pushes a vector of zeros. */
  public void zero(CodeBuilder code) {
    code.getstatic(self, NUMBERS, SPECIES)
        .invokestatic(numbers, "zero", MethodTypeDesc.of(numbers, SPECIES));
  }

  /** a, b and c on the stack to a b + c. */
  public void fma(CodeBuilder code) {
    code.invokevirtual(numbers, "fma", MethodTypeDesc.of(numbers, VECTOR, VECTOR));
  }

  @Override
  public void write(CodeBuilder code, Value value, Operands operands) {
    switch (value.opcode()) {
      case CONSTANT -> {
        constant(code, value.number());
        return;
      }
      case BITS_CONSTANT -> {
        constantWords(code, value.literal());
        return;
      }
      case SELECT, BITS_SELECT -> {
        writeSelect(code, value, operands);
        return;
      }
      case FAR_SIN, FAR_COS, FAR_TAN -> {
        writeFar(code, value, operands);
        return;
      }
      default -> value.operands().forEach(operands::push);
    }
    switch (value.opcode()) {
      case ADD -> binary(code, numbers, "add");
      case SUB -> binary(code, numbers, "sub");
      case MUL -> binary(code, numbers, "mul");
      case DIV -> binary(code, numbers, "div");
      case FMA -> fma(code);
      case SQRT -> unary(code, numbers, "sqrt", numbers);
      case ABS -> unary(code, numbers, "abs", numbers);
      case NEG -> unary(code, numbers, "neg", numbers);
      case FROM_BITS -> fromWords(code);
      case TO_BITS -> toWords(code);
      case BITS_ADD -> binary(code, words, "add");
      case BITS_SUB -> binary(code, words, "sub");
      case BITS_AND -> binary(code, words, "and");
      case BITS_OR -> binary(code, words, "or");
      case BITS_XOR -> xorWords(code);
      case SHIFT_LEFT -> shift(code, "LSHL", value.literal());
      case SHIFT_RIGHT -> shift(code, "LSHR", value.literal());
      case LESS -> compare(code, numbers, "LT");
      case LESS_EQUAL -> compare(code, numbers, "LE");
      case EQUAL -> compare(code, numbers, "EQ");
      case NOT_EQUAL -> compare(code, numbers, "NE");
      case BITS_NOT_EQUAL -> {
        compare(code, words, "NE");
        cast(code, NUMBERS);
      }
      case AND -> code.invokevirtual(MASK, "and", MethodTypeDesc.of(MASK, MASK));
      case OR -> code.invokevirtual(MASK, "or", MethodTypeDesc.of(MASK, MASK));
      case NOT -> unary(code, MASK, "not", MASK);
      default -> throw new AssertionError(value.opcode());
    }
  }

  /** Conditions are kept as masks of floating-point lanes. */
  private void writeSelect(CodeBuilder code, Value value, Operands operands) {
    boolean ofWords = value.opcode() == Opcode.BITS_SELECT;
    ClassDesc vector = ofWords ? words : numbers;
    operands.push(value.operands().get(2));
    operands.push(value.operands().get(1));
    operands.push(value.operands().get(0));
    if (ofWords) {
      cast(code, WORDS);
    }
    code.invokevirtual(vector, "blend", MethodTypeDesc.of(vector, VECTOR, MASK));
  }

  /** The detour is taken only by vectors in which some lane lies beyond the limit. */
  private void writeFar(CodeBuilder code, Value value, Operands operands) {
    Label near = code.newLabel();
    operands.push(value.operands().get(1));
    operands.push(value.operands().get(0));
    unary(code, numbers, "abs", numbers);
    code.getstatic(OPERATORS, "GT", COMPARISON);
    constant(code, value.number());
    code.invokevirtual(numbers, "compare", MethodTypeDesc.of(MASK, COMPARISON, VECTOR))
        .invokevirtual(MASK, "anyTrue", MethodTypeDesc.of(ConstantDescs.CD_boolean))
        .ifeq(near);
    operands.push(value.operands().get(0));
    code.loadConstant(value.number())
        .invokestatic(
            single ? FAR_FLOATS : FAR_DOUBLES,
            InstructionWriter.farMethod(value.opcode()),
            MethodTypeDesc.of(numbers, numbers, numbers, CD_double))
        .labelBinding(near);
  }

  private void cast(CodeBuilder code, String species) {
    code.getstatic(self, species, SPECIES)
        .invokevirtual(MASK, "cast", MethodTypeDesc.of(MASK, SPECIES));
  }

  private static void unary(CodeBuilder code, ClassDesc owner, String method, ClassDesc result) {
    code.invokevirtual(owner, method, MethodTypeDesc.of(result));
  }

  private static void binary(CodeBuilder code, ClassDesc vector, String method) {
    code.invokevirtual(vector, method, MethodTypeDesc.of(vector, VECTOR));
  }

  private void shift(CodeBuilder code, String name, long distance) {
    code.getstatic(OPERATORS, name, BINARY);
    pushWord(code, distance);
    code.invokevirtual(words, "lanewise", MethodTypeDesc.of(words, BINARY, word));
  }

  private static void compare(CodeBuilder code, ClassDesc vector, String name) {
    code.getstatic(OPERATORS, name, COMPARISON)
        .swap()
        .invokevirtual(vector, "compare", MethodTypeDesc.of(MASK, COMPARISON, VECTOR));
  }

  private void pushWord(CodeBuilder code, long bits) {
    if (single) {
      code.loadConstant((int) bits);
    } else {
      code.loadConstant(bits);
    }
  }
}
