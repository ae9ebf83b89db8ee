package dev.lanegrad.autodiff.internal.kernel.copying;

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
import java.util.function.IntUnaryOperator;

/** Writes a {@link CopyKernel}. */
final class CopyWriter {
  private static final ClassDesc INTS = CD_int.arrayType();

  static final MethodTypeDesc RUN =
      MethodTypeDesc.of(
          CD_void, CD_int, CD_Object, CD_int, CD_int, CD_int, INTS, CD_Object, CD_int, CD_int, INTS,
          CD_Object);

  private static final int TIMES = 1;
  private static final int FROM = 2;
  private static final int FIRST = 3;
  private static final int FROM_STEP = 4;
  private static final int APART = 5;
  private static final int LOADS = 6;
  private static final int TO = 7;
  private static final int START = 8;
  private static final int TO_STEP = 9;
  private static final int STORES = 10;
  private static final int TABLE = 11;

  private final CodeBuilder code;
  private final VectorWriter writer;
  private final boolean fromTwo;
  private final boolean whole;

  /**
   * A kernel that copies vectors, each from one place or from two.
   *
   * @param whole whether all lanes are stored, as is several times faster on some processors
   */
  static CopyKernel kernel(DType dtype, int bits, boolean fromTwo, boolean whole) {
    return KernelCompiler.vectorOrIdle(
        CopyKernel.class,
        RUN,
        dtype,
        bits,
        (code, writer) -> new CopyWriter(code, writer, fromTwo, whole).write());
  }

  CopyWriter(CodeBuilder code, VectorWriter writer, boolean fromTwo, boolean whole) {
    this.code = code;
    this.writer = writer;
    this.fromTwo = fromTwo;
    this.whole = whole;
  }

  void write() {
    int from = cast(FROM, writer.arrayType());
    int to = cast(TO, writer.arrayType());
    int table = cast(TABLE, writer.wordArrayType());
    int indices = code.allocateLocal(TypeKind.REFERENCE);
    int mask = code.allocateLocal(TypeKind.REFERENCE);
    writer.loadWords(code, table, code::iconst_0);
    code.astore(indices);
    writer.loadWords(code, table, () -> code.loadConstant(writer.lanes()));
    writer.maskOfWords(code);
    code.astore(mask);
    int i = code.allocateLocal(TypeKind.INT);
    int source = code.allocateLocal(TypeKind.INT);
    int vector = code.allocateLocal(TypeKind.REFERENCE);
    int time = code.allocateLocal(TypeKind.INT);
    var again = code.newLabel();
    var enough = code.newLabel();
    var top = code.newLabel();
    var end = code.newLabel();
    code.iconst_0().istore(time);
    code.labelBinding(again).iload(time).iload(TIMES).if_icmpge(enough);
    code.iconst_0().istore(i);
    code.labelBinding(top).iload(i).aload(LOADS).arraylength().if_icmpge(end);
    code.aload(LOADS).iload(i).iaload().iload(FIRST).iadd().istore(source);
    if (fromTwo) {
      code.aload(indices);
      writer.load(code, from, () -> code.iload(source));
      writer.toWords(code);
      writer.load(code, from, () -> code.iload(source).iload(APART).iadd());
      writer.toWords(code);
      writer.selectFrom(code);
      writer.fromWords(code);
    } else {
      writer.load(code, from, () -> code.iload(source));
    }
    code.astore(vector);
    Runnable pushValue = () -> code.aload(vector);
    Runnable pushPlace = () -> code.aload(STORES).iload(i).iaload().iload(START).iadd();
    if (whole) {
      writer.store(code, pushValue, to, pushPlace);
    } else {
      writer.storeSome(code, pushValue, to, pushPlace, () -> code.aload(mask));
    }
    code.iinc(i, 1).goto_(top).labelBinding(end);
    code.iload(FIRST).iload(FROM_STEP).iadd().istore(FIRST);
    code.iload(START).iload(TO_STEP).iadd().istore(START);
    code.iinc(time, 1).goto_(again).labelBinding(enough).return_();
  }

  /**
   * What a kernel looks up.
   *
   * @param origin for each lane its place in two vectors side by side
   * @param stored how many lanes are stored
   */
  static Object table(DType dtype, int lanes, IntUnaryOperator origin, int stored) {
    int[] table = new int[2 * lanes];
    for (int lane = 0; lane < lanes; lane++) {
      table[lane] = origin.applyAsInt(lane);
      table[lanes + lane] = lane < stored ? 1 : 0;
    }
    return dtype == DType.FLOAT64 ? Arrays.stream(table).asLongStream().toArray() : table;
  }

  private int cast(int parameter, ClassDesc type) {
    int local = code.allocateLocal(TypeKind.REFERENCE);
    code.aload(parameter).checkcast(type).astore(local);
    return local;
  }
}
