package dev.lanegrad.autodiff.internal.kernel.convolution;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.compilation.KernelCompiler;
import dev.lanegrad.autodiff.internal.kernel.compilation.VectorWriter;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;

/** Writes a {@link WindowsKernel} for so many vectors, each of one row or of two. */
final class WindowsWriter {
  private static final ClassDesc INTS = CD_int.arrayType();

  static final MethodTypeDesc RUN =
      MethodTypeDesc.of(
          CD_void, INTS, CD_int, CD_int, CD_Object, CD_int, INTS, INTS, INTS, CD_Object, CD_int,
          CD_Object);

  private static final int OFFSETS = 1;
  private static final int FIRST = 2;
  private static final int TAPS = 3;
  private static final int GRID = 4;
  private static final int FROM = 5;
  private static final int LOADS = 6;
  private static final int NEXTS = 7;
  private static final int MASKS = 8;
  private static final int TABLE = 9;
  private static final int BLOCK = 10;
  private static final int WINDOWS = 11;

  private WindowsWriter() {}

  static WindowsKernel kernel(DType dtype, int bits, int vectors, boolean joins) {
    return KernelCompiler.vectorOrIdle(
        WindowsKernel.class,
        RUN,
        dtype,
        bits,
        (code, writer) -> write(code, writer, vectors, joins));
  }

  /** Words of which those from {@code masks} on are the lanes of the next row. */
  static Object table(DType dtype, int lanes) {
    if (dtype == DType.FLOAT64) {
      long[] words = new long[2 * lanes];
      Arrays.fill(words, lanes, 2 * lanes, -1);
      return words;
    }
    int[] words = new int[2 * lanes];
    Arrays.fill(words, lanes, 2 * lanes, -1);
    return words;
  }

  private static void write(CodeBuilder code, VectorWriter writer, int vectors, boolean joins) {
    int grid = cast(code, GRID, writer.arrayType());
    int windows = cast(code, WINDOWS, writer.arrayType());
    int[] starts = places(code, LOADS, vectors);
    int[] nexts = joins ? places(code, NEXTS, vectors) : starts;
    int[] masks = joins ? masks(code, writer, vectors) : starts;
    int k = code.allocateLocal(TypeKind.INT);
    int offset = code.allocateLocal(TypeKind.INT);
    int vector = code.allocateLocal(TypeKind.REFERENCE);
    int width = vectors * writer.lanes();
    var top = code.newLabel();
    var end = code.newLabel();
    code.iconst_0().istore(k);
    code.labelBinding(top).iload(k).iload(TAPS).if_icmpge(end);
    code.aload(OFFSETS).iload(FIRST).iload(k).iadd().iaload().istore(offset);
    for (int j = 0; j < vectors; j++) {
      int start = starts[j];
      int next = nexts[j];
      int place = j * writer.lanes();
      writer.load(code, grid, () -> code.iload(start).iload(offset).iadd());
      if (joins) {
        writer.load(code, grid, () -> code.iload(next).iload(offset).iadd());
        code.aload(masks[j]);
        writer.blend(code);
      }
      code.astore(vector);
      writer.store(
          code,
          () -> code.aload(vector),
          windows,
          () -> code.iload(k).loadConstant(width).imul().loadConstant(place).iadd());
    }
    code.iinc(k, 1).goto_(top).labelBinding(end).return_();
  }

  private static int[] places(CodeBuilder code, int table, int vectors) {
    int[] places = new int[vectors];
    for (int j = 0; j < vectors; j++) {
      places[j] = code.allocateLocal(TypeKind.INT);
      pushEntry(code, table, j);
      code.iload(FROM).iadd().istore(places[j]);
    }
    return places;
  }

  private static int[] masks(CodeBuilder code, VectorWriter writer, int vectors) {
    int table = cast(code, TABLE, writer.wordArrayType());
    int[] masks = new int[vectors];
    for (int j = 0; j < vectors; j++) {
      masks[j] = code.allocateLocal(TypeKind.REFERENCE);
      int vector = j;
      writer.loadWords(code, table, () -> pushEntry(code, MASKS, vector));
      writer.maskOfWords(code);
      code.astore(masks[j]);
    }
    return masks;
  }

  private static void pushEntry(CodeBuilder code, int table, int vector) {
    code.aload(table).iload(BLOCK).loadConstant(vector).iadd().iaload();
  }

  private static int cast(CodeBuilder code, int parameter, ClassDesc type) {
    int local = code.allocateLocal(TypeKind.REFERENCE);
    code.aload(parameter).checkcast(type).astore(local);
    return local;
  }
}
