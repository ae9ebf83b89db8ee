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
 * is the position in a line times a constant, so that checks of bounds leave the loop.
 */
final class WeightGradientWriter {
  static final MethodTypeDesc RUN =
      MethodTypeDesc.of(
          CD_void,
          CD_int,
          CD_int,
          CD_Object,
          CD_int,
          CD_int,
          CD_int.arrayType(),
          CD_int,
          CD_Object,
          CD_int,
          CD_Object,
          CD_int,
          CD_int);

  private static final int LINES = 1;
  private static final int COLUMNS = 2;
  private static final int X = 3;
  private static final int FROM = 4;
  private static final int LINE = 5;
  private static final int OFFSETS = 6;
  private static final int TAP = 7;
  private static final int G = 8;
  private static final int G_FROM = 9;
  private static final int SUMS = 10;
  private static final int TO = 11;
  private static final int ROW = 12;

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
    return KernelCompiler.vector(
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
    code.iload(LINES).ifgt(something).return_().labelBinding(something);
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
        writer.load(code, result, () -> pushPlace(tap, vector));
        code.astore(sums[i][j]);
      }
    }
    writeLines(x, g, starts);
    for (int i = 0; i < taps; i++) {
      for (int j = 0; j < vectors; j++) {
        int tap = i;
        int vector = j;
        int sum = sums[i][j];
        writer.store(code, () -> code.aload(sum), result, () -> pushPlace(tap, vector));
      }
    }
    code.return_();
  }

  private void writeLines(int x, int g, int... starts) {
    int line = code.allocateLocal(TypeKind.INT);
    int begin = code.allocateLocal(TypeKind.INT);
    int place = code.allocateLocal(TypeKind.INT);
    int gradients = code.allocateLocal(TypeKind.INT);
    int width = vectors * writer.lanes();
    var nextLine = code.newLabel();
    var nextColumn = code.newLabel();
    var lineDone = code.newLabel();
    var done = code.newLabel();
    code.iconst_0().istore(line).iconst_0().istore(begin).iload(G_FROM).istore(gradients);
    code.labelBinding(nextLine).iload(line).iload(LINES).if_icmpge(done);
    code.iconst_0().istore(place);
    code.labelBinding(nextColumn).iload(place).iload(COLUMNS).if_icmpge(lineDone);
    writePosition(x, g, begin, place, gradients, starts);
    code.iinc(place, 1).goto_(nextColumn).labelBinding(lineDone);
    code.iload(gradients).iload(COLUMNS).loadConstant(width).imul().iadd().istore(gradients);
    code.iload(begin).iload(LINE).iadd().istore(begin);
    code.iinc(line, 1).goto_(nextLine).labelBinding(done);
  }

  private void writePosition(int x, int g, int begin, int place, int gradients, int... starts) {
    int[] columns = new int[vectors];
    int width = vectors * writer.lanes();
    for (int j = 0; j < vectors; j++) {
      columns[j] = code.allocateLocal(TypeKind.REFERENCE);
      int lane = j * writer.lanes();
      writer.load(
          code,
          g,
          () ->
              code.iload(gradients)
                  .iload(place)
                  .loadConstant(width)
                  .imul()
                  .iadd()
                  .loadConstant(lane)
                  .iadd());
      code.astore(columns[j]);
    }
    int factor = code.allocateLocal(TypeKind.REFERENCE);
    for (int i = 0; i < taps; i++) {
      int start = starts[i];
      if (apart) {
        int lanes = writer.lanes();
        writer.load(
            code,
            x,
            () ->
                code.iload(start)
                    .iload(begin)
                    .iadd()
                    .iload(place)
                    .loadConstant(lanes)
                    .imul()
                    .iadd());
      } else {
        writer.loadBroadcast(
            code, x, () -> code.iload(start).iload(begin).iadd().iload(place).iadd());
      }
      code.astore(factor);
      for (int j = 0; j < vectors; j++) {
        code.aload(factor).aload(columns[j]).aload(sums[i][j]);
        writer.fma(code);
        code.astore(sums[i][j]);
      }
    }
  }

  private void pushPlace(int tap, int vector) {
    code.iload(TO).loadConstant(tap).iload(ROW).imul().iadd();
    code.loadConstant(vector * writer.lanes()).iadd();
  }

  private int array(int parameter) {
    int local = code.allocateLocal(TypeKind.REFERENCE);
    code.aload(parameter).checkcast(writer.arrayType()).astore(local);
    return local;
  }
}
