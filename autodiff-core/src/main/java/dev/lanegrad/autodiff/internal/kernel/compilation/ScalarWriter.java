package dev.lanegrad.autodiff.internal.kernel.compilation;

import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.program.Program.Opcode;
import dev.lanegrad.autodiff.internal.program.Program.Type;
import dev.lanegrad.autodiff.internal.program.Value;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/** The same operations one element at a time: the definition that vector code is held to. */
final class ScalarWriter implements InstructionWriter {
  private static final ClassDesc MATH = ClassDesc.of("java.lang.Math");
  private static final ClassDesc FAR = ClassDesc.of(FarTrigonometry.class.getName());

  private final boolean single;
  private final ClassDesc element;
  private final ClassDesc word;
  private final ClassDesc box;
  private final TypeKind kind;

  ScalarWriter(DType dtype) {
    this.single = dtype == DType.FLOAT32;
    this.element = single ? CD_float : CD_double;
    this.word = single ? CD_int : CD_long;
    this.box = ClassDesc.of(single ? "java.lang.Float" : "java.lang.Double");
    this.kind = TypeKind.from(element);
  }

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public ClassDesc arrayType() {
    return element.arrayType();
  }

  @Override
  public TypeKind kind(Type type) {
    return switch (type) {
      case FLOAT -> kind;
      case BITS -> TypeKind.from(word);
      case CONDITION -> TypeKind.INT;
    };
  }

  @Override
  public void declareConstants(ClassBuilder builder) {}

  @Override
  public void load(CodeBuilder code, int array, Runnable pushIndex) {
    code.aload(array);
    pushIndex.run();
    code.arrayLoad(kind);
  }

  @Override
  public void loadBroadcast(CodeBuilder code, int array, Runnable pushIndex) {
    load(code, array, pushIndex);
  }

  @Override
  public void loadParameter(CodeBuilder code, int array, int index) {
    code.aload(array).loadConstant(index).daload();
    if (single) {
      code.d2f();
    }
  }

  @Override
  public void store(CodeBuilder code, Runnable pushValue, int array, Runnable pushIndex) {
    code.aload(array);
    pushIndex.run();
    pushValue.run();
    code.arrayStore(kind);
  }

  @Override
  public void write(CodeBuilder code, Value value, Operands operands) {
    if (value.opcode() == Opcode.SELECT || value.opcode() == Opcode.BITS_SELECT) {
      operands.push(value.operands().get(0));
      choose(
          code,
          Opcode.NOT_EQUAL,
          () -> operands.push(value.operands().get(1)),
          () -> operands.push(value.operands().get(2)));
      return;
    }
    if (value.opcode().isFar()) {
      operands.push(value.operands().get(1));
      operands.push(value.operands().get(0));
      code.loadConstant(value.number())
          .invokestatic(
              FAR,
              InstructionWriter.farMethod(value.opcode()),
              MethodTypeDesc.of(element, element, element, CD_double));
      return;
    }
    value.operands().forEach(operands::push);
    switch (value.opcode()) {
      case CONSTANT -> {
        if (single) {
          code.loadConstant((float) value.number());
        } else {
          code.loadConstant(value.number());
        }
      }
      case BITS_CONSTANT -> {
        if (single) {
          code.loadConstant((int) value.literal());
        } else {
          code.loadConstant(value.literal());
        }
      }
      case ADD -> pick(code, CodeBuilder::fadd, CodeBuilder::dadd);
      case SUB -> pick(code, CodeBuilder::fsub, CodeBuilder::dsub);
      case MUL -> pick(code, CodeBuilder::fmul, CodeBuilder::dmul);
      case DIV -> pick(code, CodeBuilder::fdiv, CodeBuilder::ddiv);
      case NEG -> pick(code, CodeBuilder::fneg, CodeBuilder::dneg);
      case FMA ->
          code.invokestatic(MATH, "fma", MethodTypeDesc.of(element, element, element, element));
      case ABS -> code.invokestatic(MATH, "abs", MethodTypeDesc.of(element, element));
      case SQRT -> squareRoot(code);
      case TO_BITS ->
          code.invokestatic(
              box,
              single ? "floatToRawIntBits" : "doubleToRawLongBits",
              MethodTypeDesc.of(word, element));
      case FROM_BITS ->
          code.invokestatic(
              box,
              single ? "intBitsToFloat" : "longBitsToDouble",
              MethodTypeDesc.of(element, word));
      case BITS_ADD -> pick(code, CodeBuilder::iadd, CodeBuilder::ladd);
      case BITS_SUB -> pick(code, CodeBuilder::isub, CodeBuilder::lsub);
      case BITS_AND -> pick(code, CodeBuilder::iand, CodeBuilder::land);
      case BITS_OR -> pick(code, CodeBuilder::ior, CodeBuilder::lor);
      case BITS_XOR -> pick(code, CodeBuilder::ixor, CodeBuilder::lxor);
      case SHIFT_LEFT -> {
        code.loadConstant((int) value.literal());
        pick(code, CodeBuilder::ishl, CodeBuilder::lshl);
      }
      case SHIFT_RIGHT -> {
        code.loadConstant((int) value.literal());
        pick(code, CodeBuilder::iushr, CodeBuilder::lushr);
      }
      case LESS, LESS_EQUAL, EQUAL, NOT_EQUAL, BITS_NOT_EQUAL -> compare(code, value.opcode());
      case AND -> code.iand();
      case OR -> code.ior();
      case NOT -> code.iconst_1().ixor();
      default -> throw new AssertionError(value.opcode());
    }
  }

  private void squareRoot(CodeBuilder code) {
    if (single) {
      code.f2d();
    }
    code.invokestatic(MATH, "sqrt", MethodTypeDesc.of(CD_double, CD_double));
    if (single) {
      code.d2f();
    }
  }

  /** Leaves -1, 0 or 1, NaN counting as "does not hold", and turns it into a condition. */
  private void compare(CodeBuilder code, Opcode opcode) {
    switch (opcode) {
      case LESS, LESS_EQUAL -> pick(code, CodeBuilder::fcmpg, CodeBuilder::dcmpg);
      case EQUAL, NOT_EQUAL -> pick(code, CodeBuilder::fcmpl, CodeBuilder::dcmpl);
      default -> pick(code, CodeBuilder::ixor, CodeBuilder::lcmp);
    }
    choose(code, opcode, code::iconst_1, code::iconst_0);
  }

  private static void choose(CodeBuilder code, Opcode opcode, Runnable then, Runnable orElse) {
    Label otherwise = code.newLabel();
    Label end = code.newLabel();
    switch (opcode) {
      case LESS -> code.ifge(otherwise);
      case LESS_EQUAL -> code.ifgt(otherwise);
      case EQUAL -> code.ifne(otherwise);
      default -> code.ifeq(otherwise);
    }
    then.run();
    code.goto_(end).labelBinding(otherwise);
    orElse.run();
    code.labelBinding(end);
  }

  private interface Instruction {
    void write(CodeBuilder code);
  }

  private void pick(CodeBuilder code, Instruction ofFloat, Instruction ofDouble) {
    (single ? ofFloat : ofDouble).write(code);
  }
}
