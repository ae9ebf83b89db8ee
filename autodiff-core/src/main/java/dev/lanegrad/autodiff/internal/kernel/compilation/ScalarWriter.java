package dev.lanegrad.autodiff.internal.kernel.compilation;

import static java.lang.classfile.Opcode.DADD;
import static java.lang.classfile.Opcode.DCMPG;
import static java.lang.classfile.Opcode.DCMPL;
import static java.lang.classfile.Opcode.DDIV;
import static java.lang.classfile.Opcode.DMUL;
import static java.lang.classfile.Opcode.DNEG;
import static java.lang.classfile.Opcode.DSUB;
import static java.lang.classfile.Opcode.FADD;
import static java.lang.classfile.Opcode.FCMPG;
import static java.lang.classfile.Opcode.FCMPL;
import static java.lang.classfile.Opcode.FDIV;
import static java.lang.classfile.Opcode.FMUL;
import static java.lang.classfile.Opcode.FNEG;
import static java.lang.classfile.Opcode.FSUB;
import static java.lang.classfile.Opcode.IADD;
import static java.lang.classfile.Opcode.IAND;
import static java.lang.classfile.Opcode.IOR;
import static java.lang.classfile.Opcode.ISHL;
import static java.lang.classfile.Opcode.ISUB;
import static java.lang.classfile.Opcode.IUSHR;
import static java.lang.classfile.Opcode.IXOR;
import static java.lang.classfile.Opcode.LADD;
import static java.lang.classfile.Opcode.LAND;
import static java.lang.classfile.Opcode.LCMP;
import static java.lang.classfile.Opcode.LOR;
import static java.lang.classfile.Opcode.LSHL;
import static java.lang.classfile.Opcode.LSUB;
import static java.lang.classfile.Opcode.LUSHR;
import static java.lang.classfile.Opcode.LXOR;
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
import java.lang.classfile.instruction.OperatorInstruction;
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
      Label otherwise = jumpUnless(code, Opcode.NOT_EQUAL);
      operands.push(value.operands().get(1));
      Label end = orElse(code, otherwise);
      operands.push(value.operands().get(2));
      code.labelBinding(end);
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
      case ADD -> pick(code, FADD, DADD);
      case SUB -> pick(code, FSUB, DSUB);
      case MUL -> pick(code, FMUL, DMUL);
      case DIV -> pick(code, FDIV, DDIV);
      case NEG -> pick(code, FNEG, DNEG);
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
      case BITS_ADD -> pick(code, IADD, LADD);
      case BITS_SUB -> pick(code, ISUB, LSUB);
      case BITS_AND -> pick(code, IAND, LAND);
      case BITS_OR -> pick(code, IOR, LOR);
      case BITS_XOR -> pick(code, IXOR, LXOR);
      case SHIFT_LEFT -> {
        code.loadConstant((int) value.literal());
        pick(code, ISHL, LSHL);
      }
      case SHIFT_RIGHT -> {
        code.loadConstant((int) value.literal());
        pick(code, IUSHR, LUSHR);
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
      case LESS, LESS_EQUAL -> pick(code, FCMPG, DCMPG);
      case EQUAL, NOT_EQUAL -> pick(code, FCMPL, DCMPL);
      default -> pick(code, IXOR, LCMP);
    }
    Label otherwise = jumpUnless(code, opcode);
    code.iconst_1();
    Label end = orElse(code, otherwise);
    code.iconst_0().labelBinding(end);
  }

  /** Where it goes on unless the comparison with 0 holds. */
  private static Label jumpUnless(CodeBuilder code, Opcode opcode) {
    Label otherwise = code.newLabel();
    switch (opcode) {
      case LESS -> code.ifge(otherwise);
      case LESS_EQUAL -> code.ifgt(otherwise);
      case EQUAL -> code.ifne(otherwise);
      default -> code.ifeq(otherwise);
    }
    return otherwise;
  }

  /** Ends what is done where the comparison holds and begins what else is done; the end of that. */
  private static Label orElse(CodeBuilder code, Label otherwise) {
    Label end = code.newLabel();
    code.goto_(end).labelBinding(otherwise);
    return end;
  }

  private void pick(
      CodeBuilder code, java.lang.classfile.Opcode ofFloat, java.lang.classfile.Opcode ofDouble) {
    code.with(OperatorInstruction.of(single ? ofFloat : ofDouble));
  }
}
