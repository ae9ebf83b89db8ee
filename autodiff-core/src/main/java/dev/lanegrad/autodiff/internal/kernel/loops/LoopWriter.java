package dev.lanegrad.autodiff.internal.kernel.loops;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.lanegrad.autodiff.internal.kernel.compilation.InstructionWriter;
import dev.lanegrad.autodiff.internal.kernel.compilation.KernelCompiler;
import dev.lanegrad.autodiff.internal.program.Program;
import dev.lanegrad.autodiff.internal.program.Program.Opcode;
import dev.lanegrad.autodiff.internal.program.Value;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * Writes the {@code run} method of a {@link Kernel} that evaluates a program for every element of a
 * block. A value is computed as far out as it can be: constants once, what depends on operands that
 * are constant along a row once a row, the rest for every vector.
 */
final class LoopWriter {
  static final MethodTypeDesc RUN =
      MethodTypeDesc.of(
          CD_void,
          CD_Object.arrayType(),
          CD_int.arrayType(),
          CD_int.arrayType(),
          CD_double.arrayType(),
          CD_int,
          CD_int);

  static final int ARRAYS = 1;
  private static final int OFFSETS = 2;
  private static final int STRIDES = 3;
  private static final int PARAMETERS = 4;
  static final int ROWS = 5;
  static final int COLUMNS = 6;

  private static final int ONCE = 0;
  static final int PER_ROW = 1;
  static final int PER_VECTOR = 2;

  private final CodeBuilder code;
  private final InstructionWriter writer;
  private final Program program;
  private final LoopShape shape;
  private final List<Value> live;
  private final int[] level;
  private final int[] local;
  private final int[] array;
  private final int[] base;
  private final int row;
  private final int column;

  /** A loop over single elements. */
  static Kernel scalar(Program program, LoopShape shape) {
    return KernelCompiler.scalar(
        Kernel.class,
        RUN,
        program.dtype(),
        (code, writer) -> new LoopWriter(code, writer, program, shape).write());
  }

  /** A loop over vectors of {@code bits} bits. */
  static Kernel vector(Program program, LoopShape shape, int bits) {
    return KernelCompiler.vector(
        Kernel.class,
        RUN,
        program.dtype(),
        bits,
        (code, writer) -> {
          LoopWriter loops = new LoopWriter(code, writer, program, shape);
          if (shape.alongLines() == null) {
            loops.write();
          } else {
            new LineWriter(code, writer, loops, program, shape.alongLines()).write();
          }
        });
  }

  LoopWriter(CodeBuilder code, InstructionWriter writer, Program program, LoopShape shape) {
    this.code = code;
    this.writer = writer;
    this.program = program;
    this.shape = shape;
    this.live = live(program);
    this.level = new int[program.values().size()];
    this.local = new int[program.values().size()];
    for (Value value : live) {
      level[value.id()] = level(value);
      local[value.id()] = code.allocateLocal(writer.kind(value.opcode().type()));
    }
    int operands = shape.inputs() + program.outputs().size();
    this.array = new int[operands];
    this.base = new int[operands];
    for (int k = 0; k < operands; k++) {
      array[k] = code.allocateLocal(TypeKind.REFERENCE);
      base[k] = code.allocateLocal(TypeKind.INT);
    }
    this.row = code.allocateLocal(TypeKind.INT);
    this.column = code.allocateLocal(TypeKind.INT);
  }

  static List<Value> live(Program program) {
    Set<Value> used = new HashSet<>(program.outputs());
    List<Value> values = program.values();
    for (int i = values.size() - 1; i >= 0; i--) {
      if (used.contains(values.get(i))) {
        used.addAll(values.get(i).operands());
      }
    }
    List<Value> live = new ArrayList<>();
    for (Value value : values) {
      if (used.contains(value)) {
        live.add(value);
      }
    }
    return live;
  }

  private int level(Value value) {
    if (value.opcode() == Opcode.INPUT) {
      return shape.isConstantAlongRows((int) value.literal()) ? PER_ROW : PER_VECTOR;
    }
    int highest = ONCE;
    for (Value operand : value.operands()) {
      highest = Math.max(highest, level[operand.id()]);
    }
    return highest;
  }

  void write() {
    begin(array.length);
    if (shape.foldsInRegisters()) {
      writeFold();
    } else {
      writeMap();
    }
    code.return_();
  }

  /** What is done once; the first so many operands are arrays of numbers. */
  void begin(int operands) {
    for (int k = 0; k < operands; k++) {
      code.aload(ARRAYS).loadConstant(k).aaload().checkcast(writer.arrayType()).astore(array[k]);
    }
    compute(ONCE, 0);
  }

  private void writeMap() {
    resetBases();
    loop(
        row,
        ROWS,
        1,
        () -> {
          compute(PER_ROW, 0);
          loop(
              column,
              COLUMNS,
              writer.lanes(),
              () -> {
                compute(PER_VECTOR, 0);
                for (int k = 0; k < program.outputs().size(); k++) {
                  int result = local[program.outputs().get(k).id()];
                  store(result, shape.inputs() + k, 0);
                }
              });
          advanceBases();
        });
  }

