package dev.lanegrad.autodiff.internal.kernel.pooling;

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

/** Writes a {@link SquarePoolKernel}. */
final class SquarePoolWriter {
  static final MethodTypeDesc RUN =
      MethodTypeDesc.of(
          CD_void, CD_int, CD_Object, CD_int, CD_int, CD_Object, CD_int, CD_Object, CD_int,
          CD_Object);

  private static final int COUNT = 1;
  private static final int X = 2;
  private static final int FROM = 3;
  private static final int ROW = 4;
  private static final int G = 5;
  private static final int G_FROM = 6;
  private static final int TO = 7;
  private static final int AT = 8;
  private static final int TABLE = 9;

  private final CodeBuilder code;
  private final VectorWriter writer;
  private final int x;
  private final int g;
  private final int to;
  private final int table;
  private final int mask;

  /** A kernel for the largest elements of squares, or for the way back. */
  static SquarePoolKernel kernel(DType dtype, int bits, SquarePool.Direction direction) {
    return KernelCompiler.vectorOrIdle(
        SquarePoolKernel.class,
        RUN,
        dtype,
        bits,
        (code, writer) -> new SquarePoolWriter(code, writer).write(direction));
  }

  SquarePoolWriter(CodeBuilder code, VectorWriter writer) {
    this.code = code;
    this.writer = writer;
    this.x = cast(X, writer.arrayType());
    this.g = cast(G, writer.arrayType());
    this.to = cast(TO, writer.arrayType());
    this.table = cast(TABLE, writer.wordArrayType());
    this.mask = vector();
  }

  /** The parts of a table, each as many words as a vector has lanes. */
  private enum Part {
    /** Whether a lane is stored. */
    STORED(0),
    /** Of two vectors side by side the elements in even places. */
    EVEN(1),
    /** And those in odd places. */
    ODD(2),
    /** The other lane of a pair. */
    NEIGHBOUR(3),
    /** Every element twice. */
    TWICE(4),
    /** All ones in lanes with odd numbers. */
    IN_ODD_PLACE(5);

    private final int number;

    Part(int number) {
      this.number = number;
    }
  }

  /**
   * What a kernel looks up.
   *
   * @param stored how many lanes are stored
   */
  static Object table(DType dtype, int lanes, int stored) {
    long[] table = new long[Part.values().length * lanes];
    for (Part part : Part.values()) {
      for (int lane = 0; lane < lanes; lane++) {
        table[part.number * lanes + lane] =
            switch (part) {
              case STORED -> lane < stored ? 1 : 0;
              case EVEN -> 2L * lane;
              case ODD -> 2L * lane + 1;
              case NEIGHBOUR -> lane ^ 1;
              case TWICE -> lane / 2;
              case IN_ODD_PLACE -> -(lane & 1);
            };
      }
    }
    return dtype == DType.FLOAT64 ? table : Arrays.stream(table).mapToInt(v -> (int) v).toArray();
  }

  void write(SquarePool.Direction direction) {
    lookUp(Part.STORED);
    writer.maskOfWords(code);
    code.astore(mask);
    if (direction == SquarePool.Direction.FORWARD) {
      writeLargest();
    } else {
      writeSpread();
    }
    code.return_();
  }

  /** The larger ones of two rows, then of neighbours. */
  private void writeLargest() {
    int even = lookedUp(Part.EVEN);
    int odd = lookedUp(Part.ODD);
    int left = vector();
    int right = vector();
    int largest = vector();
    forEachRow(
        () -> {
          largerOfRows(0, left);
          largerOfRows(writer.lanes(), right);
          select(even, left, right);
          select(odd, left, right);
          writer.larger(code);
          code.astore(largest);
          writer.storeSome(
              code, () -> code.aload(largest), to, () -> code.iload(AT), () -> code.aload(mask));
          code.iload(AT).iload(ROW).iconst_1().ishr().iadd().istore(AT);
        });
  }

  private void largerOfRows(int column, int result) {
    writer.load(code, x, () -> code.iload(FROM).loadConstant(column).iadd());
    writer.load(code, x, () -> code.iload(FROM).iload(ROW).iadd().loadConstant(column).iadd());
    writer.larger(code);
    writer.toWords(code);
    code.astore(result);
  }

