package dev.lanegrad.autodiff.internal.kernel.products;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.compilation.KernelCompiler;
import dev.lanegrad.autodiff.internal.kernel.compilation.VectorWriter;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;

/** Writes a {@link ColumnKernel} for so many rows. */
final class ColumnWriter {
  static final MethodTypeDesc RUN =
      MethodTypeDesc.of(
          CD_void, CD_int, CD_int, CD_Object, CD_int, CD_int, CD_Object, CD_int, CD_Object);

  private static final int GROUPS = 1;
  private static final int TURNS = 2;
  private static final int A = 3;
  private static final int A_OFFSET = 4;
  private static final int A_STEP = 5;
  private static final int X = 6;
  private static final int X_OFFSET = 7;
  private static final int SUMS = 8;

  private final CodeBuilder code;
  private final VectorWriter writer;
  private final int[][] sums;
  private final int[] startOfRow;

  static ColumnKernel kernel(DType dtype, int bits, int rows) {
    return KernelCompiler.vectorOrIdle(
        ColumnKernel.class,
        RUN,
        dtype,
        bits,
        (code, writer) -> new ColumnWriter(code, writer, rows).write());
  }

  ColumnWriter(CodeBuilder code, VectorWriter writer, int rows) {
    this.code = code;
    this.writer = writer;
    this.sums = new int[rows][ColumnLoop.CHAINS / writer.lanes()];
    this.startOfRow = new int[rows];
  }

  void write() {
    int a = array(A);
    int x = array(X);
    int result = array(SUMS);
    int group = code.allocateLocal(TypeKind.INT);
    int to = code.allocateLocal(TypeKind.INT);
    for (int i = 0; i < sums.length; i++) {
      startOfRow[i] = code.allocateLocal(TypeKind.INT);
      for (int j = 0; j < sums[i].length; j++) {
        sums[i][j] = code.allocateLocal(TypeKind.REFERENCE);
      }
    }
    var top = code.newLabel();
    var end = code.newLabel();
    code.iconst_0().istore(group).iconst_0().istore(to);
    code.labelBinding(top).iload(group).iload(GROUPS).if_icmpge(end);
    writeGroup(a, x, result, to);
    code.iload(A_OFFSET).loadConstant(sums.length).iload(A_STEP).imul().iadd().istore(A_OFFSET);
    code.iload(to).loadConstant(sums.length * ColumnLoop.CHAINS).iadd().istore(to);
    code.iinc(group, 1).goto_(top).labelBinding(end).return_();
  }

  /** All chains of some rows. */
  private void writeGroup(int a, int x, int result, int to) {
    for (int i = 0; i < sums.length; i++) {
      code.iload(A_OFFSET).loadConstant(i).iload(A_STEP).imul().iadd().istore(startOfRow[i]);
      for (int sum : sums[i]) {
        writer.zero(code);
        code.astore(sum);
      }
    }
    writeLoop(a, x);
    for (int i = 0; i < sums.length; i++) {
      for (int j = 0; j < sums[i].length; j++) {
        int sum = sums[i][j];
        int at = i * ColumnLoop.CHAINS + j * writer.lanes();
        writer.store(
            code, () -> code.aload(sum), result, () -> code.iload(to).loadConstant(at).iadd());
      }
    }
  }

  private void writeLoop(int a, int x) {
    int t = code.allocateLocal(TypeKind.INT);
    int factor = code.allocateLocal(TypeKind.REFERENCE);
    var top = code.newLabel();
    var end = code.newLabel();
    code.iconst_0().istore(t);
    code.labelBinding(top).iload(t).iload(TURNS).if_icmpge(end);
    for (int j = 0; j < sums[0].length; j++) {
      int vector = j;
      writer.load(code, x, () -> pushPlace(X_OFFSET, t, vector));
      code.astore(factor);
      for (int i = 0; i < sums.length; i++) {
        int row = i;
        writer.load(code, a, () -> pushPlace(startOfRow[row], t, vector));
        code.aload(factor).aload(sums[i][j]);
        writer.fma(code);
        code.astore(sums[i][j]);
      }
    }
    code.iinc(t, 1).goto_(top).labelBinding(end);
  }

  private void pushPlace(int start, int t, int vector) {
    code.iload(start).iload(t).loadConstant(ColumnLoop.CHAINS).imul().iadd();
    code.loadConstant(vector * writer.lanes()).iadd();
  }

  private int array(int parameter) {
    int local = code.allocateLocal(TypeKind.REFERENCE);
    code.aload(parameter).checkcast(writer.arrayType()).astore(local);
    return local;
  }
}
