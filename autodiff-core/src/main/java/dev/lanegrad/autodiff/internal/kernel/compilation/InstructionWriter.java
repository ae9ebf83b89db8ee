package dev.lanegrad.autodiff.internal.kernel.compilation;

import dev.lanegrad.autodiff.internal.program.Program.Opcode;
import dev.lanegrad.autodiff.internal.program.Program.Type;
import dev.lanegrad.autodiff.internal.program.Value;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;

/** Writes the byte code of single operations, either for scalars or for vectors of one width. */
public interface InstructionWriter {
  /** Elements handled at once. */
  int lanes();

  /** The class of the arrays that operands live in. */
  ClassDesc arrayType();

  /** How a value of a type is kept in a local variable. */
  TypeKind kind(Type type);

  /** Adds what the operations need besides their method. */
  void declareConstants(ClassBuilder builder);

  /** Pushes the elements at an index. */
  void load(CodeBuilder code, int array, Runnable pushIndex);

  /** Pushes the one element at an index, in every lane. */
  void loadBroadcast(CodeBuilder code, int array, Runnable pushIndex);

  /** Pushes number {@code index} of an array of doubles, in every lane. */
  void loadParameter(CodeBuilder code, int array, int index);

  /** Stores a value at an index. */
  void store(CodeBuilder code, Runnable pushValue, int array, Runnable pushIndex);

  /** Pushes the result of an operation that is not an input or a parameter. */
  void write(CodeBuilder code, Value value, Operands operands);

  /** Pushes values from their local variables. */
  interface Operands {
    void push(Value value);
  }

  /** The method of {@link FarTrigonometry} that an operation stands for. */
  static String farMethod(Opcode opcode) {
    return switch (opcode) {
      case FAR_SIN -> "sin";
      case FAR_COS -> "cos";
      case FAR_TAN -> "tan";
      default -> throw new AssertionError(opcode);
    };
  }
}