  private void select(int indices, int left, int right) {
    code.aload(indices).aload(left).aload(right);
    writer.selectFrom(code);
    writer.fromWords(code);
  }

  /**
   * Of the elements that are as large as the largest of their square the first has the gradient:
   * the left one above, the right one above, the left one below, the right one below.
   */
  private void writeSpread() {
    int neighbour = lookedUp(Part.NEIGHBOUR);
    int twice = lookedUp(Part.TWICE);
    int inOddPlace = lookedUp(Part.IN_ODD_PLACE);
    int above = vector();
    int below = vector();
    int larger = vector();
    int largest = vector();
    int wins = vector();
    int before = vector();
    int gradient = vector();
    forEachRow(
        () -> {
          key(() -> code.iload(FROM), above);
          key(() -> code.iload(FROM).iload(ROW).iadd(), below);
          code.aload(above).aload(below);
          writer.largerWords(code);
          code.astore(larger).aload(larger).aload(neighbour).aload(larger);
          writer.rearrangeWords(code);
          writer.largerWords(code);
          code.astore(largest);
          code.aload(twice);
          writer.load(code, g, () -> code.iload(G_FROM));
          writer.toWords(code);
          writer.rearrangeWords(code);
          code.astore(gradient);

          equal(above, largest, wins);
          code.aload(neighbour).aload(wins);
          writer.rearrangeWords(code);
          code.astore(before);
          storeGradient(gradient, wins, before, inOddPlace, () -> code.iload(AT));

          code.aload(wins).aload(before);
          writer.orWords(code);
          code.astore(above);
          equal(below, largest, wins);
          code.aload(wins).aload(above);
          writer.andNotWords(code);
          code.astore(wins).aload(neighbour).aload(wins);
          writer.rearrangeWords(code);
          code.astore(before);
          storeGradient(gradient, wins, before, inOddPlace, () -> code.iload(AT).iload(ROW).iadd());

          code.iload(AT).iload(ROW).iconst_1().ishl().iadd().istore(AT);
          code.iload(G_FROM).iload(ROW).iconst_1().ishr().iadd().istore(G_FROM);
        });
  }

  /** A whole number for each element that is larger where the element is. */
  private void key(Runnable pushIndex, int result) {
    writer.load(code, x, pushIndex);
    writer.toCanonicalWords(code);
    code.astore(result).aload(result).aload(result);
    writer.signOfWords(code);
    writer.constantWords(code, writer.largestWord());
    writer.andWords(code);
    writer.xorWords(code);
    code.astore(result);
  }

  private void equal(int first, int second, int result) {
    code.aload(first).aload(second);
    writer.equalWords(code);
    code.astore(result);
  }

  /** The gradient where an element wins and, on the right, the one before it does not. */
  private void storeGradient(
      int gradient, int wins, int before, int inOddPlace, Runnable pushIndex) {
    int stored = vector();
    code.aload(gradient).aload(wins);
    writer.andWords(code);
    code.aload(before).aload(inOddPlace);
    writer.andWords(code);
    writer.andNotWords(code);
    writer.fromWords(code);
    code.astore(stored);
    writer.storeSome(code, () -> code.aload(stored), to, pushIndex, () -> code.aload(mask));
  }

  private void forEachRow(Runnable body) {
    int r = code.allocateLocal(TypeKind.INT);
    var top = code.newLabel();
    var end = code.newLabel();
    code.iconst_0().istore(r);
    code.labelBinding(top).iload(r).iload(COUNT).if_icmpge(end);
    body.run();
    code.iload(FROM).iload(ROW).iconst_1().ishl().iadd().istore(FROM);
    code.iinc(r, 1).goto_(top).labelBinding(end);
  }

  private int lookedUp(Part part) {
    int local = vector();
    lookUp(part);
    code.astore(local);
    return local;
  }

  private void lookUp(Part part) {
    int start = part.number * writer.lanes();
    writer.loadWords(code, table, () -> code.loadConstant(start));
  }

  private int vector() {
    return code.allocateLocal(TypeKind.REFERENCE);
  }

  private int cast(int parameter, ClassDesc type) {
    int local = vector();
    code.aload(parameter).checkcast(type).astore(local);
    return local;
  }
}
