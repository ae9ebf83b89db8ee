package dev.lanegrad.autodiff.internal.kernel;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;

/**
 * Writes a {@link MatMulKernel}: the tile's accumulators are local variables, which the JIT keeps
 * in registers; for every k the vectors of B are loaded once, and each element of A is broadcast.
 */
final class MatMulWriter {
  static final MethodTypeDesc RUN =
      MethodTypeDesc.of(
          CD_void,
          CD_int,
          CD_Object,
          CD_int,
          CD_int,
          CD_int,
          CD_Object,
          CD_int,
          CD_int,
          CD_Object,
          CD_int,
          CD_int,
          CD_boolean);

  private static final int INNER = 1;
  private static final int A = 2;
  private static final int A_OFFSET = 3;
  private static final int A_ROW = 4;
  private static final int A_COLUMN = 5;
  private static final int B = 6;
  private static final int B_OFFSET = 7;
  private static final int B_ROW = 8;
  private static final int C = 9;
  private static final int C_OFFSET = 10;
  private static final int C_ROW = 11;
  private static final int MORE = 12;

  private final CodeBuilder code;
  private final VectorWriter writer;
  private final int rows;
  private final int vectors;

  MatMulWriter(CodeBuilder code, VectorWriter writer, int rows, int vectors) {
    this.code = code;
    this.writer = writer;
    this.rows = rows;
    this.vectors = vectors;
  }

  void write() {
    int a = array(A);
    int b = array(B);
    int c = array(C);
    int[][] sums = new int[rows][vectors];
    var fresh = code.newLabel();
    var start = code.newLabel();
    for (int[] row : sums) {
      for (int j = 0; j < vectors; j++) {
        row[j] = code.allocateLocal(TypeKind.REFERENCE);
      }
    }
    code.iload(MORE).ifeq(fresh);
    forEach(
        (i, j) -> {
          writer.load(code, c, () -> pushC(i, j));
          code.astore(sums[i][j]);
        });
    code.goto_(start).labelBinding(fresh);
    forEach(
        (i, j) -> {
          writer.zero(code);
          code.astore(sums[i][j]);
        });
    code.labelBinding(start);

    int[] rowOfA = new int[rows];
    for (int i = 0; i < rows; i++) {
      rowOfA[i] = code.allocateLocal(TypeKind.INT);
      code.iload(A_OFFSET).loadConstant(i).iload(A_ROW).imul().iadd().istore(rowOfA[i]);
    }
    int k = code.allocateLocal(TypeKind.INT);
    int stepA = code.allocateLocal(TypeKind.INT);
    int stepB = code.allocateLocal(TypeKind.INT);
    int factor = code.allocateLocal(TypeKind.REFERENCE);
    int[] columns = new int[vectors];
    for (int j = 0; j < vectors; j++) {
      columns[j] = code.allocateLocal(TypeKind.REFERENCE);
    }
    var top = code.newLabel();
    var end = code.newLabel();
    code.iconst_0().istore(k).iconst_0().istore(stepA).iload(B_OFFSET).istore(stepB);
    code.labelBinding(top).iload(k).iload(INNER).if_icmpge(end);
    for (int j = 0; j < vectors; j++) {
      int lane = j * writer.lanes();
      writer.load(code, b, () -> code.iload(stepB).loadConstant(lane).iadd());
      code.astore(columns[j]);
    }
    for (int i = 0; i < rows; i++) {
      int rowStart = rowOfA[i];
      writer.loadBroadcast(code, a, () -> code.iload(rowStart).iload(stepA).iadd());
      code.astore(factor);
      for (int j = 0; j < vectors; j++) {
        code.aload(factor).aload(columns[j]).aload(sums[i][j]);
        writer.fma(code);
        code.astore(sums[i][j]);
      }
    }
    code.iload(stepA).iload(A_COLUMN).iadd().istore(stepA);
    code.iload(stepB).iload(B_ROW).iadd().istore(stepB);
    code.iinc(k, 1).goto_(top).labelBinding(end);
    forEach((i, j) -> writer.store(code, () -> code.aload(sums[i][j]), c, () -> pushC(i, j)));
    code.return_();
  }

  private int array(int parameter) {
    int local = code.allocateLocal(TypeKind.REFERENCE);
    code.aload(parameter).checkcast(writer.arrayType()).astore(local);
    return local;
  }

  private void pushC(int i, int j) {
    code.iload(C_OFFSET).loadConstant(i).iload(C_ROW).imul().iadd();
    code.loadConstant(j * writer.lanes()).iadd();
  }

  private interface TileAction {
    void at(int i, int j);
  }

  private void forEach(TileAction action) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < vectors; j++) {
        action.at(i, j);
      }
    }
  }
}
