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

/** Writes a {@link PanelKernel}. */
final class PanelWriter {
  static final MethodTypeDesc RUN =
      MethodTypeDesc.of(
          CD_void, CD_Object, CD_int, CD_int, CD_int, CD_int, CD_Object, CD_int, CD_int, CD_Object);

  private static final ClassDesc MATH = ClassDesc.of("java.lang.Math");

  private static final int FROM = 1;
  private static final int OFFSET = 2;
  private static final int STEP = 3;
  private static final int COUNT = 4;
  private static final int DEPTH = 5;
  private static final int TO = 6;
  private static final int AT = 7;
  private static final int WIDTH = 8;
  private static final int TABLE = 9;

  private final CodeBuilder code;
  private final VectorWriter writer;
  private final int from;
  private final int to;

  /** A kernel that copies so many vectors for every step, or that transposes if there are none. */
  static PanelKernel kernel(DType dtype, int vectors, int bits) {
    return KernelCompiler.vectorOrIdle(
        PanelKernel.class,
        RUN,
        dtype,
        bits,
        (code, writer) -> {
          PanelWriter panel = new PanelWriter(code, writer);
          if (vectors > 0) {
            panel.writeCopy(vectors);
          } else {
            panel.writeTranspose();
          }
        });
  }

  PanelWriter(CodeBuilder code, VectorWriter writer) {
    this.code = code;
    this.writer = writer;
    this.from = cast(FROM, writer.arrayType());
    this.to = cast(TO, writer.arrayType());
  }

  /** A few vectors for every k, as they lie. */
  void writeCopy(int vectors) {
    int lanes = writer.lanes();
    int[] loaded = locals(vectors, TypeKind.REFERENCE);
    int k = code.allocateLocal(TypeKind.INT);
    int source = code.allocateLocal(TypeKind.INT);
    int target = code.allocateLocal(TypeKind.INT);
    var top = code.newLabel();
    var end = code.newLabel();
    code.iconst_0().istore(k).iload(OFFSET).istore(source).iload(AT).istore(target);
    code.labelBinding(top).iload(k).iload(DEPTH).if_icmpge(end);
    for (int j = 0; j < vectors; j++) {
      int lane = j * lanes;
      writer.load(code, from, () -> code.iload(source).loadConstant(lane).iadd());
      code.astore(loaded[j]);
    }
    for (int j = 0; j < vectors; j++) {
      int lane = j * lanes;
      int vector = loaded[j];
      writer.store(
          code, () -> code.aload(vector), to, () -> code.iload(target).loadConstant(lane).iadd());
    }
    code.iload(source).iload(STEP).iadd().istore(source);
    code.iload(target).iload(WIDTH).iadd().istore(target);
    code.iinc(k, 1).goto_(top).labelBinding(end).return_();
  }

  /**
   * Squares of as many rows as a vector has lanes. Stage s exchanges, in every pair of rows whose
   * numbers differ in bit s alone, the lanes whose numbers differ in that bit (Eklundh, "A fast
   * computer method for matrix transposing", 1972). The last square overlaps the one before.
   */
  void writeTranspose() {
    int lanes = writer.lanes();
    var something = code.newLabel();
    code.iload(DEPTH).ifgt(something).return_().labelBinding(something);
    int stages = Integer.numberOfTrailingZeros(lanes);
    int table = cast(TABLE, writer.wordArrayType());
    int[] indices = locals(2 * stages, TypeKind.REFERENCE);
    for (int i = 0; i < indices.length; i++) {
      int start = i * lanes;
      writer.loadWords(code, table, () -> code.loadConstant(start));
      code.astore(indices[i]);
    }
    int[] starts = locals(lanes, TypeKind.INT);
    for (int i = 0; i < lanes; i++) {
      code.loadConstant(i).iload(COUNT).iconst_1().isub();
      minimum();
      code.iload(STEP).imul().iload(OFFSET).iadd().istore(starts[i]);
    }
    int[] rows = locals(lanes, TypeKind.REFERENCE);
    int exchanged = code.allocateLocal(TypeKind.REFERENCE);
    int last = code.allocateLocal(TypeKind.INT);
    int k = code.allocateLocal(TypeKind.INT);
    int target = code.allocateLocal(TypeKind.INT);
    code.iload(DEPTH).loadConstant(lanes).isub().istore(last).iconst_0().istore(k);
    var top = code.newLabel();
    var end = code.newLabel();
    code.labelBinding(top);
    for (int i = 0; i < lanes; i++) {
      int start = starts[i];
      writer.load(code, from, () -> code.iload(start).iload(k).iadd());
      writer.toWords(code);
      code.astore(rows[i]);
    }
    for (int stage = 0; stage < stages; stage++) {
      int distance = 1 << stage;
      for (int i = 0; i < lanes; i++) {
        if ((i & distance) == 0) {
          select(indices[2 * stage], rows[i], rows[i + distance], exchanged);
          select(indices[2 * stage + 1], rows[i], rows[i + distance], rows[i + distance]);
          code.aload(exchanged).astore(rows[i]);
        }
      }
    }
    code.iload(AT).iload(k).iload(WIDTH).imul().iadd().istore(target);
    storeRows(rows, target);
    code.iload(k).iload(last).if_icmpge(end);
    code.iload(k).loadConstant(lanes).iadd().iload(last);
    minimum();
    code.istore(k).goto_(top).labelBinding(end).return_();
  }

  /** Neighbouring rows of the panel, from {@code target} on, which is used up. */
  private void storeRows(int[] rows, int target) {
    for (int row : rows) {
      writer.store(
          code,
          () -> {
            code.aload(row);
            writer.fromWords(code);
          },
          to,
          () -> code.iload(target));
      code.iload(target).iload(WIDTH).iadd().istore(target);
    }
  }

  /**
   * Where each lane comes from, in the concatenation of the pair's rows: for each stage first the
   * new upper row, then the new lower one.
   */
  static Object table(DType dtype, int lanes) {
    int stages = Integer.numberOfTrailingZeros(lanes);
    long[] table = new long[2 * stages * lanes];
    for (int stage = 0; stage < stages; stage++) {
      int distance = 1 << stage;
      int upper = 2 * stage * lanes;
      for (int lane = 0; lane < lanes; lane++) {
        boolean inLower = (lane & distance) != 0;
        table[upper + lane] = inLower ? lanes + lane - distance : lane;
        table[upper + lanes + lane] = inLower ? lanes + lane : lane + distance;
      }
    }
    return dtype == DType.FLOAT64
        ? table
        : java.util.Arrays.stream(table).mapToInt(Math::toIntExact).toArray();
  }

  private void select(int indices, int first, int second, int result) {
    code.aload(indices).aload(first).aload(second);
    writer.selectFrom(code);
    code.astore(result);
  }

  private void minimum() {
    code.invokestatic(MATH, "min", MethodTypeDesc.of(CD_int, CD_int, CD_int));
  }

  private int[] locals(int count, TypeKind kind) {
    int[] locals = new int[count];
    java.util.Arrays.setAll(locals, _ -> code.allocateLocal(kind));
    return locals;
  }

  private int cast(int parameter, ClassDesc type) {
    int local = code.allocateLocal(TypeKind.REFERENCE);
    code.aload(parameter).checkcast(type).astore(local);
    return local;
  }
}
