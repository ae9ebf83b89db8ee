package dev.lanegrad.autodiff.internal.kernel.convolution;

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
 * Writes a {@link WeightGradientKernel} for so many elements of the kernel and vectors. Every index
 * is the position times a constant, so that checks of bounds leave the loop. It is one loop: around
 * a second one C2 would keep copies of the sums, for which 16 registers are too few.
 */
final class WeightGradientWriter {
  static final MethodTypeDesc RUN =
      MethodTypeDesc.of(
          CD_void,
          CD_int,
          CD_Object,
          CD_int,
          CD_int.arrayType(),
          CD_int,
          CD_Object,
          CD_int,
          CD_Object,
          CD_int,
          CD_int);

  private static final int POSITIONS = 1;
  private static final int X = 2;
  private static final int FROM = 3;
  private static final int OFFSETS = 4;
  private static final int TAP = 5;
  private static final int G = 6;
  private static final int G_FROM = 7;
  private static final int SUMS = 8;
  private static final int TO = 9;
  private static final int ROW = 10;

  private final CodeBuilder code;
  private final VectorWriter writer;
  private final int taps;
  private final int vectors;
  private final boolean apart;
  private final int[][] sums;

  /**
   * A kernel.
   *
   * @param apart whether each lane has an element of the grid of its own, side by side, rather than
   *     all the same
   */
  static WeightGradientKernel kernel(DType dtype, int bits, int taps, int vectors, boolean apart) {
    return KernelCompiler.vectorOrIdle(
        WeightGradientKernel.class,
        RUN,
        dtype,
        bits,
        (code, writer) -> new WeightGradientWriter(code, writer, taps, vectors, apart).write());
  }

  WeightGradientWriter(
      CodeBuilder code, VectorWriter writer, int taps, int vectors, boolean apart) {
    this.code = code;
    this.writer = writer;
    this.taps = taps;
    this.vectors = vectors;
    this.apart = apart;
    this.sums = new int[taps][vectors];
  }

  void write() {
    var something = code.newLabel();
    code.iload(POSITIONS).ifgt(something).return_().labelBinding(something);
    int x = array(X);
    int g = array(G);
    int result = array(SUMS);
    int[] starts = new int[taps];
    for (int i = 0; i < taps; i++) {
      starts[i] = code.allocateLocal(TypeKind.INT);
      code.aload(OFFSETS).iload(TAP).loadConstant(i).iadd().iaload();
      code.iload(FROM).iadd().istore(starts[i]);
      for (int j = 0; j < vectors; j++) {
        sums[i][j] = code.allocateLocal(TypeKind.REFERENCE);
        int tap = i;
        int vector = j;
        writer.load(code, result, () -> pushSum(tap, vector));
        code.astore(sums[i][j]);
      }
    }
    writePositions(x, g, starts);
    for (int i = 0; i < taps; i++) {
      for (int j = 0; j < vectors; j++) {
        int tap = i;
        int vector = j;
        int sum = sums[i][j];
        writer.store(code, () -> code.aload(sum), result, () -> pushSum(tap, vector));
      }
    }
    code.return_();
  }

  private void writePositions(int x, int g, int... starts) {
    int position = code.allocateLocal(TypeKind.INT);
    var next = code.newLabel();
    var done = code.newLabel();
    code.iconst_0().istore(position);
    code.labelBinding(next).iload(position).iload(POSITIONS).if_icmpge(done);
    writePosition(x, g, position, starts);
    code.iinc(position, 1).goto_(next).labelBinding(done);
  }

  private void writePosition(int x, int g, int position, int... starts) {
    int[] columns = new int[vectors];
    int width = vectors * writer.lanes();
    for (int j = 0; j < vectors; j++) {
      columns[j] = code.allocateLocal(TypeKind.REFERENCE);
      int lane = j * writer.lanes();
      writer.load(code, g, () -> pushPlace(G_FROM, position, width, lane));
      code.astore(columns[j]);
    }
    int factor = code.allocateLocal(TypeKind.REFERENCE);
    for (int i = 0; i < taps; i++) {
      int start = starts[i];
      if (apart) {
        writer.load(code, x, () -> pushPlace(start, position, writer.lanes(), 0));
      } else {
        writer.loadBroadcast(code, x, () -> pushPlace(start, position, 1, 0));
      }
      code.astore(factor);
      for (int j = 0; j < vectors; j++) {
        code.aload(factor).aload(columns[j]).aload(sums[i][j]);
        writer.fma(code);
        code.astore(sums[i][j]);
      }
    }
  }

  private void pushSum(int tap, int vector) {
    code.iload(TO).loadConstant(tap).iload(ROW).imul().iadd();
    code.loadConstant(vector * writer.lanes()).iadd();
  }

  private void pushPlace(int start, int position, int step, int lane) {
    code.iload(start).iload(position).loadConstant(step).imul().iadd();
    code.loadConstant(lane).iadd();
  }

  private int array(int parameter) {
    int local = code.allocateLocal(TypeKind.REFERENCE);
    code.aload(parameter).checkcast(writer.arrayType()).astore(local);
    return local;
  }
}
