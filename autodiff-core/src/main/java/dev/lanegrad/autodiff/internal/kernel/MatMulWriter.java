package dev.lanegrad.autodiff.internal.kernel;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.lanegrad.autodiff.internal.kernel.MatMulTiles.Access;
import dev.lanegrad.autodiff.internal.kernel.MatMulTiles.Tile;
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
  private static final int A_STEP = 4;
  private static final int B = 5;
  private static final int B_OFFSET = 6;
  private static final int B_STEP = 7;
  private static final int C = 8;
  private static final int C_OFFSET = 9;
  private static final int C_STEP = 10;
  private static final int MORE = 11;

  private final CodeBuilder code;
  private final VectorWriter writer;
  private final Access access;
  private final int[][] sums;

  MatMulWriter(CodeBuilder code, VectorWriter writer, Tile tile) {
    this.code = code;
    this.writer = writer;
    this.access = tile.access();
    this.sums = new int[tile.rows()][tile.vectors()];
    for (int[] row : sums) {
      allocate(row, TypeKind.REFERENCE);
    }
  }

  void write() {
    var something = code.newLabel();
    code.iload(INNER).ifge(something).return_().labelBinding(something);
    int a = array(A);
    int b = array(B);
    int c = array(C);
    writeStart(c);
    writeLoop(a, b);
    forEach((i, j) -> writer.store(code, () -> code.aload(sums[i][j]), c, () -> pushC(i, j)));
    code.return_();
  }

  private void writeStart(int c) {
    var fresh = code.newLabel();
    var start = code.newLabel();
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
  }

  private void writeLoop(int a, int b) {
    int rows = sums.length;
    int[] startOfRow = new int[access == Access.ROWS ? rows : 0];
    allocate(startOfRow, TypeKind.INT);
    for (int i = 0; i < startOfRow.length; i++) {
      code.iload(A_OFFSET).loadConstant(i).iload(A_STEP).imul().iadd().istore(startOfRow[i]);
    }
    int k = code.allocateLocal(TypeKind.INT);
    int columnOfA = code.allocateLocal(TypeKind.INT);
    int rowOfB = code.allocateLocal(TypeKind.INT);
    int factor = code.allocateLocal(TypeKind.REFERENCE);
    int[] vectors = new int[sums[0].length];
    allocate(vectors, TypeKind.REFERENCE);
    var top = code.newLabel();
    var end = code.newLabel();
    code.iconst_0().istore(k).iload(A_OFFSET).istore(columnOfA).iload(B_OFFSET).istore(rowOfB);
    code.labelBinding(top).iload(k).iload(INNER).if_icmpge(end);
    for (int j = 0; j < vectors.length; j++) {
      int lane = j * writer.lanes();
      writer.load(code, b, () -> code.iload(rowOfB).loadConstant(lane).iadd());
      code.astore(vectors[j]);
    }
    for (int i = 0; i < rows; i++) {
      int row = i;
      writer.loadBroadcast(
          code,
          a,
          () -> {
            if (access == Access.ROWS) {
              code.iload(startOfRow[row]).iload(k).iadd();
            } else {
              code.iload(columnOfA).loadConstant(row).iadd();
            }
          });
      code.astore(factor);
      for (int j = 0; j < vectors.length; j++) {
        code.aload(factor).aload(vectors[j]).aload(sums[i][j]);
        writer.fma(code);
        code.astore(sums[i][j]);
      }
    }
    code.iload(columnOfA).iload(A_STEP).iadd().istore(columnOfA);
    code.iload(rowOfB).iload(B_STEP).iadd().istore(rowOfB);
    code.iinc(k, 1).goto_(top).labelBinding(end);
  }

  private void allocate(int[] locals, TypeKind kind) {
    for (int i = 0; i < locals.length; i++) {
      locals[i] = code.allocateLocal(kind);
    }
  }

  private int array(int parameter) {
    int local = code.allocateLocal(TypeKind.REFERENCE);
    code.aload(parameter).checkcast(writer.arrayType()).astore(local);
    return local;
  }

  private void pushC(int i, int j) {
    code.iload(C_OFFSET).loadConstant(i).iload(C_STEP).imul().iadd();
    code.loadConstant(j * writer.lanes()).iadd();
  }

  private interface TileAction {
    void at(int i, int j);
  }

  private void forEach(TileAction action) {
    for (int i = 0; i < sums.length; i++) {
      for (int j = 0; j < sums[i].length; j++) {
        action.at(i, j);
      }
    }
  }
}
