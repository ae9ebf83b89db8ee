package dev.lanegrad.autodiff.internal.kernel.loops;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.internal.kernel.compilation.Lanes;
import dev.lanegrad.autodiff.internal.kernel.compilation.VectorWriter;
import dev.lanegrad.autodiff.internal.program.Program;
import dev.lanegrad.autodiff.internal.program.Program.Opcode;
import dev.lanegrad.autodiff.internal.program.Value;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;
import java.util.List;

/**
 * Writes a {@link Kernel} that folds lines: {@code rows} is how many there are, {@code columns} how
 * long they are. All lanes of a line are in registers, from its first element to the last step of
 * the tree, so that nothing but the operands is read, and one vector is stored for a line, whose
 * first element is the result: what the others hold is overwritten by the next line's.
 *
 * <p>The last operand is a {@link #table}. As many elements are read as fill the last vector.
 */
final class LineWriter {
  private static final ClassDesc MATH = ClassDesc.of("java.lang.Math");
  private static final MethodTypeDesc MAX =
      MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int);

  private final CodeBuilder code;
  private final VectorWriter writer;
  private final LoopWriter loops;
  private final Reduction reduction;
  private final Program pair;
  private final List<Value> livePair;
  private final int[] localOfPair;
  private final int[] sums;
  private final int identity;
  private final int table;
  private final int[] turns;
  private final int whole;

  /**
   * A writer of one kernel.
   *
   * @param loops writes what is done with an element
   * @param program combines the last input, which is what there is already, with the next element
   */
  LineWriter(
      CodeBuilder code,
      VectorWriter writer,
      LoopWriter loops,
      Program program,
      Reduction reduction) {
    this.code = code;
    this.writer = writer;
    this.loops = loops;
    this.reduction = reduction;
    Formula combined = reduction.combine(Formula.input(0), Formula.input(1));
    this.pair = LoopCode.of(List.of(combined)).program(program.dtype());
    this.livePair = LoopWriter.live(pair);
    this.localOfPair = new int[pair.values().size()];
    for (Value value : livePair) {
      localOfPair[value.id()] = code.allocateLocal(writer.kind(value.opcode().type()));
    }
    this.sums = locals(LaneTree.LANES / writer.lanes());
    this.identity = code.allocateLocal(TypeKind.REFERENCE);
    this.table = code.allocateLocal(TypeKind.REFERENCE);
    this.turns = locals(Integer.numberOfTrailingZeros(writer.lanes()));
    this.whole = code.allocateLocal(TypeKind.INT);
  }

  private int[] locals(int count) {
    int[] locals = new int[count];
    Arrays.setAll(locals, _ -> code.allocateLocal(TypeKind.REFERENCE));
    return locals;
  }

  /**
   * What a kernel looks up: words that are set, then as many that are not, which end a line; then,
   * for each step of the tree within a vector, where the other lane is.
   */
  static Object table(DType dtype) {
    int lanes = Lanes.count(dtype);
    int steps = Integer.numberOfTrailingZeros(lanes);
    int[] table = new int[(2 + steps) * lanes];
    Arrays.fill(table, 0, lanes, 1);
    for (int step = 0; step < steps; step++) {
      for (int lane = 0; lane < lanes; lane++) {
        table[(2 + step) * lanes + lane] = (lane + (lanes >> (step + 1))) % lanes;
      }
    }
    return dtype == DType.FLOAT64 ? Arrays.stream(table).asLongStream().toArray() : table;
  }

  void write() {
    loops.begin(loops.accumulator() + 1);
    code.aload(LoopWriter.ARRAYS)
        .loadConstant(loops.accumulator() + 1)
        .aaload()
        .checkcast(writer.wordArrayType())
        .astore(table);
    for (int step = 0; step < turns.length; step++) {
      int at = (2 + step) * writer.lanes();
      writer.loadWords(code, table, () -> code.loadConstant(at));
      code.astore(turns[step]);
    }
    writer.constant(code, reduction.identity());
    code.astore(identity);
    code.iload(LoopWriter.COLUMNS).loadConstant(-LaneTree.LANES).iand().istore(whole);
    loops.resetBases();
    loops.loop(loops.row(), LoopWriter.ROWS, 1, this::writeLine);
    code.return_();
  }

  private void writeLine() {
    for (int sum : sums) {
      code.aload(identity).astore(sum);
    }
    loops.compute(LoopWriter.PER_ROW, 0);
    loops.loop(
        loops.column(),
        whole,
        LaneTree.LANES,
        () -> {
          for (int u = 0; u < sums.length; u++) {
            combine(u, u);
            code.aload(loops.result()).astore(sums[u]);
          }
        });
    writeRest();
    for (int half = sums.length / 2; half >= 1; half /= 2) {
      for (int u = 0; u < half; u++) {
        combinePair(sums[u], sums[u + half]);
      }
    }
    for (int turn : turns) {
      code.aload(turn).aload(sums[0]);
      writer.toWords(code);
      writer.rearrangeWords(code);
      writer.fromWords(code);
      code.astore(sums[1]);
      combinePair(sums[0], sums[1]);
    }
    writer.store(
        code,
        () -> code.aload(sums[0]),
        loops.array(loops.accumulator()),
        () -> code.iload(loops.base(loops.accumulator())));
    loops.advanceBases();
  }

  /** What is left of a line after all lanes, vector by vector, of which the last may have gaps. */
  private void writeRest() {
    Label end = code.newLabel();
    for (int u = 0; u < sums.length; u++) {
      code.iload(loops.column()).iload(LoopWriter.COLUMNS).if_icmpge(end);
      combine(u, 0);
      code.aload(sums[u]).aload(loops.result());
      writer.loadWords(
          code,
          table,
          () ->
              code.loadConstant(writer.lanes())
                  .iload(LoopWriter.COLUMNS)
                  .iload(loops.column())
                  .isub()
                  .isub()
                  .iconst_0()
                  .invokestatic(MATH, "max", MAX));
      writer.maskOfWords(code);
      writer.blend(code);
      code.astore(sums[u]);
      code.iinc(loops.column(), writer.lanes());
    }
    code.labelBinding(end);
  }

  /** Leaves in the result's place what comes of the vector that lies so many behind the column. */
  private void combine(int u, int behind) {
    loops.setInput(loops.accumulator(), sums[u]);
    loops.compute(LoopWriter.PER_VECTOR, behind);
  }

  /** Stores in {@code a} what comes of both. */
  private void combinePair(int a, int b) {
    for (Value value : livePair) {
      if (value.opcode() == Opcode.INPUT) {
        code.aload(value.literal() == 0 ? a : b);
      } else {
        writer.write(code, value, operand -> code.aload(localOfPair[operand.id()]));
      }
      code.astore(localOfPair[value.id()]);
    }
    code.aload(localOfPair[pair.outputs().getFirst().id()]).astore(a);
  }
}
