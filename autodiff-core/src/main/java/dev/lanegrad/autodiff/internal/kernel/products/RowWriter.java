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

/**
 * Writes a {@link RowKernel} that goes along so many rows of B at once, see {@link RowTile}: two
 * vectors of y in a turn, which also makes it longer than what the JIT copies into its callers.
 */
final class RowWriter {
  static final MethodTypeDesc RUN =
      MethodTypeDesc.of(
          CD_void, CD_int, CD_Object, CD_int, CD_Object, CD_int, CD_int, CD_Object, CD_int);

  private static final int COUNT = 1;
  private static final int X = 2;
  private static final int X_OFFSET = 3;
  private static final int B = 4;
  private static final int B_OFFSET = 5;
  private static final int B_STEP = 6;
  private static final int Y = 7;
  private static final int Y_OFFSET = 8;

  private final CodeBuilder code;
  private final VectorWriter writer;
  private final int[] factors;
  private final int[] startOfRow;

  static RowKernel kernel(DType dtype, int bits, int rows) {
    return KernelCompiler.vectorOrIdle(
        RowKernel.class,
        RUN,
        dtype,
        bits,
        (code, writer) -> new RowWriter(code, writer, rows).write());
  }

  private RowWriter(CodeBuilder code, VectorWriter writer, int rows) {
    this.code = code;
    this.writer = writer;
    this.factors = new int[rows];
    this.startOfRow = new int[rows];
  }

  void write() {
    var something = code.newLabel();
    code.iload(COUNT).ifgt(something).return_().labelBinding(something);
    int x = array(X);
    int b = array(B);
    int y = array(Y);
    for (int i = 0; i < factors.length; i++) {
      int row = i;
      factors[i] = code.allocateLocal(TypeKind.REFERENCE);
      writer.loadBroadcast(code, x, () -> code.iload(X_OFFSET).loadConstant(row).iadd());
      code.astore(factors[i]);
      startOfRow[i] = code.allocateLocal(TypeKind.INT);
      code.iload(B_OFFSET).loadConstant(i).iload(B_STEP).imul().iadd().istore(startOfRow[i]);
    }
    writeLoops(b, y);
    code.return_();
  }

  private void writeLoops(int b, int y) {
    int j = code.allocateLocal(TypeKind.INT);
    int end = code.allocateLocal(TypeKind.INT);
    int endOfPairs = code.allocateLocal(TypeKind.INT);
    code.iconst_0().istore(j).iload(COUNT).loadConstant(writer.lanes()).imul().istore(end);
    code.iload(end).loadConstant(writer.lanes()).isub().istore(endOfPairs);
    writeLoop(b, y, j, endOfPairs, 2);
    writeLoop(b, y, j, end, 1);
  }

  /** So many vectors of y in each turn. */
  private void writeLoop(int b, int y, int j, int end, int vectors) {
    var top = code.newLabel();
    var done = code.newLabel();
    code.labelBinding(top).iload(j).iload(end).if_icmpge(done);
    for (int vector = 0; vector < vectors; vector++) {
      int lane = vector * writer.lanes();
      int sum = code.allocateLocal(TypeKind.REFERENCE);
      writer.load(code, y, () -> pushPlace(Y_OFFSET, j, lane));
      code.astore(sum);
      for (int i = 0; i < factors.length; i++) {
        int row = i;
        writer.load(code, b, () -> pushPlace(startOfRow[row], j, lane));
        code.aload(factors[i]).aload(sum);
        writer.fma(code);
        code.astore(sum);
      }
      writer.store(code, () -> code.aload(sum), y, () -> pushPlace(Y_OFFSET, j, lane));
    }
    code.iinc(j, vectors * writer.lanes()).goto_(top).labelBinding(done);
  }

  private void pushPlace(int start, int j, int lane) {
    code.iload(start).iload(j).iadd().loadConstant(lane).iadd();
  }

  private int array(int parameter) {
    int local = code.allocateLocal(TypeKind.REFERENCE);
    code.aload(parameter).checkcast(writer.arrayType()).astore(local);
    return local;
  }
}
