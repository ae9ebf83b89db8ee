package dev.lanegrad.autodiff.internal.kernel.convolution;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.lanegrad.autodiff.internal.kernel.compilation.Fence;
import dev.lanegrad.autodiff.internal.kernel.compilation.KernelCompiler;
import dev.lanegrad.autodiff.internal.kernel.compilation.VectorWriter;
import dev.lanegrad.autodiff.internal.kernel.products.MatMulWriter;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/**
 * Writes a {@link ConvolutionKernel} for so many channels and vectors in a block. Fences keep
 * broadcasts in their places as in {@link MatMulWriter}.
 */
final class ConvolutionWriter {
  private static final ClassDesc INTS = CD_int.arrayType();

  static final MethodTypeDesc RUN =
      MethodTypeDesc.of(
          CD_void, INTS, CD_Object, CD_int, INTS, CD_Object, CD_int, CD_Object, CD_int, CD_int,
          INTS);

  private static final int OFFSETS = 1;
  private static final int SOURCE = 2;
  private static final int FROM = 3;
  private static final int LOADS = 4;
  private static final int WEIGHT = 5;
  private static final int WEIGHT_AT = 6;
  private static final int TARGET = 7;
  private static final int TO = 8;
  private static final int ROW = 9;
  private static final int STORES = 10;

  private final CodeBuilder code;
  private final VectorWriter writer;
  private final ConvolutionTile.Key key;
  private final int channels;
  private final int vectors;
  private final int fence;
  private final int[][] sums;
  private final int[] starts;
  private final int[] columns;

  /** A kernel for blocks of so many vectors. */
  static ConvolutionKernel kernel(ConvolutionTile.Key key, int bits, int vectors) {
    return KernelCompiler.vectorOrIdle(
        ConvolutionKernel.class,
        RUN,
        key.dtype(),
        bits,
        (code, writer) -> new ConvolutionWriter(code, writer, key, vectors).write());
  }

  ConvolutionWriter(CodeBuilder code, VectorWriter writer, ConvolutionTile.Key key, int vectors) {
    this.code = code;
    this.writer = writer;
    this.key = key;
    this.channels = key.channels();
    this.vectors = vectors;
    this.fence = ConvolutionTile.fence(channels, vectors);
    this.sums = new int[channels][vectors];
    this.starts = new int[vectors];
    this.columns = new int[vectors];
  }

  void write() {
    int source = array(SOURCE);
    int weight = array(WEIGHT);
    int target = array(TARGET);
    for (int j = 0; j < vectors; j++) {
      starts[j] = code.allocateLocal(TypeKind.INT);
      columns[j] = code.allocateLocal(TypeKind.REFERENCE);
      for (int i = 0; i < channels; i++) {
        sums[i][j] = code.allocateLocal(TypeKind.REFERENCE);
      }
    }
    int block = code.allocateLocal(TypeKind.INT);
    var top = code.newLabel();
    var end = code.newLabel();
    code.iconst_0().istore(block);
    code.labelBinding(top).iload(block).aload(LOADS).arraylength().if_icmpge(end);
    for (int j = 0; j < vectors; j++) {
      pushEntry(LOADS, block, j);
      code.iload(FROM).iadd().istore(starts[j]);
    }
    writeFactors(source, weight);
    for (int j = 0; j < vectors; j++) {
      pushEntry(STORES, block, j);
      code.iload(TO).iadd().istore(starts[j]);
      for (int i = 0; i < channels; i++) {
        int sum = sums[i][j];
        int start = starts[j];
        int channel = i;
        writer.store(
            code,
            () -> code.aload(sum),
            target,
            () -> code.iload(start).loadConstant(channel).iload(ROW).imul().iadd());
      }
    }
    code.iinc(block, vectors).goto_(top).labelBinding(end).return_();
  }

  /** The loop over source channels and elements of the kernel. */
  private void writeFactors(int source, int weight) {
    for (int i = 0; i < channels; i++) {
      int channel = i;
      writer.loadBroadcast(code, weight, () -> code.iload(WEIGHT_AT).loadConstant(channel).iadd());
      code.astore(sums[i][0]);
      for (int j = 1; j < vectors; j++) {
        code.aload(sums[i][0]).astore(sums[i][j]);
      }
    }
    int k = code.allocateLocal(TypeKind.INT);
    int at = code.allocateLocal(TypeKind.INT);
    int[] places = new int[vectors];
    for (int j = 0; j < vectors; j++) {
      places[j] = code.allocateLocal(TypeKind.INT);
    }
    var top = code.newLabel();
    var end = code.newLabel();
    code.iconst_0().istore(k);
    code.iload(WEIGHT_AT).loadConstant(channels).iadd().istore(at);
    code.labelBinding(top).iload(k).aload(OFFSETS).arraylength().if_icmpge(end);
    for (int j = 0; j < vectors; j++) {
      code.aload(OFFSETS).iload(k).iaload().iload(starts[j]).iadd().istore(places[j]);
    }
    for (int tap = 0; tap < key.run(); tap++) {
      writeTap(tap, k, at, source, weight, places, end);
    }
    code.iinc(k, 1).goto_(top).labelBinding(end);
  }

  /** One element of the kernel, of those that follow each other. */
  private void writeTap(int tap, int k, int at, int source, int weight, int[] places, Label end) {
    int factor = code.allocateLocal(TypeKind.REFERENCE);
    int distance = tap * key.spacing();
    for (int j = 0; j < vectors; j++) {
      int place = places[j];
      writer.load(code, source, () -> code.iload(place).loadConstant(distance).iadd());
      code.astore(columns[j]);
    }
    for (int i = 0; i < channels; i++) {
      int number = tap * channels + i;
      if (fence > 0 && i % fence == 0 && number > 0) {
        Fence.write(code, k, number, end);
      }
      writer.loadBroadcast(
          code,
          weight,
          () ->
              code.iload(at)
                  .iload(k)
                  .loadConstant(key.run() * channels)
                  .imul()
                  .iadd()
                  .loadConstant(number)
                  .iadd());
      code.astore(factor);
      for (int j = 0; j < vectors; j++) {
        code.aload(factor).aload(columns[j]).aload(sums[i][j]);
        writer.fma(code);
        code.astore(sums[i][j]);
      }
    }
  }

  private void pushEntry(int table, int block, int j) {
    code.aload(table).iload(block).loadConstant(j).iadd().iaload();
  }

  private int array(int parameter) {
    int local = code.allocateLocal(TypeKind.REFERENCE);
    code.aload(parameter).checkcast(writer.arrayType()).astore(local);
    return local;
  }
}
