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
      MethodTypeDesc.of(CD_void, CD_int, CD_Object, CD_int, CD_int, CD_Object, CD_int, CD_Object);

  private static final int TURNS = 1;
  private static final int A = 2;
  private static final int A_OFFSET = 3;
  private static final int A_STEP = 4;
  private static final int X = 5;
  private static final int X_OFFSET = 6;
  private static final int SUMS = 7;

  private final CodeBuilder code;
  private final VectorWriter writer;
  private final int[][] sums;
  private final int[] startOfRow;

  static ColumnKernel kernel(DType dtype, int bits, int rows) {
    return KernelCompiler.vector(
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
    for (int i = 0; i < sums.length; i++) {
      startOfRow[i] = code.allocateLocal(TypeKind.INT);
      code.iload(A_OFFSET).loadConstant(i).iload(A_STEP).imul().iadd().istore(startOfRow[i]);
      for (int j = 0; j < sums[i].length; j++) {
        sums[i][j] = code.allocateLocal(TypeKind.REFERENCE);
        writer.zero(code);
        code.astore(sums[i][j]);
      }
    }
    writeLoop(a, x);
    for (int i = 0; i < sums.length; i++) {
      for (int j = 0; j < sums[i].length; j++) {
        int sum = sums[i][j];
        int at = i * ColumnLoop.CHAINS + j * writer.lanes();
        writer.store(code, () -> code.aload(sum), result, () -> code.loadConstant(at));
      }
    }
    code.return_();
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
