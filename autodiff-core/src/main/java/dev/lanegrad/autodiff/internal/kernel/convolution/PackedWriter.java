package dev.lanegrad.autodiff.internal.kernel.convolution;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.compilation.Fence;
import dev.lanegrad.autodiff.internal.kernel.compilation.KernelCompiler;
import dev.lanegrad.autodiff.internal.kernel.compilation.VectorWriter;
import dev.lanegrad.autodiff.internal.kernel.products.MatMulWriter;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;

/**
 * Writes a {@link PackedKernel} for so many channels and vectors: the loop of {@link MatMulWriter}
 * on panels, with places in a list for the results.
 */
final class PackedWriter {
  static final MethodTypeDesc RUN =
      MethodTypeDesc.of(
          CD_void,
          CD_int,
          CD_Object,
          CD_int,
          CD_Object,
          CD_int,
          CD_Object,
          CD_int,
          CD_Object,
          CD_int,
          CD_int,
          CD_int.arrayType(),
          CD_int);

  private static final int TAPS = 1;
  private static final int WINDOWS = 2;
  private static final int WINDOWS_AT = 3;
  private static final int FACTORS = 4;
  private static final int FACTORS_AT = 5;
  private static final int SUMS = 6;
  private static final int SUMS_AT = 7;
  private static final int TARGET = 8;
  private static final int TO = 9;
  private static final int ROW = 10;
  private static final int STORES = 11;
  private static final int BLOCK = 12;

  /** Taps in one turn of the loop. */
  private static final int STEPS = 2;

  private final CodeBuilder code;
  private final VectorWriter writer;
  private final int channels;
  private final int vectors;
  private final int fence;
  private final int[][] sums;

  static PackedKernel kernel(DType dtype, int bits, int channels, int vectors) {
    return KernelCompiler.vectorOrIdle(
        PackedKernel.class,
        RUN,
        dtype,
        bits,
        (code, writer) -> new PackedWriter(code, writer, channels, vectors).write());
  }

  private PackedWriter(CodeBuilder code, VectorWriter writer, int channels, int vectors) {
    this.code = code;
    this.writer = writer;
    this.channels = channels;
    this.vectors = vectors;
    this.fence = ConvolutionTile.fence(channels, vectors);
    this.sums = new int[channels][vectors];
  }

  private void write() {
    int windows = array(WINDOWS);
    int factors = array(FACTORS);
    int start = array(SUMS);
    int target = array(TARGET);
    for (int i = 0; i < channels; i++) {
      for (int j = 0; j < vectors; j++) {
        sums[i][j] = code.allocateLocal(TypeKind.REFERENCE);
        int place = (i * vectors + j) * writer.lanes();
        writer.load(code, start, () -> code.iload(SUMS_AT).loadConstant(place).iadd());
        code.astore(sums[i][j]);
      }
    }
    int k = code.allocateLocal(TypeKind.INT);
    int whole = code.allocateLocal(TypeKind.INT);
    code.iconst_0().istore(k);
    code.iload(TAPS).loadConstant(STEPS - 1).isub().istore(whole);
    writeLoop(k, whole, STEPS, windows, factors);
    writeLoop(k, TAPS, 1, windows, factors);
    int place = code.allocateLocal(TypeKind.INT);
    for (int j = 0; j < vectors; j++) {
      code.aload(STORES).iload(BLOCK).loadConstant(j).iadd().iaload();
      code.iload(TO).iadd().istore(place);
      for (int i = 0; i < channels; i++) {
        int sum = sums[i][j];
        int channel = i;
        writer.store(
            code,
            () -> code.aload(sum),
            target,
            () -> code.iload(place).loadConstant(channel).iload(ROW).imul().iadd());
      }
    }
    code.return_();
  }

  /** So many taps in every turn, while k is below a limit. */
  private void writeLoop(int k, int limit, int steps, int windows, int factors) {
    var top = code.newLabel();
    var end = code.newLabel();
    code.labelBinding(top).iload(k).iload(limit).if_icmpge(end);
    for (int step = 0; step < steps; step++) {
      writeTap(k, step, windows, factors, end);
    }
    code.iinc(k, steps).goto_(top).labelBinding(end);
  }

  private void writeTap(int k, int step, int windows, int factors, Label end) {
    int[] columns = new int[vectors];
    int width = vectors * writer.lanes();
    for (int j = 0; j < vectors; j++) {
      columns[j] = code.allocateLocal(TypeKind.REFERENCE);
      int place = step * width + j * writer.lanes();
      writer.load(code, windows, () -> pushPanel(WINDOWS_AT, k, width, place));
      code.astore(columns[j]);
    }
    int factor = code.allocateLocal(TypeKind.REFERENCE);
    for (int i = 0; i < channels; i++) {
      int place = step * channels + i;
      if (fence > 0 && i % fence == 0 && i + step > 0) {
        Fence.write(code, k, place, end);
      }
      writer.loadBroadcast(code, factors, () -> pushPanel(FACTORS_AT, k, channels, place));
      code.astore(factor);
      for (int j = 0; j < vectors; j++) {
        code.aload(factor).aload(columns[j]).aload(sums[i][j]);
        writer.fma(code);
        code.astore(sums[i][j]);
      }
    }
  }

  private void pushPanel(int start, int k, int width, int place) {
    code.iload(start).iload(k).loadConstant(width).imul().iadd().loadConstant(place).iadd();
  }

  private int array(int parameter) {
    int local = code.allocateLocal(TypeKind.REFERENCE);
    code.aload(parameter).checkcast(writer.arrayType()).astore(local);
    return local;
  }
}