  /**
   * Groups of columns outside and rows inside, so that the accumulators of {@code shape.unroll()}
   * vectors stay in registers. The last input is the accumulator, and so is the output.
   */
  private void writeFold() {
    int accumulator = accumulator();
    int[] sums = new int[shape.unroll()];
    for (int u = 0; u < sums.length; u++) {
      sums[u] = code.allocateLocal(writer.kind(Program.Type.FLOAT));
    }
    Value output = program.outputs().getFirst();
    loop(
        column,
        COLUMNS,
        writer.lanes() * shape.unroll(),
        () -> {
          resetBases();
          for (int u = 0; u < sums.length; u++) {
            int vector = u;
            writer.load(code, array[accumulator], () -> pushIndex(accumulator, vector));
            code.storeLocal(writer.kind(Program.Type.FLOAT), sums[u]);
          }
          loop(
              row,
              ROWS,
              1,
              () -> {
                compute(PER_ROW, 0);
                for (int u = 0; u < sums.length; u++) {
                  setInput(accumulator, sums[u]);
                  compute(PER_VECTOR, u);
                  code.loadLocal(writer.kind(Program.Type.FLOAT), local[output.id()]);
                  code.storeLocal(writer.kind(Program.Type.FLOAT), sums[u]);
                }
                advanceBases();
              });
          resetBases();
          for (int u = 0; u < sums.length; u++) {
            store(sums[u], accumulator, u);
          }
          forEachOperand(this::goToNextGroup);
        });
  }

  void setInput(int index, int from) {
    for (Value value : live) {
      if (value.opcode() == Opcode.INPUT && value.literal() == index) {
        code.loadLocal(writer.kind(Program.Type.FLOAT), from);
        code.storeLocal(writer.kind(Program.Type.FLOAT), local[value.id()]);
      }
    }
  }

  void compute(int wanted, int unrolled) {
    for (Value value : live) {
      if (level[value.id()] != wanted || isAccumulator(value)) {
        continue;
      }
      switch (value.opcode()) {
        case INPUT -> {
          int k = (int) value.literal();
          if (wanted == PER_ROW) {
            writer.loadBroadcast(code, array[k], () -> code.iload(base[k]));
          } else {
            writer.load(code, array[k], () -> pushIndex(k, unrolled));
          }
        }
        case PARAMETER -> writer.loadParameter(code, PARAMETERS, (int) value.literal());
        default -> writer.write(code, value, this::push);
      }
      code.storeLocal(writer.kind(value.opcode().type()), local[value.id()]);
    }
  }

  private boolean isAccumulator(Value value) {
    return shape.foldsInRegisters()
        && value.opcode() == Opcode.INPUT
        && value.literal() == accumulator();
  }

  void push(Value value) {
    code.loadLocal(writer.kind(value.opcode().type()), local[value.id()]);
  }

  private void pushIndex(int operand, int unrolled) {
    code.iload(base[operand]).iload(column).iadd();
    if (unrolled > 0) {
      code.loadConstant(unrolled * writer.lanes()).iadd();
    }
  }

  private void store(int from, int operand, int unrolled) {
    writer.store(
        code,
        () -> code.loadLocal(writer.kind(Program.Type.FLOAT), from),
        array[operand],
        () -> pushIndex(operand, unrolled));
  }

  /** The input that holds what there is already. */
  int accumulator() {
    return shape.inputs() - 1;
  }

  /** The local variable of what the program returns. */
  int result() {
    return local[program.outputs().getFirst().id()];
  }

  /** The local variable of an operand's array. */
  int array(int operand) {
    return array[operand];
  }

  /** The local variable that says where an operand's row begins. */
  int base(int operand) {
    return base[operand];
  }

  int row() {
    return row;
  }

  int column() {
    return column;
  }

  void resetBases() {
    forEachOperand(k -> code.aload(OFFSETS).loadConstant(k).iaload().istore(base[k]));
  }

  void advanceBases() {
    forEachOperand(
        k -> {
          code.iload(base[k]);
          pushStride(k);
          code.iadd().istore(base[k]);
        });
  }

  /** Offsets are kept in memory: groups are few, and the loop over rows needs the registers. */
  private void goToNextGroup(int operand) {
    code.aload(OFFSETS).loadConstant(operand).dup2().iaload();
    pushStride(array.length + operand);
    code.iadd().iastore();
  }

  private void pushStride(int index) {
    code.aload(STRIDES).loadConstant(index).iaload();
  }

  private void forEachOperand(IntConsumer action) {
    for (int k = 0; k < array.length; k++) {
      action.accept(k);
    }
  }

  void loop(int counter, int bound, int step, Runnable body) {
    var top = code.newLabel();
    var end = code.newLabel();
    code.iconst_0().istore(counter).labelBinding(top);
    code.iload(counter).iload(bound).if_icmpge(end);
    body.run();
    code.iinc(counter, step).goto_(top).labelBinding(end);
  }
}
