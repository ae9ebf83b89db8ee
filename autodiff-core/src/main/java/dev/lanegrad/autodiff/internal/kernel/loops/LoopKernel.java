package dev.lanegrad.autodiff.internal.kernel.loops;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.compilation.Lanes;
import dev.lanegrad.autodiff.internal.kernel.compilation.Warmup;
import dev.lanegrad.autodiff.internal.program.Program;
import dev.lanegrad.autodiff.internal.settings.Settings;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One program in one loop shape: its scalar loop, and its vector loop once that is compiled. */
final class LoopKernel {
  /** Elements a kernel handles before it is worth a vector loop. */
  private static final int WORTH_COMPILING = 8_192;

  private final Program program;
  private final LoopShape shape;
  private final Object formulas;
  private volatile @Nullable Kernel scalar;
  private volatile @Nullable Kernel vector;
  private int elements;
  private boolean submitted;

  /**
   * Nothing is compiled yet.
   *
   * @param formulas what the program computes, as messages say it
   */
  LoopKernel(Program program, LoopShape shape, Object formulas) {
    this.program = program;
    this.shape = shape;
    this.formulas = formulas;
  }

  /** The loop over single elements. */
  Kernel scalar() {
    Kernel known = scalar;
    if (known == null) {
      known = LoopWriter.scalar(program, scalarShape());
      scalar = known;
    }
    return known;
  }

  /** A fold's scalar loop is a map that reads and writes the accumulator in memory. */
  private LoopShape scalarShape() {
    return new LoopShape(shape.inputs(), shape.constantAlongRows(), 0);
  }

  /**
   * The loop over vectors, or null where the scalar loop should be used: always without the Vector
   * API, and until the vector loop is compiled.
   *
   * @param work how many elements the caller is about to handle
   */
  @Nullable Kernel vector(int work) {
    Kernel known = vector;
    return known != null || !Lanes.VECTOR ? known : prepare(work);
  }

  private synchronized @Nullable Kernel prepare(int work) {
    if (!Settings.BACKGROUND_WARMUP) {
      if (vector == null) {
        vector = LoopWriter.vector(program, shape, Lanes.BITS);
      }
      return vector;
    }
    elements = Math.min(elements, WORTH_COMPILING) + Math.min(work, WORTH_COMPILING);
    if (elements >= WORTH_COMPILING && !submitted) {
      submitted = Warmup.submit(rehearsal());
    }
    return null;
  }

  /** What gets the vector loop compiled. */
  Warmup.Workload rehearsal() {
    return new Rehearsal();
  }

  /** The vector loop on data of its own. */
  private final class Rehearsal implements Warmup.Workload {
    private static final int ROWS = 3;

    private final int lanes = Lanes.count(program.dtype());
    private final int columns = 16 * lanes;
    private final int operands = shape.inputs() + program.outputs().size();
    private final Object[] arrays = new Object[operands];
    private final int[] strides = new int[2 * operands];
    private final double[] parameters = new double[program.parameters()];
    private @Nullable Kernel kernel;

    @Override
    public void run() {
      if (shape.alongLines() != null) {
        for (int vectors = 1; vectors <= shape.unroll(); vectors++) {
          run(vectors * lanes - 1); // each end that a line can have, lest the JIT leave one out
        }
      }
      run(columns);
    }

    private void run(int length) {
      rehearsed().run(arrays, new int[operands], strides, parameters, ROWS, length);
    }

    @Override
    public void callIdly() {
      rehearsed().run(arrays, new int[operands], strides, parameters, 0, 0);
    }

    /** C2 compiles what C1's code has counted 5,000 calls of, or fewer with many loops in them. */
    @Override
    public int sufficientCalls() {
      return 8_000;
    }

    private Kernel rehearsed() {
      Kernel known = kernel;
      if (known == null) {
        known = LoopWriter.vector(program, shape, Lanes.BITS);
        kernel = known;
        prepareData();
      }
      return known;
    }

    private void prepareData() {
      for (int k = 0; k < operands; k++) {
        int length = ROWS * columns;
        if (program.dtype() == DType.FLOAT32) {
          float[] data = new float[length];
          Arrays.fill(data, 0.5f);
          arrays[k] = data;
        } else {
          double[] data = new double[length];
          Arrays.fill(data, 0.5);
          arrays[k] = data;
        }
        strides[k] = shape.foldsInRegisters() && k >= shape.inputs() - 1 ? 0 : columns;
      }
      if (shape.alongLines() != null) {
        arrays[operands - 1] = LineWriter.table(program.dtype());
      }
      Arrays.fill(parameters, 0.5);
    }

    @Override
    public long operations() {
      int runs = shape.alongLines() == null ? 1 : 1 + shape.unroll();
      int vectors = ROWS * columns / lanes;
      return (long) runs * vectors * (program.values().size() + 4);
    }

    @Override
    public void ready() {
      vector = kernel;
    }

    @Override
    public String toString() {
      return (shape.foldsInRegisters() ? "fold of " : "loop of ")
          + formulas
          + ", "
          + program.dtype();
    }
  }
}
