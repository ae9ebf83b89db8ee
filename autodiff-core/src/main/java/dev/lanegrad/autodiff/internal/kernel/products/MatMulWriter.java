package dev.lanegrad.autodiff.internal.kernel.products;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.lanegrad.autodiff.internal.kernel.compilation.Fence;
import dev.lanegrad.autodiff.internal.kernel.compilation.KernelCompiler;
import dev.lanegrad.autodiff.internal.kernel.compilation.VectorWriter;
import dev.lanegrad.autodiff.internal.kernel.products.MatMulTiles.Left;
import dev.lanegrad.autodiff.internal.kernel.products.MatMulTiles.Right;
import dev.lanegrad.autodiff.internal.kernel.products.MatMulTiles.Tile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;

/**
 * Writes a {@link MatMulKernel}: the tile's accumulators are local variables, which the JIT keeps
 * in registers; for every k the vectors of B are loaded once, and each element of A is broadcast.
 *
 * <p>On panels every index is the turn of the loop times a constant, so that C2 moves all checks of
 * bounds out of the loop. It then loads as far ahead as it likes, and where there are 16 registers
 * it would keep accumulators on the stack instead; a branch every few rows, which is never taken,
 * keeps the broadcasts where they are.
 */
public final class MatMulWriter {
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
  private final Tile tile;
  private final int[][] sums;
  private final int[] startOfRow;
  private int arrayOfA;
  private int arrayOfB;
  private int k;
  private int columnOfA;
  private int rowOfB;

  /** A kernel for tiles of one size. */
  static MatMulKernel kernel(Tile tile, int bits) {
    return KernelCompiler.vectorOrIdle(
        MatMulKernel.class,
        RUN,
        tile.dtype(),
        bits,
        (code, writer) -> new MatMulWriter(code, writer, tile).write());
  }

  MatMulWriter(CodeBuilder code, VectorWriter writer, Tile tile) {
    this.code = code;
    this.writer = writer;
    this.tile = tile;
    this.sums = new int[tile.rows()][tile.vectors()];
    this.startOfRow = new int[tile.left() == Left.ROWS ? tile.rows() : 0];
    for (int[] row : sums) {
      allocate(row, TypeKind.REFERENCE);
    }
  }

  void write() {
    arrayOfA = array(A);
    arrayOfB = array(B);
    int c = array(C);
    writeStart(c);
    writeLoops();
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

  private void writeLoops() {
    allocate(startOfRow, TypeKind.INT);
    for (int i = 0; i < startOfRow.length; i++) {
      code.iload(A_OFFSET).loadConstant(i).iload(A_STEP).imul().iadd().istore(startOfRow[i]);
    }
    k = code.allocateLocal(TypeKind.INT);
    columnOfA = code.allocateLocal(TypeKind.INT);
    rowOfB = code.allocateLocal(TypeKind.INT);
    code.iconst_0().istore(k).iload(A_OFFSET).istore(columnOfA).iload(B_OFFSET).istore(rowOfB);
    int steps = tile.steps();
    if (steps > 1) {
      int wholeTurns = code.allocateLocal(TypeKind.INT);
      code.iload(INNER).loadConstant(steps - 1).isub().istore(wholeTurns);
      writeLoop(wholeTurns, steps);
    }
    writeLoop(INNER, 1);
  }

  /** So many steps along k in every turn, while k is below a limit. */
  private void writeLoop(int limit, int steps) {
    var top = code.newLabel();
    var end = code.newLabel();
    code.labelBinding(top).iload(k).iload(limit).if_icmpge(end);
    for (int step = 0; step < steps; step++) {
      writeStep(step, end);
    }
    code.iinc(k, steps).goto_(top).labelBinding(end);
  }

  private void writeStep(int step, Label end) {
    int[] vectors = new int[tile.vectors()];
    allocate(vectors, TypeKind.REFERENCE);
    int factor = code.allocateLocal(TypeKind.REFERENCE);
    for (int j = 0; j < vectors.length; j++) {
      int lane = j * writer.lanes();
      writer.load(code, arrayOfB, () -> pushB(step, lane));
      code.astore(vectors[j]);
    }
    for (int i = 0; i < tile.rows(); i++) {
      int row = i;
      int fence = tile.fence();
      if (fence > 0 && i % fence == 0 && i + step > 0) {
        Fence.write(code, k, step * tile.rows() + i, end);
      }
      writer.loadBroadcast(code, arrayOfA, () -> pushA(step, row));
      code.astore(factor);
      for (int j = 0; j < vectors.length; j++) {
        code.aload(factor).aload(vectors[j]).aload(sums[i][j]);
        writer.fma(code);
        code.astore(sums[i][j]);
      }
    }
    if (tile.left() == Left.COLUMNS) {
      code.iload(columnOfA).iload(A_STEP).iadd().istore(columnOfA);
    }
    if (tile.right() == Right.ROWS) {
      code.iload(rowOfB).iload(B_STEP).iadd().istore(rowOfB);
    }
  }

  private void pushA(int step, int row) {
    switch (tile.left()) {
      case ROWS -> code.iload(startOfRow[row]).iload(k).iadd().loadConstant(step).iadd();
      case COLUMNS -> code.iload(columnOfA).loadConstant(row).iadd();
      case PANEL -> pushPanel(A_OFFSET, tile.rows(), step, row);
    }
  }

  private void pushB(int step, int lane) {
    switch (tile.right()) {
      case ROWS -> code.iload(rowOfB).loadConstant(lane).iadd();
      case PANEL -> pushPanel(B_OFFSET, tile.vectors() * writer.lanes(), step, lane);
    }
  }

  private void pushPanel(int offset, int width, int step, int lane) {
    code.iload(offset).iload(k).loadConstant(width).imul().iadd();
    code.loadConstant(step * width + lane).iadd();
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
