package dev.lanegrad.autodiff.internal.kernel.convolution;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.compilation.KernelCompiler;
import dev.lanegrad.autodiff.internal.kernel.compilation.VectorWriter;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/** Writes a {@link WindowsKernel} for so many vectors. */
final class WindowsWriter {
  private static final ClassDesc INTS = CD_int.arrayType();

  static final MethodTypeDesc RUN =
      MethodTypeDesc.of(CD_void, INTS, CD_int, CD_int, CD_Object, CD_int, INTS, CD_int, CD_Object);

  private static final int OFFSETS = 1;
  private static final int FIRST = 2;
  private static final int TAPS = 3;
  private static final int GRID = 4;
  private static final int FROM = 5;
  private static final int LOADS = 6;
  private static final int BLOCK = 7;
  private static final int WINDOWS = 8;

  private WindowsWriter() {}

  static WindowsKernel kernel(DType dtype, int bits, int vectors) {
    return KernelCompiler.vector(
        WindowsKernel.class, RUN, dtype, bits, (code, writer) -> write(code, writer, vectors));
  }

  private static void write(CodeBuilder code, VectorWriter writer, int vectors) {
    int grid = cast(code, GRID, writer);
    int windows = cast(code, WINDOWS, writer);
    int[] starts = new int[vectors];
    for (int j = 0; j < vectors; j++) {
      starts[j] = code.allocateLocal(TypeKind.INT);
      code.aload(LOADS).iload(BLOCK).loadConstant(j).iadd().iaload();
      code.iload(FROM).iadd().istore(starts[j]);
    }
    int k = code.allocateLocal(TypeKind.INT);
    int offset = code.allocateLocal(TypeKind.INT);
    int vector = code.allocateLocal(TypeKind.REFERENCE);
    int width = vectors * writer.lanes();
    var top = code.newLabel();
    var end = code.newLabel();
    code.iconst_0().istore(k);
    code.labelBinding(top).iload(k).iload(TAPS).if_icmpge(end);
    code.aload(OFFSETS).iload(FIRST).iload(k).iadd().iaload().istore(offset);
    for (int j = 0; j < vectors; j++) {
      int start = starts[j];
      int place = j * writer.lanes();
      writer.load(code, grid, () -> code.iload(start).iload(offset).iadd());
      code.astore(vector);
      writer.store(
          code,
          () -> code.aload(vector),
          windows,
          () -> code.iload(k).loadConstant(width).imul().loadConstant(place).iadd());
    }
    code.iinc(k, 1).goto_(top).labelBinding(end).return_();
  }

  private static int cast(CodeBuilder code, int parameter, VectorWriter writer) {
    int local = code.allocateLocal(TypeKind.REFERENCE);
    code.aload(parameter).checkcast(writer.arrayType()).astore(local);
    return local;
  }
}
